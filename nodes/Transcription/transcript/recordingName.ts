import { parseHttpUrl } from '../core/url';

/** Longer names are cut. Most file systems allow 255 bytes. */
const MAX_LENGTH = 200;

/**
 * Returns the name of the recording from what a service reports about it: a file name, a path, or a URL. The last part
 * of a URL only counts as a name if it has the extension of a recording; otherwise, it is usually an ID. The query is
 * never used, because it may contain a signature.
 * @param reported most reliable first
 * @returns undefined if none of them contains a name
 */
export function recordingNameOf(...reported: ReadonlyArray<string | undefined>): string | undefined {
	for (const value of reported) {
		const name = value === undefined ? '' : nameIn(value.trim());
		if (name !== '') return name;
	}
	return undefined;
}

function nameIn(value: string): string {
	const url = parseHttpUrl(value);
	if (!url && !/^[a-z][a-z\d+.-]*:\/\//i.test(value)) return lastPart(value.replace(QUERY, ''));
	const name = lastPart(url ? decoded(url.pathname) : value.replace(/[?#].*$/s, ''));
	return EXTENSION.test(name) ? name : '';
}

function lastPart(path: string): string {
	const name = path.split(/[/\\]/).at(-1) ?? '';
	return name
		.replace(/\p{Cc}+/gu, ' ')
		.trim()
		.slice(0, MAX_LENGTH)
		.toWellFormed();
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// The URL contains a percent sign that isn't part of an escape sequence.
		return text;
	}
}

/** The query of a path. A question mark in a title isn't followed by a parameter. */
const QUERY = /\?[\w.%-]+=.*$/s;

/** The extensions of audio and video files. Titles can end with other text after a period, such as a date or a version. */
const EXTENSION = new RegExp(
	`\\.(?:${[
		'3g2|3gp|aac|ac3|aif|aiff|alac|amr|ape|asf|au|avi|awb|caf|dss|ds2|flac|flv|gsm|m2ts|m4a|m4b|m4p|m4v|mka|mkv|mov|mp2|mp3|mp4',
		'mpeg|mpg|mpga|mts|mxf|oga|ogg|ogv|ogx|opus|qt|ra|ram|rm|rmvb|snd|spx|ts|tta|vob|voc|vox|wav|wave|weba|webm|wma|wmv|wv',
	].join('|')})$`,
	'i',
);

/** Returns the name of a recording without its extension, if it has one. */
export function withoutExtension(name: string): string {
	return name.replace(EXTENSION, '') || name;
}

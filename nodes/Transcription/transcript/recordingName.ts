import { parseHttpUrl } from '../core/url';

/** Longer names are cut. Most file systems allow 255 bytes. */
const MAX_LENGTH = 200;

/**
 * Returns the name of the recording from what a service reports about it: a file name, a path, or a URL. The last part
 * of a URL only counts as a name if it has an extension; otherwise, it is usually an ID. The query is never used,
 * because it may contain a signature.
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
	if (!url) return lastPart(value);
	const name = lastPart(decoded(url.pathname));
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

const EXTENSION = /\.[a-z0-9]{2,5}$/i;

/** Returns the name of a recording without its extension, if it has one. */
export function withoutExtension(name: string): string {
	return name.replace(EXTENSION, '') || name;
}

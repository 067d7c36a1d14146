import { hasPlainHost } from '../../../core/url';
import type { FileSettings } from '../settings';

/** A recording as the page's player needs it. */
export interface PageRecording {
	/** An http(s) URL, or a data URL if the recording is embedded, to which {@link insertContent} adds the content. */
	url: string;
	isVideo: boolean;
	/** The content to embed. */
	content?: Uint8Array;
	/** The source that the content security policy allows. */
	source: string;
}

/** Extensions of videos that browsers play. `.webm` can also be audio, for which the player adapts. */
const VIDEO = /\.(mp4|m4v|mov|webm|ogv)$/i;

export function recordingOf({ embeddedRecording, recordingUrl }: FileSettings): PageRecording | undefined {
	if (embeddedRecording) {
		const { mimeType, content } = embeddedRecording;
		return { url: `data:${mimeType};base64,`, isVideo: mimeType.startsWith('video/'), content, source: 'data:' };
	}
	if (recordingUrl === undefined) return undefined;
	const url = new URL(recordingUrl);
	return { url: url.href, isVideo: VIDEO.test(url.pathname), source: sourceOf(url) };
}

/** Percent signs that aren't part of an escape sequence, and characters that a source expression's path can't contain. */
const NOT_IN_SOURCE = /%(?![\da-f]{2})|[^\w%/.~!$&'()*+=:@-]/gi;

/**
 * Returns the source expression that allows only this URL (W3C, “Content Security Policy Level 3”, 2.3.1). It has no
 * query. Semicolons and commas, which separate directives and policies, are encoded, and so are characters that URLs may
 * contain, but not paths in RFC 3986, because Firefox ignores expressions with them. If the path ends with a slash, the
 * expression also allows longer paths. It can't contain an IPv6 address, so for these, it allows all addresses with
 * the same protocol. A host with other characters could add directives or be a wildcard, so nothing is allowed for it.
 */
function sourceOf(url: URL): string {
	const { origin, pathname, hostname, protocol } = url;
	if (!hasPlainHost(url)) return "'none'";
	if (hostname.startsWith('[')) return protocol;
	return `${origin}${pathname.replace(NOT_IN_SOURCE, encodeURIComponent)}`;
}

/** The number of bytes to encode at a time. A multiple of three, so that only the last part is padded. */
const ENCODED_AT_ONCE = 3 * 65_536;

/**
 * Adds the content of an embedded recording to its data URL. Writes it directly into the file's bytes, since strings of
 * this size would take several times as much memory.
 */
export function insertContent(html: string, url: string, content: Uint8Array): Uint8Array {
	// All quotation marks in the transcript are escaped, so this can only be the player.
	const place = html.indexOf(`src="${url}"`) + `src="${url}`.length;
	const [before, after] = [Buffer.from(html.slice(0, place)), Buffer.from(html.slice(place))];
	const file = Buffer.alloc(before.length + 4 * Math.ceil(content.length / 3) + after.length);
	let length = before.copy(file);
	const source = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	for (let from = 0; from < source.length; from += ENCODED_AT_ONCE)
		length += file.write(source.toString('base64', from, from + ENCODED_AT_ONCE), length, 'latin1');
	after.copy(file, length);
	return file;
}

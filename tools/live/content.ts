import { parseJson } from '../../nodes/Transcription/core/json';

/** The body of a response: a JSON value, text, or a binary file. */
export type Content = { kind: 'JSON'; json: unknown } | { kind: string; text: string };

const BINARY: ReadonlyArray<readonly [kind: string, start: string]> = [
	['PDF', '%PDF-'],
	['ZIP or Office document', 'PK\u0003\u0004'],
];

const TEXT: ReadonlyArray<readonly [kind: string, pattern: RegExp]> = [
	['empty', /^\s*$/],
	['WebVTT', /^\s*WEBVTT/],
	['SubRip', /^\s*\d+\r?\n\d\d:\d\d:\d\d,\d{3} --> /],
	['HTML', /^\s*<(!doctype )?html/i],
	['XML', /^\s*<\?xml/],
	['damaged JSON', /^\s*[[{]/],
];

/** @param contentType the header, if there is one */
export function contentOf(body: Buffer, contentType = ''): Content {
	const binary = BINARY.find(([, start]) => body.subarray(0, start.length).toString('latin1') === start)?.[0];
	if (binary !== undefined) return { kind: binary, text: '' };
	const text = body.toString('utf8').replace(/^\ufeff/, '');
	// A text file that only contains a number isn't JSON, but an API may respond with a bare value.
	if (/^\s*[[{]/.test(text) || /\bjson\b/.test(contentType)) {
		const json = parseJson(text);
		if (json !== undefined) return { kind: 'JSON', json };
	}
	return { kind: TEXT.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text', text };
}

/** Returns the shortest body of a kind. It replaces binary files, which aren't recorded. */
export function stubOf(kind: string): Buffer | undefined {
	const start = BINARY.find(([name]) => name === kind)?.[1];
	return start === undefined ? undefined : Buffer.from(start, 'latin1');
}

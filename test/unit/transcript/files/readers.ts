import type { Transcript } from '../../../../nodes/Transcription/transcript/model';
import { spokenIn } from '../../../../nodes/Transcription/transcript/segments';
import { textOf } from '../../../../nodes/Transcription/transcript/segments/tokens';
import { createRequire } from 'node:module';
import { parseSync } from 'subtitle';

/** Independent readers for our files. */

export interface ReadCue {
	startMs: number;
	endMs: number;
	text: string;
	voice?: string;
	/** Times within the text, in ms. */
	times: number[];
}

/** Uses the npm package `subtitle`. */
export function readSrt(file: string): ReadCue[] {
	return parseSync(file).flatMap((node) =>
		node.type === 'cue' ? [{ startMs: node.data.start, endMs: node.data.end, text: node.data.text, times: [] }] : [],
	);
}

/**
 * The text of an SRT cue as players show it. Removes everything that any of these players treats as markup:
 *
 * - FFmpeg and libass, also in mpv and Jellyfin: `{…}`, `<…>`, and `\\N`, `\\n`, `\\h`, `\\{`, `\\}`
 * - VLC and Android’s Media3: also HTML entities and tags without an end
 *
 * Sources: FFmpeg 5.1, `libavcodec/htmlsubtitles.c`; libass, `ass_parse.c`; VLC 3, `subsdec.c`; Media3, `SubripParser`.
 */
export function shownByPlayers(text: string): string {
	return text
		.replace(/<[^<>]*>|<[a-z/!?][^>]*$/gi, '')
		.replace(/\{[^}]*\}/g, '')
		.replace(/\\[Nnh]/g, ' ')
		.replace(/\\(?=[{}])/g, '')
		.replace(/&(?:#\d+|#x[\da-f]+|\w+);/gi, '?')
		.replaceAll('\u2060', '');
}

/** Replaces the look-alikes in SRT files with the characters they stand for. */
export function withoutLookalikes(text: string): string {
	return text.replaceAll('‹', '<').replaceAll('❴', '{').replaceAll('❵', '}').replaceAll('→', '-->');
}

interface VttNode {
	type: 'text' | 'object' | 'timestamp';
	name?: string;
	value?: string | number;
	children?: VttNode[];
}
interface VttCue {
	startTime: number;
	endTime: number;
	tree: VttNode;
}
interface VttParser {
	parse(file: string, mode: string): { cues: VttCue[]; errors: Array<{ message: string; line: number }> };
}
const load = createRequire(__filename);
const { WebVTTParser } = load('webvtt-parser') as { WebVTTParser: new (entities: unknown) => VttParser };
const entities: unknown = load('webvtt-parser/html-entities.json');

/** Uses the W3C's validating parser. @throws for any problem that it reports */
export function readVtt(file: string): ReadCue[] {
	const { cues, errors } = new WebVTTParser(entities).parse(file, 'subtitles');
	if (errors.length > 0) throw new Error(errors.map(({ message, line }) => `line ${line}: ${message}`).join('; '));
	return cues.map(({ startTime, endTime, tree }) => {
		const nodes = allNodes(tree);
		const voice = nodes.find(({ type, name }) => type === 'object' && name === 'v')?.value;
		return {
			startMs: Math.round(startTime * 1000),
			endMs: Math.round(endTime * 1000),
			text: nodes.map(({ type, value }) => (type === 'text' ? String(value) : '')).join(''),
			times: nodes.flatMap(({ type, value }) => (type === 'timestamp' ? [Math.round(Number(value) * 1000)] : [])),
			// The parser doesn't decode escapes in an annotation, but browsers do, as the standard requires.
			...(voice !== undefined && { voice: unescapeHtml(String(voice)) }),
		};
	});
}

function allNodes(node: VttNode): VttNode[] {
	return [node, ...(node.children ?? []).flatMap(allNodes)];
}

/** A strict RFC 4180 parser. */
export function readCsv(file: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const match of file.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy)) {
		row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		if (match[3] === '\r\n') {
			rows.push(row);
			row = [];
		}
	}
	return rows;
}

/** Returns the text of an HTML page's paragraphs, as displayed by a browser. */
export function readHtml(file: string): string[] {
	return [...file.matchAll(/<span dir="auto">([^<]*)<\/span>/g)].map(([, text]) => unescapeHtml(text ?? ''));
}

/** Returns the text of the paragraphs of an HTML fragment without speakers. */
export function readFragment(file: string): string[] {
	return [...file.matchAll(/<p(?: dir="rtl")?>([^<]*)<\/p>\n/g)].map(([, text]) => unescapeHtml(text ?? ''));
}

export function unescapeHtml(text: string): string {
	const entities: Record<string, string> = {
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		'#39': "'",
		'#91': '[',
		'#93': ']',
	};
	return text.replace(/&([^;]+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** Returns the text of Markdown without any markup. */
export function readMarkdown(file: string): string {
	return file.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Returns the characters of the speech in any order, because speakers overlap. SRT replaces some of them, and CSV adds some. */
export const characters = (text: string) => [...withoutLookalikes(text).replace(/[\s'\u2060]/gu, '')].sort().join('');

export const everythingSaid = (transcript: Transcript) =>
	characters(
		spokenIn(transcript)
			.turns.map(({ tokens }) => textOf(tokens))
			.join(''),
	);

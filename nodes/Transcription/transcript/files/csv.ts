import { utterancesIn } from '../segments';
import { cleanText } from '../segments/text';
import type { ExportContext } from './exportContext';

const COLUMNS = ['index', 'start', 'end', 'speaker', 'channel', 'text'] as const;

/**
 * Utterances as CSV (RFC 4180): a comma, CRLF, quotes where needed; times in seconds.
 *
 * Begins with a byte order mark: without one Excel takes UTF-8 for the code page of the country.
 */
export function makeCsv(material: ExportContext): string {
	const { includeSpeakers = true } = material.settings;
	const rows = utterancesIn(material.spoken).map((utterance, index) => [
		String(index + 1),
		seconds(utterance.start),
		seconds(utterance.end),
		(includeSpeakers && material.name(utterance)) || '',
		includeSpeakers ? cleanText(utterance.channel ?? '') : '',
		utterance.text,
	]);
	const lines = [COLUMNS, ...rows].map((row) => row.map(field).join(','));
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

const seconds = (value: number | undefined) => (value === undefined ? '' : String(Math.round(value * 1000) / 1000));

/** Quoted where it must be. */
function field(value: string): string {
	const text = harmless(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Spreadsheets run a cell that begins like a formula. Behind an apostrophe it is text (OWASP, “CSV Injection”); full-width
 * signs count as well where Chinese or Japanese is set.
 */
function harmless(text: string): string {
	return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

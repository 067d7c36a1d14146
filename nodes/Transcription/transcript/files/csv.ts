import { roundToMs } from '../milliseconds';
import { utterancesIn } from '../segments';
import { cleanText } from '../segments/text';
import type { ExportContext } from './exportContext';

const COLUMNS = ['index', 'start', 'end', 'speaker', 'channel', 'text'] as const;

/**
 * Creates CSV of the utterances (RFC 4180: commas, CRLF, quotes where needed), with times in seconds.
 *
 * The file starts with a byte order mark. Without it, Excel doesn't recognize UTF-8 and uses the system's code page.
 */
export function makeCsv(context: ExportContext): string {
	const { includeSpeakers = true } = context.settings;
	const rows = utterancesIn(context.spoken).map((utterance, index): Cell[] => [
		index + 1,
		seconds(utterance.start),
		seconds(utterance.end),
		(includeSpeakers && context.name(utterance)) || '',
		includeSpeakers ? cleanText(utterance.channel ?? '') : '',
		utterance.text,
	]);
	const lines = [COLUMNS, ...rows].map((row) => row.map(field).join(','));
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

type Cell = string | number;

const seconds = (value: number | undefined): Cell => (value === undefined ? '' : roundToMs(value));

/** Formats a field. Numbers are written unchanged, since the formula check would turn negative ones into text. */
function field(value: Cell): string {
	if (typeof value === 'number') return String(value);
	const text = withoutFormula(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Prevents CSV injection: spreadsheets execute a cell that starts like a formula, but treat it as text if it has a
 * leading apostrophe (OWASP, “CSV Injection”). In Chinese and Japanese locales, full-width signs also start a formula.
 */
function withoutFormula(text: string): string {
	return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

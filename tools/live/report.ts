import type { Provider } from '../../nodes/Transcription/providers/provider';
import { tableRow, tableSeparator } from '../lib/markdown';
import type { CheckResult } from './check';
import { SAMPLE } from './sample';

/** Describes what a check will cost, before it starts. @param submits number of submits per service */
export function costOf(providers: readonly Provider[], submits: number): string[] {
	const seconds = (SAMPLE.durationSeconds * submits).toFixed(1);
	const jobs = submits === 1 ? '1 submit' : `${submits} submits`;
	return providers.map(
		({ displayName }) =>
			`${displayName}: ${jobs}, ${seconds} s of audio, charged to your account. Another ${SAMPLE.durationSeconds} s if it accepts an option that it should refuse.`,
	);
}

const CELL_LENGTH = 160;

/** Formats text so that it fits into a table cell. */
function cell(text: string): string {
	const line = text.replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;');
	return line.length > CELL_LENGTH ? `${line.slice(0, CELL_LENGTH)}…` : line;
}

/** Formats the drift as a Markdown table, breaking changes first. It contains no IDs. */
export function reportOf(results: readonly CheckResult[]): string {
	const rows = results.flatMap(({ provider, drift }) =>
		drift.map(({ request, place, sandbox, real, grade }) => [provider, request, place, sandbox, real, grade]),
	);
	const sorted = [...rows.filter((row) => row[5] === 'breaking'), ...rows.filter((row) => row[5] !== 'breaking')];
	const header = ['Provider', 'Request', 'Place', 'Sandbox', 'Real', 'Grade'];
	const count = (grade: string) => rows.filter((row) => row[5] === grade).length;
	const lines = [
		`Checked: ${results.map(({ provider }) => provider).join(', ') || 'nothing'}. Breaking: ${count('breaking')}. Minor: ${count('minor')}.`,
		...(sorted.length === 0
			? []
			: [
					'',
					tableRow(header),
					tableSeparator(header.length, header.length),
					...sorted.map((row) => tableRow(row.map(cell))),
				]),
		...results
			.filter(({ leftovers }) => leftovers.length > 0)
			.flatMap(({ provider, leftovers }) => [
				'',
				`${provider}: ${leftovers.length} created ${leftovers.length === 1 ? 'object' : 'objects'} couldn’t be deleted; the log of the run has the details.`,
			]),
	];
	return `${lines.join('\n')}\n`;
}

/** Whether someone has to look at the results. */
export const isAlarming = (results: readonly CheckResult[]): boolean =>
	results.some(({ drift, wasInterrupted }) => wasInterrupted || drift.some(({ grade }) => grade === 'breaking'));

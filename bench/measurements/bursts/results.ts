import { quantile } from '../../../tools/lib/statistics';
import type { Comparison, Figure, Section, Table } from '../../bench';
import { formatFigure } from '../../figure';
import type { Side, Try } from './tries';

/** How long a service waits for a response, in ms. Source: AssemblyAI docs, “Webhooks”. */
const SERVICE_TIMEOUT_MS = 10_000;

/** All tries of one side. */
export interface SideResult {
	side: Side;
	tries: readonly Try[];
}

type Measure = (one: Try) => number | undefined;

const figure = (tries: readonly Try[], measure: Measure, unit: string): Figure => ({
	values: tries.flatMap((one) => measure(one) ?? []),
	unit,
});

const answered = ({ responses: { delaysMs } }: Try) => delaysMs.length;
const inTime = ({ responses: { delaysMs } }: Try) => delaysMs.filter((delay) => delay <= SERVICE_TIMEOUT_MS).length;
const slowest = ({ responses: { delaysMs } }: Try) => (delaysMs.length > 0 ? quantile(delaysMs, 1) / 1000 : undefined);
const memory = ({ peaks }: Try) => peaks.resident / 1e9;

/** Returns how many responses had each status, or each error, in all tries together. */
export function countResponses(tries: readonly Try[]): Record<string, number> {
	const all: Record<string, number> = {};
	for (const { responses } of tries) {
		for (const [status, count] of Object.entries(responses.counts)) all[status] = (all[status] ?? 0) + count;
	}
	return all;
}

const survived = (tries: readonly Try[]) => tries.filter(({ ended }) => ended === undefined).length;

/** @param count callbacks per burst */
export function comparisonsOf([ours, other]: readonly SideResult[], count: number): Comparison[] {
	if (!ours || !other) return [];
	const callbacks = `${count.toLocaleString('en')} callbacks at the same moment`;
	const row = (label: string, measure: Measure, unit: string): Comparison => ({
		label: `${callbacks}: ${label}`,
		ours: figure(ours.tries, measure, unit),
		baseline: { name: other.side.title, figure: figure(other.tries, measure, unit) },
	});
	return [
		{
			label: `${callbacks}: bursts that n8n survived`,
			headline: `${callbacks}: bursts that n8n survived`,
			ours: { values: [survived(ours.tries)], unit: '' },
			baseline: { name: other.side.title, figure: { values: [survived(other.tries)], unit: '' } },
			target: `all ${ours.tries.length}`,
			met: survived(ours.tries) === ours.tries.length,
		},
		{ ...row('peak memory of n8n', memory, 'GB'), headline: `${callbacks}: peak memory of n8n` },
		row('answered with 2xx', answered, ''),
		row(`answered with 2xx within ${SERVICE_TIMEOUT_MS / 1000} s`, inTime, ''),
		row('slowest response', slowest, 's'),
	];
}

function detailsOf(results: readonly SideResult[]): Table {
	const cells = ({ side, tries }: SideResult) => [
		side.title,
		`${survived(tries)} of ${tries.length}`,
		Object.entries(countResponses(tries))
			.map(([status, count]) => `${count} × ${status}`)
			.join(', '),
		formatFigure(figure(tries, inTime, '')),
		formatFigure(figure(tries, slowest, 's')),
		formatFigure(figure(tries, ({ succeeded }) => succeeded, '')),
		formatFigure(figure(tries, memory, 'GB')),
		formatFigure(figure(tries, ({ peaks }) => peaks.areas, '')),
		formatFigure(figure(tries, ({ blockedMs }) => blockedMs, 'ms')),
	];
	const header = [
		'',
		'survived',
		'responses in all tries',
		`2xx within ${SERVICE_TIMEOUT_MS / 1000} s`,
		'slowest',
		'executions that succeeded',
		'peak memory',
		'memory areas',
		'event loop blocked',
	];
	return { title: 'All results', header, rows: results.map(cells) };
}

/** @param settings the results with other settings of n8n */
export function sectionOf(defaults: readonly SideResult[], settings: readonly SideResult[], count: number): Section {
	return {
		introduction: introductionOf(count),
		comparisons: comparisonsOf(defaults, count),
		tables: [detailsOf([...defaults, ...settings])],
		notes: [CAUSE],
	};
}

const introductionOf = (
	count: number,
) => `A separate process sends ${count.toLocaleString('en')} genuine callbacks to n8n 2.41 at the same moment (regular mode, SQLite), each on a connection of its
own. \`DB_PING_TIMEOUT_MS\` is 120,000, as in all benchmarks, since n8n otherwise responds with 503 while its database is slow. Transcription Trigger has its default settings, so it also fetches and records the transcripts from the sandbox. n8n's own Webhook
node has header authentication. Each side has its own n8n, and the two take turns. An n8n isn't restarted between its tries unless it
ended. Memory areas are the entries of \`/proc/<pid>/maps\`, which Linux limits to 65,530 by default (\`vm.max_map_count\`). The
last column is the longest time for which n8n's event loop was blocked.`;

const CAUSE = `n8n 2.41 starts an expression engine (a V8 isolate of about 11 MB) for every callback that another node than its own Webhook node receives, and one for every execution. A burst therefore needs memory in proportion to its size. On a machine with less free memory than that, the kernel ends n8n. The event loop isn’t the cause: it was never blocked for long. A 500 means that a callback waited for more than 60 s for one of n8n’s three connections to SQLite (n8n’s log: *operation timed out for an unknown reason*). With \`N8N_EXPRESSION_ENGINE=legacy\`, n8n evaluates expressions as n8n 2.8 does, without such engines, but n8n no longer considers that setting secure.`;

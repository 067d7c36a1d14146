import { tableRow, tableSeparator } from '../../lib/markdown';
import type { KillResult, Moment } from './killResult';
import type { Killed } from './kills';

const MOMENTS: Record<Moment, string> = {
	initialPoll: 'initial poll (Initial Poll 20 s)',
	pausing: 'pausing (Initial Poll 0)',
};

const COLUMNS: ReadonlyArray<[heading: string, cell: (result: KillResult) => string | number]> = [
	['killed during', ({ moment }) => MOMENTS[moment]],
	['kills', ({ kills }) => kills],
	['executions', ({ executions }) => executions],
	['crashed', ({ crashed }) => crashed],
	['failed', ({ failed }) => failed],
	['not finished', ({ unfinished }) => unfinished],
	['jobs', ({ jobs }) => jobs],
	['transcript output by a node', ({ left }) => left],
	['only ID output, at the deadline', ({ timedOut }) => timedOut],
	['recovered', ({ recovered }) => recovered],
	['output and recovered', ({ twice }) => twice],
	['ID only in the log', ({ onlyLogged }) => onlyLogged],
	['job IDs lost', ({ idsLost }) => idsLost],
	['submits repeated', ({ repeatedSubmits }) => repeatedSubmits],
	['continued twice', ({ continuedTwice }) => continuedTwice],
];

/** Formats the results and the kills as Markdown tables. */
export function killTables({ results, killRecords }: Killed): string[] {
	return [
		tableRow(COLUMNS.map(([heading]) => heading)),
		tableSeparator(COLUMNS.length),
		...results.map((result) => tableRow(COLUMNS.map(([, cell]) => cell(result)))),
		'',
		'| killed | during | of | after, s | executions with unfinished jobs |',
		'| --- | --- | --- | ---: | ---: |',
		...killRecords.map(({ victim, moment, node, isMet, after, underWay }) =>
			tableRow([
				victim,
				MOMENTS[moment],
				`the ${node === 'first' ? 'first' : 'second'} node${isMet ? '' : ' (not reached)'}`,
				after.toFixed(0),
				underWay,
			]),
		),
	];
}

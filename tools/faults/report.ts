import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../n8n';
import type { Outcome } from './campaign';
import { killProblems, type KillRecord } from './kills';
import type { CampaignOptions } from './options';
import { tallyProblems, sumOf, type Tally } from './tally';

/** Where the reports of both modes stand. */
export const reliabilityPage = join(projectFolder, 'docs/reliability.md');

const COLUMNS: ReadonlyArray<[heading: string, cell: (tally: Tally) => string | number]> = [
	['', ({ name }) => name],
	['recordings', ({ sent }) => sent],
	['jobs', ({ jobs }) => jobs],
	['arrived', ({ arrived }) => arrived],
	['by recovery', ({ byRecovery }) => byRecovery],
	['missing', ({ missing }) => missing],
	['ID only in the log', ({ onlyLogged }) => onlyLogged],
	['job IDs lost', ({ idsLost }) => idsLost],
	['again at the door', ({ duplicateDeliveries }) => duplicateDeliveries],
	['twice behind the key', ({ duplicateRows }) => duplicateRows],
	['submits repeated', ({ repeated }) => repeated],
	['forged', ({ forged }) => forged],
	['forged accepted', ({ forgedAccepted }) => forgedAccepted],
	['wrong content', ({ wrong }) => wrong],
	['median, s', ({ median }) => median.toFixed(1)],
	['last, s', ({ last }) => last.toFixed(0)],
];

/** The report of a campaign as Markdown. */
export function reportOf(options: CampaignOptions, outcome: Outcome, tallies: readonly Tally[]): string {
	const sum = sumOf(tallies);
	const { begunAt, endedAt, killRecords, observations } = outcome;
	const problems = [...tallyProblems(sum), ...killProblems(killRecords, observations.rows)];
	const row = (cells: ReadonlyArray<string | number>) => `| ${cells.join(' | ')} |`;
	const minutes = ((endedAt - begunAt) / 60_000).toFixed(1);
	return [
		`\`${commandOf(options)}\` (n8n ${options.version}, ${minutes} minutes): ${problems.length === 0 ? 'passed' : `**failed**: ${problems.join('; ')}`}.`,
		'',
		row(COLUMNS.map(([heading]) => heading)),
		row(COLUMNS.map((_, index) => (index === 0 ? '---' : '---:'))),
		...[...tallies, sum].map((tally) => row(COLUMNS.map(([, cell]) => cell(tally)))),
		'',
		...lossesOf(sum),
		faultsOf(outcome),
		'',
		...exposureOf(outcome),
		...repeatsOf(outcome),
		'| killed | after, s | recordings being submitted | reads | callbacks | crashed executions | between record and CRM |',
		'| --- | ---: | ---: | ---: | ---: | ---: | --- |',
		...killRecords.map((record) =>
			row([
				record.victim,
				((record.at - begunAt) / 1000).toFixed(0),
				record.submits,
				record.reads,
				record.callbacks,
				record.crashed,
				betweenOf(record, observations.rows),
			]),
		),
	].join('\n');
}

/** What the kills cut off. */
function lossesOf({ notSubmitted, cutOff }: Tally): string[] {
	const lines = [
		notSubmitted > 0 &&
			`${count(notSubmitted, 'recording')} never became a job: n8n was killed after it had taken the request and before Submit's own.`,
		cutOff > 0 && `${count(cutOff, 'request')} to the CRM ended with a kill before the CRM had stored anything.`,
	].filter((line) => line !== false);
	return lines.length > 0 ? [lines.join(' '), ''] : [];
}

const count = (number: number, of: string) => `${number} ${of}${number === 1 ? '' : 's'}`;

/** How long a kill would have made a transcript come again. */
function exposureOf({ exposures }: Outcome): string[] {
	if (exposures.length === 0) return [];
	const at = (share: number) => exposures[Math.min(exposures.length - 1, Math.floor(share * exposures.length))] ?? 0;
	return [
		`${exposures.length} transcripts, which came by callback, were in the CRM and not yet acknowledged for ${at(0.5)} ms (median), ${at(0.9)} ms (90 %), ${at(1)} ms (longest).`,
		'',
	];
}

/** When what came to the door again had been stored, seen from the next kill, and which half of the canvas sent it again. */
function repeatsOf({ observations: { attempts, rows }, killRecords }: Outcome): string[] {
	const again = attempts.filter(({ outcome }) => outcome === 'refused').map(({ eventId, at, via }) => {
		const stored = rows.get(eventId);
		const killed = killRecords.map((record) => record.at).find((time) => stored !== undefined && time >= stored.at);
		const seconds = (from: number, till: number) => `${((till - from) / 1000).toFixed(1)} s`;
		const beforeKill = stored && killed !== undefined ? `stored ${seconds(stored.at, killed)} before a kill` : 'stored after the last kill';
		return `${beforeKill}, by ${stored?.via ?? 'nobody'}, came again by ${via} ${seconds(stored?.at ?? at, at)} later`;
	});
	return again.length > 0 ? ['Again at the door:', '', ...again.map((line) => `- ${line}`), ''] : [];
}

const commandOf = ({ mode, version, jobs, perMinute, kills, seed, setClockAhead }: CampaignOptions) =>
	`npm run test:faults -- --mode ${mode} --n8n ${version} --jobs ${jobs} --per-minute ${perMinute} --kills ${kills} --seed ${seed}${setClockAhead ? ' --turn-clock' : ''}`;

/** What was at the CRM's door, and when and how it came in the end. */
function betweenOf({ pendingAtCrm, at }: KillRecord, rows: Outcome['observations']['rows']): string {
	if (pendingAtCrm.length === 0) return 'none';
	const fates = pendingAtCrm.map((eventId) => {
		const row = rows.get(eventId);
		return row ? `${row.via} ${((row.at - at) / 1000).toFixed(0)} s later` : 'missing';
	});
	return `${pendingAtCrm.length}: ${fates.join(', ')}`;
}

function faultsOf({ observations: { deliveries, requests } }: Outcome): string {
	const genuine = deliveries.filter(({ cause }) => cause === 'job');
	const withFault = (kind: RegExp) => deliveries.filter(({ cause, faults }) => cause === 'job' && faults.some((fault) => kind.test(fault))).length;
	const reads = requests.filter(({ provider, method }) => provider !== null && method === 'GET');
	const share = (count: number, all: number) => `${count} (${((100 * count) / Math.max(1, all)).toFixed(0)} %)`;
	return (
		`Of ${genuine.length} callbacks ${share(withFault(/lost/), genuine.length)} were lost, ${share(withFault(/doubled/), genuine.length)} doubled, ` +
		`${share(withFault(/late|reordered/), genuine.length)} late or out of order; of ${reads.length} reads ${share(reads.filter(({ fault }) => fault !== null).length, reads.length)} ` +
		'were answered with 429, 500 or 503.'
	);
}

/** Puts the report between the page's markers for this mode. @throws where the page has none */
export function writeReport({ mode }: CampaignOptions, report: string): void {
	writeSection(`${mode} mode`, report);
}

/** Puts a report between the page's markers for a section. @throws if the page has none */
export function writeSection(section: string, report: string): void {
	const page = existsSync(reliabilityPage) ? readFileSync(reliabilityPage, 'utf8') : '';
	writeFileSync(reliabilityPage, replaceSection(page, section, report));
}

/** @throws if the page has no markers for the section */
export function replaceSection(page: string, section: string, report: string): string {
	const [begin, end] = [`<!-- report of ${section} -->`, `<!-- end of the report of ${section} -->`];
	const [before, rest] = page.split(begin);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined) throw new Error(`${reliabilityPage} has no markers for ${section}`);
	return `${before}${begin}\n${report}\n${end}${after}`;
}

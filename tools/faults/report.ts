import { replaceBetween, tableRow, tableSeparator } from '../lib/markdown';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../n8n';
import type { Outcome } from './campaign';
import { killProblems, type KillRecord } from './kills';
import type { CampaignOptions } from './options';
import { tallyProblems, sumOf, type Tally } from './tally';

/** The page with the reports of both modes. */
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
	['delivered again', ({ duplicateDeliveries }) => duplicateDeliveries],
	['stored twice', ({ duplicateRows }) => duplicateRows],
	['submits repeated', ({ repeated }) => repeated],
	['forged', ({ forged }) => forged],
	['forged accepted', ({ forgedAccepted }) => forgedAccepted],
	['wrong content', ({ wrong }) => wrong],
	['median, s', ({ median }) => median.toFixed(1)],
	['last, s', ({ last }) => last.toFixed(0)],
];

/** Formats the report of a campaign as Markdown. */
export function reportOf(options: CampaignOptions, outcome: Outcome, tallies: readonly Tally[]): string {
	const sum = sumOf(tallies);
	const { begunAt, endedAt, killRecords, observations } = outcome;
	const problems = [...tallyProblems(sum), ...killProblems(killRecords, observations.rows)];
	const minutes = ((endedAt - begunAt) / 60_000).toFixed(1);
	return [
		`\`${commandOf(options)}\` (n8n ${options.version}, ${minutes} minutes): ${problems.length === 0 ? 'passed' : `**failed**: ${problems.join('; ')}`}.`,
		'',
		tableRow(COLUMNS.map(([heading]) => heading)),
		tableSeparator(COLUMNS.length),
		...[...tallies, sum].map((tally) => tableRow(COLUMNS.map(([, cell]) => cell(tally)))),
		'',
		...lossesOf(sum),
		faultsOf(outcome),
		'',
		...exposureOf(outcome),
		...repeatsOf(outcome),
		'| killed | after, s | recordings being submitted | reads | callbacks | crashed executions | between record and CRM |',
		'| --- | ---: | ---: | ---: | ---: | ---: | --- |',
		...killRecords.map((record) =>
			tableRow([
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

/** Describes the recordings and requests that were lost in kills. */
function lossesOf({ notSubmitted, cutOff }: Tally): string[] {
	const lines = [
		notSubmitted > 0 &&
			`${count(notSubmitted, 'recording')} never became a job, because n8n was killed between accepting the request and the submit.`,
		cutOff > 0 && `${count(cutOff, 'request')} to the CRM ended because n8n was killed before the CRM stored anything.`,
	].filter((line) => line !== false);
	return lines.length > 0 ? [lines.join(' '), ''] : [];
}

const count = (number: number, of: string) => `${number} ${of}${number === 1 ? '' : 's'}`;

/** Describes the periods when a kill would have caused a duplicate delivery. */
function exposureOf({ exposures }: Outcome): string[] {
	if (exposures.length === 0) return [];
	const at = (share: number) => exposures[Math.min(exposures.length - 1, Math.floor(share * exposures.length))] ?? 0;
	return [
		`For the ${exposures.length} transcripts delivered by callback, the time between reaching the CRM and being acknowledged was ${at(0.5)} ms (median), ${at(0.9)} ms (90th percentile), and ${at(1)} ms (maximum).`,
		'',
	];
}

/** Describes, for each duplicate delivery, how long before a kill the transcript had been stored, and which part of the workflow sent it again. */
function repeatsOf({ observations: { attempts, rows }, killRecords }: Outcome): string[] {
	const again = attempts
		.filter(({ outcome }) => outcome === 'refused')
		.map(({ eventId, at, via }) => {
			const stored = rows.get(eventId);
			const killed = killRecords.map((record) => record.at).find((time) => stored !== undefined && time >= stored.at);
			const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
			const beforeKill =
				stored && killed !== undefined
					? `stored ${seconds(stored.at, killed)} before a kill`
					: 'stored after the last kill';
			return `${beforeKill} by ${stored?.via ?? 'an unknown sender'}, delivered again by ${via} ${seconds(stored?.at ?? at, at)} later`;
		});
	return again.length > 0 ? ['Delivered again:', '', ...again.map((line) => `- ${line}`), ''] : [];
}

const commandOf = ({ mode, version, jobs, perMinute, kills, seed, setClockAhead }: CampaignOptions) =>
	`npm run test:faults -- --mode ${mode} --n8n ${version} --jobs ${jobs} --per-minute ${perMinute} --kills ${kills} --seed ${seed}${setClockAhead ? ' --turn-clock' : ''}`;

/** Describes the pending transcripts, including when and how they finally arrived. */
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
	const withFault = (kind: RegExp) =>
		deliveries.filter(({ cause, faults }) => cause === 'job' && faults.some((fault) => kind.test(fault))).length;
	const reads = requests.filter(({ provider, method }) => provider !== null && method === 'GET');
	const share = (count: number, all: number) => `${count} (${((100 * count) / Math.max(1, all)).toFixed(0)} %)`;
	return (
		`Of ${genuine.length} callbacks, ${share(withFault(/lost/), genuine.length)} were lost, ${share(withFault(/doubled/), genuine.length)} doubled, ` +
		`${share(withFault(/late|reordered/), genuine.length)} late or out of order. Of ${reads.length} reads, ${share(reads.filter(({ fault }) => fault !== null).length, reads.length)} ` +
		'were answered with 429, 500, or 503.'
	);
}

/** Writes the report between the page's markers for this mode. @throws Error if the page has no markers */
export function writeReport({ mode }: CampaignOptions, report: string): void {
	writeSection(`${mode} mode`, report);
}

/** Writes a report between the page's markers for a section. @throws Error if the page has no markers */
export function writeSection(section: string, report: string): void {
	const page = existsSync(reliabilityPage) ? readFileSync(reliabilityPage, 'utf8') : '';
	writeFileSync(reliabilityPage, replaceSection(page, section, report));
}

/** @throws Error if the page has no markers for the section */
export function replaceSection(page: string, section: string, report: string): string {
	const markers = [`<!-- report of ${section} -->`, `<!-- end of the report of ${section} -->`] as const;
	return replaceBetween(page, markers, report, `${reliabilityPage} has no markers for ${section}`);
}

import { parseArgs } from 'node:util';
import { toHostVersion, type HostVersion } from '../n8n';

export type Mode = 'regular' | 'queue';

export interface CampaignOptions {
	mode: Mode;
	version: HostVersion;
	/** How many recordings are handed in, over all services. */
	jobs: number;
	/** How fast recordings are handed in at most. */
	perMinute: number;
	kills: number;
	seed: number;
	/** How long at most from the first recording until nothing is missing. */
	limitMinutes: number;
	/** Sets n8n's clock ahead when all recordings are handed in, instead of waiting until the grace period is over. */
	setClockAhead: boolean;
	/** Leaves n8n's folder, its log included. */
	keep: boolean;
	/** Puts the report into docs/reliability.md. */
	write: boolean;
}

const USAGE = `Usage: npm run test:faults -- [options], or -- chained --help
  --mode regular|queue   one process, or main, workers and webhook processors (regular)
  --n8n 2.41|2.8         (2.41)
  --jobs N               recordings, over all services (1050; queue mode 210)
  --per-minute N         how many of them in a minute at most (60)
  --kills N              how often something is killed with SIGKILL (5)
  --seed N               repeats the chance of a campaign (from the time)
  --limit-minutes N      when to give up (40)
  --turn-clock           set n8n's clock ahead instead of waiting for the grace period
  --keep                 leave n8n's folder and log
  --write                put the report into docs/reliability.md
  --help`;

/** @returns undefined where only the usage was asked for @throws Error that says what is wrong with an option */
export function readOptions(): CampaignOptions | undefined {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			mode: { ...text, default: 'regular' },
			n8n: { ...text, default: '2.41' },
			jobs: text,
			'per-minute': { ...text, default: '60' },
			kills: { ...text, default: '5' },
			seed: text,
			'limit-minutes': { ...text, default: '40' },
			'turn-clock': { type: 'boolean', default: false },
			keep: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return undefined;
	}
	const mode = values.mode;
	if (mode !== 'regular' && mode !== 'queue') throw new Error(`--mode wants regular or queue, not "${mode}"`);
	return {
		mode,
		version: toHostVersion(values.n8n),
		jobs: wholeNumber(values.jobs ?? (mode === 'queue' ? '210' : '1050'), 'jobs', 1),
		perMinute: wholeNumber(values['per-minute'], 'per-minute', 1),
		kills: wholeNumber(values.kills, 'kills', 0),
		seed: wholeNumber(values.seed ?? String(Date.now() % 1_000_000), 'seed', 0),
		limitMinutes: wholeNumber(values['limit-minutes'], 'limit-minutes', 1),
		setClockAhead: values['turn-clock'],
		keep: values.keep,
		write: values.write,
	};
}

function wholeNumber(text: string, name: string, least: number): number {
	const number = Number(text);
	if (!Number.isInteger(number) || number < least) throw new Error(`--${name} wants a whole number from ${least}, not "${text}"`);
	return number;
}

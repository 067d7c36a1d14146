import { parseArgs } from 'node:util';
import { wholeNumber } from '../lib/options';
import { toHostVersion, type HostVersion } from '../n8n';

export type Mode = 'regular' | 'queue';

export interface CampaignOptions {
	mode: Mode;
	version: HostVersion;
	/** Number of recordings across all services. */
	jobs: number;
	/** Maximum number of recordings submitted per minute. */
	perMinute: number;
	kills: number;
	seed: number;
	/** Time limit from the first recording until nothing is missing. */
	limitMinutes: number;
	/** Whether to set n8n's clock ahead after all submits, instead of waiting for the grace period to end. */
	setClockAhead: boolean;
	/** Whether to keep n8n's folder, including its log. */
	keep: boolean;
	/** Whether to write the report to docs/reliability.md. */
	write: boolean;
}

const USAGE = `Usage: npm run test:faults -- [options], or -- chained --help
  --mode regular|queue   one process, or main, workers and webhook processors (regular)
  --n8n 2.41|2.8         (2.41)
  --jobs N               recordings, over all services (1350; queue mode 270)
  --per-minute N         maximum number of recordings per minute (60)
  --kills N              number of processes to kill with SIGKILL (5)
  --seed N               seed of the random numbers, to repeat a campaign (from the time)
  --limit-minutes N      when to give up (40)
  --turn-clock           set n8n's clock ahead instead of waiting for the grace period
  --keep                 keep n8n's folder and log
  --write                write the report to docs/reliability.md
  --help`;

/** @returns undefined if only the usage was requested @throws Error naming the invalid option */
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
	if (mode !== 'regular' && mode !== 'queue') throw new Error(`--mode must be regular or queue, not "${mode}"`);
	return {
		mode,
		version: toHostVersion(values.n8n),
		jobs: wholeNumber(values.jobs ?? (mode === 'queue' ? '270' : '1350'), 'jobs', 1),
		perMinute: wholeNumber(values['per-minute'], 'per-minute', 1),
		kills: wholeNumber(values.kills, 'kills', 0),
		seed: wholeNumber(values.seed ?? String(Date.now() % 1_000_000), 'seed', 0),
		limitMinutes: wholeNumber(values['limit-minutes'], 'limit-minutes', 1),
		setClockAhead: values['turn-clock'],
		keep: values.keep,
		write: values.write,
	};
}

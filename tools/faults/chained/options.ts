import { parseArgs } from 'node:util';
import { wholeNumber } from '../../lib/options';
import type { Mode } from '../options';
import { toHostVersion, type HostVersion } from '../../n8n';
import { DEADLINE_COUNT, nameOf, SCENARIOS, type Scenario, type Trigger } from './scenarios';

export interface ChainedOptions {
	mode: Mode;
	version: HostVersion;
	/** Executions per scenario. Default: see `countOf`. */
	count?: number;
	/** Number of concurrent executions. */
	concurrency: number;
	scenarios: readonly Scenario[];
	/** The value of `--scenarios`. */
	only?: string;
	/** How often each victim is killed at each moment. */
	kills: number;
	seed: number;
	/** A packed package to measure instead of this one, e.g. an older build. */
	tarball?: string;
	keep: boolean;
	write: boolean;
}

const USAGE = `Usage: npm run test:faults -- chained [options]
  --mode regular|queue    one process, or main, two workers and two webhook processors (queue)
  --n8n 2.41|2.8          (2.41)
  --count N               executions per scenario (200; 40 with another node than Submit and Wait next; deadline 355: 71 steps of 100 ms, five each; killed: at least 20 per moment)
  --concurrency N         concurrent executions (8)
  --scenarios a,b         names, or the beginning of names (all but deadline and killed)
  --kills N               killed: how often each victim is killed at each moment (2)
  --seed N                seed of the service's response times (from the time)
  --package FILE          measure this tarball instead of the current code
  --keep                  keep n8n's folder and log
  --write                 write the report to docs/reliability.md
  --help
Scenarios: ${SCENARIOS.map(nameOf).join(', ')}`;

/** @returns undefined if only the usage was requested @throws Error naming the invalid option */
export function readChainedOptions(args: string[]): ChainedOptions | undefined {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({
		args,
		options: {
			mode: { ...text, default: 'queue' },
			n8n: { ...text, default: '2.41' },
			count: text,
			concurrency: { ...text, default: '8' },
			scenarios: text,
			kills: { ...text, default: '2' },
			seed: text,
			package: text,
			keep: flag,
			write: flag,
			help: flag,
		},
	});
	if (values.help) {
		console.log(USAGE);
		return undefined;
	}
	const { mode } = values;
	if (mode !== 'regular' && mode !== 'queue') throw new Error(`--mode must be regular or queue, not "${mode}"`);
	return {
		mode,
		version: toHostVersion(values.n8n),
		count: values.count === undefined ? undefined : wholeNumber(values.count, 'count', 1),
		concurrency: wholeNumber(values.concurrency, 'concurrency', 1),
		scenarios: scenariosNamed(values.scenarios),
		only: values.scenarios,
		kills: wholeNumber(values.kills, 'kills', 1),
		seed: wholeNumber(values.seed ?? String((Date.now() % 1_000_000) + 1), 'seed', 1),
		tarball: values.package,
		keep: values.keep,
		write: values.write,
	};
}

const COUNTS: Partial<Record<Trigger, number>> = { deadline: DEADLINE_COUNT, killed: 20 };

/** Executions of a scenario whose next node isn't a second Submit and Wait. Each takes more than a minute. */
const COUNT_OF_OTHER_NODES = 40;

/** Returns the number of executions per scenario, or per moment at which n8n is killed. */
export const countOf = ({ trigger, next }: Scenario, { count }: Pick<ChainedOptions, 'count'>): number =>
	count ?? COUNTS[trigger] ?? (next === 'submitAndWait' ? 200 : COUNT_OF_OTHER_NODES);

function scenariosNamed(words: string | undefined): readonly Scenario[] {
	if (words === undefined) return SCENARIOS.filter(({ trigger }) => trigger !== 'deadline' && trigger !== 'killed');
	const wanted = words.split(',');
	for (const word of wanted) {
		if (!SCENARIOS.some((scenario) => nameOf(scenario).startsWith(word)))
			throw new Error(`--scenarios: "${word}" isn't the name of a scenario`);
	}
	return SCENARIOS.filter((scenario) => wanted.some((word) => nameOf(scenario).startsWith(word)));
}

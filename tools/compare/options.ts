import { parseArgs } from 'node:util';
import { wholeNumber } from '../lib/options';

export interface CompareOptions {
	/** Job lengths. */
	seconds: number[];
	/** Jobs of each length for each approach. */
	jobs: number;
	/** Whether to measure failures, too. */
	failures: boolean;
	/** Whether to write the report to docs/compared-to-polling.md. */
	write: boolean;
}

const USAGE = `Usage: npm run docs:compare -- [options]
  --seconds A,B,…   job lengths (20,60,300)
  --jobs N          jobs of each length for each approach (10)
  --no-failures     skip the failures
  --write           write the report to docs/compared-to-polling.md
  --help`;

/** @returns undefined if only the usage was requested @throws Error naming the invalid option */
export function readOptions(args?: string[]): CompareOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			seconds: { type: 'string', default: '20,60,300' },
			jobs: { type: 'string', default: '10' },
			'no-failures': { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return undefined;
	}
	return {
		// The shortest job has to last longer than Initial Poll of Submit and Wait.
		seconds: values.seconds.split(',').map((text) => wholeNumber(text, 'seconds', 20)),
		jobs: wholeNumber(values.jobs, 'jobs', 1),
		failures: !values['no-failures'],
		write: values.write,
	};
}

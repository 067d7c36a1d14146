import { parseArgs } from 'node:util';

export interface CompareOptions {
	/** Lengths of jobs, in seconds. */
	seconds: number[];
	/** Jobs of each length on each way. */
	jobs: number;
	/** Whether to let things go wrong, too. */
	failures: boolean;
	/** Puts the report into docs/compared-to-polling.md. */
	write: boolean;
}

const USAGE = `Usage: npm run docs:compare -- [options]
  --seconds A,B,…   lengths of the jobs (20,60,300)
  --jobs N          jobs of each length on each way (10)
  --no-failures     leave out what goes wrong
  --write           put the report into docs/compared-to-polling.md
  --help`;

/** @returns undefined where only the usage was asked for @throws Error that says what is wrong with an option */
export function readOptions(words?: string[]): CompareOptions | undefined {
	const { values } = parseArgs({
		args: words,
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
		// Those of the shortest have to last longer than Submit and Wait's First Look.
		seconds: values.seconds.split(',').map((text) => wholeNumber(text, 'seconds', 20)),
		jobs: wholeNumber(values.jobs, 'jobs', 1),
		failures: !values['no-failures'],
		write: values.write,
	};
}

function wholeNumber(text: string, name: string, least: number): number {
	const number = Number(text);
	if (!Number.isInteger(number) || number < least) throw new Error(`--${name} wants whole numbers from ${least}, not "${text}"`);
	return number;
}

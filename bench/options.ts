import { parseArgs } from 'node:util';
import type { Measurement } from './bench';

export interface BenchOptions {
	chosen: Measurement[];
	quick: boolean;
	/** Whether RESULTS.md is written: only with everything, so that it tells of one run. */
	write: boolean;
}

const usage = (all: readonly Measurement[]) => `Usage: npm run bench -- [options] [measurement …]
  --quick   fewer runs and smaller sizes, to see that everything works
  --help
Measurements (all of them, into bench/RESULTS.md, when none is named):
${all.map(({ name, title }) => `  ${name.padEnd(14)}${title}`).join('\n')}`;

/** @returns undefined where only the usage was asked for @throws Error that says what is wrong with an option */
export function readOptions(all: readonly Measurement[], words?: string[]): BenchOptions | undefined {
	const { values, positionals } = parseArgs({
		args: words,
		allowPositionals: true,
		options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
	});
	if (values.help) {
		console.log(usage(all));
		return undefined;
	}
	const chosen = positionals.map((word) => {
		const measurement = all.find(({ name }) => name === word);
		if (!measurement) throw new Error(`There is no measurement “${word}”. ${usage(all)}`);
		return measurement;
	});
	const isWhole = chosen.length === 0;
	return { chosen: isWhole ? [...all] : chosen, quick: values.quick, write: isWhole && !values.quick };
}

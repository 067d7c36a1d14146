import { parseArgs } from 'node:util';
import type { Measurement } from './bench';

interface BenchOptions {
	chosen: Measurement[];
	quick: boolean;
	/** Whether to write RESULTS.md. Only complete runs are written, so that all results are from the same run. */
	write: boolean;
}

const usage = (all: readonly Measurement[]) => `Usage: npm run bench -- [options] [measurement …]
  --quick   fewer runs and smaller sizes, to check that everything works
  --help
Measurements (default: all of them, written to bench/RESULTS.md):
${all.map(({ name, title }) => `  ${name.padEnd(14)}${title}`).join('\n')}`;

/** @returns undefined if only the usage was requested @throws Error naming the invalid option or measurement */
export function readOptions(all: readonly Measurement[], args?: string[]): BenchOptions | undefined {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
	});
	if (values.help) {
		console.log(usage(all));
		return undefined;
	}
	const chosen = positionals.map((word) => {
		const measurement = all.find(({ name }) => name === word);
		if (!measurement) throw new Error(`There is no measurement "${word}". ${usage(all)}`);
		return measurement;
	});
	const isWhole = chosen.length === 0;
	return { chosen: isWhole ? [...all] : chosen, quick: values.quick, write: isWhole && !values.quick };
}

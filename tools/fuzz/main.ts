import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../lib/options';
import { fuzz } from './campaign';
import { genuineTargets } from './genuine';
import { reportOf } from './report';

/** `npm run test:fuzz -- --seed 7 --count 100000 --out report.md`: checks mutated callbacks with all verifiers. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { seed: { type: 'string' }, count: { type: 'string' }, out: { type: 'string' } },
	});
	const seed = wholeNumber(values.seed ?? String(Date.now() % 1_000_000), 'seed', 0);
	const count = wholeNumber(values.count ?? '100000', 'count', 0);
	console.log(`Seed ${seed}, ${count} mutated callbacks that must be rejected`);
	const report = fuzz(await genuineTargets(), seed, count);
	const text = reportOf(report);
	console.log(text);
	if (values.out) writeFileSync(values.out, text);
	if (report.failures.length > 0) process.exitCode = 1;
}

void main();

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz } from './campaign';
import { genuineTargets } from './genuine';
import { reportOf } from './report';

/** `npm run test:fuzz -- --seed 7 --count 100000 --out report.md`: mutated callbacks against all verifiers. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' }, out: { type: 'string' } } });
	const seed = wholeNumber('seed', values.seed ?? String(Date.now() % 1_000_000));
	const count = wholeNumber('count', values.count ?? '100000');
	console.log(`seed ${seed}, ${count} mutated callbacks that must be refused`);
	const report = fuzz(await genuineTargets(), seed, count);
	const text = reportOf(report);
	console.log(text);
	if (values.out) writeFileSync(values.out, text);
	if (report.failures.length > 0) process.exitCode = 1;
}

function wholeNumber(name: string, text: string): number {
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} is no whole number: ${text}`);
	return number;
}

void main();

import type { FuzzReport } from './campaign';
import type { Costs } from './costs';

/** The run as Markdown. */
export function reportOf({ seed, forged, stillProven, byTarget, failures, verifying, reading }: FuzzReport): string {
	const rows = Object.entries(byTarget).map(([name, counts]) => `| ${name} | ${counts.forged} | ${counts.stillProven} |`);
	return `${[
		`Seed ${seed}: ${forged} deliveries that had to be refused, ${stillProven} whose proof was intact.`,
		'',
		'| Way of proving a callback | Had to be refused | Still proven |',
		'| --- | ---: | ---: |',
		...rows,
		'',
		costLine('Verifying', verifying),
		costLine('Reading what was accepted', reading),
		'',
		failures.length === 0 ? 'None wrongly accepted, none wrongly refused, none threw.' : `Failures:\n${failures.map((failure) => `- ${failure}`).join('\n')}`,
	].join('\n')}\n`;
}

function costLine(what: string, { median, longest: { processor, elapsed } }: Costs): string {
	return (
		`${what}: median ${median.toFixed(3)} ms of processor time, longest ${processor?.processor.toFixed(1)} ms (${processor?.what}); ` +
		`longest by the clock ${elapsed?.elapsed.toFixed(1)} ms (${elapsed?.what}).`
	);
}

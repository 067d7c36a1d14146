import type { FuzzReport } from './campaign';

/** The run as Markdown. */
export function reportOf({ seed, forged, stillProven, bySubject, failures, costs }: FuzzReport): string {
	const { processor, elapsed } = costs.longest;
	const rows = Object.entries(bySubject).map(([name, counts]) => `| ${name} | ${counts.forged} | ${counts.stillProven} |`);
	return `${[
		`Seed ${seed}: ${forged} deliveries that had to be refused, ${stillProven} whose proof was intact.`,
		'',
		'| Way of proving a callback | Had to be refused | Still proven |',
		'| --- | ---: | ---: |',
		...rows,
		'',
		`Processor time of one verification or reading: median ${costs.median.toFixed(3)} ms, longest ${processor?.processor.toFixed(1)} ms (${processor?.what}).`,
		`Longest by the clock: ${elapsed?.elapsed.toFixed(1)} ms (${elapsed?.what}).`,
		'',
		failures.length === 0 ? 'None wrongly accepted, none wrongly refused, none threw.' : `Failures:\n${failures.map((failure) => `- ${failure}`).join('\n')}`,
	].join('\n')}\n`;
}

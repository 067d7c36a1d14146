import type { FuzzReport } from './campaign';
import type { Costs } from './costs';

/** Formats the report as Markdown. */
export function reportOf({ seed, forged, valid, byTarget, failures, verifying, reading }: FuzzReport): string {
	const rows = Object.entries(byTarget).map(([name, counts]) => `| ${name} | ${counts.forged} | ${counts.valid} |`);
	return `${[
		`Seed ${seed}: ${forged} deliveries had to be rejected, ${valid} had a valid proof.`,
		'',
		'| Verification method | Had to be rejected | Valid proof |',
		'| --- | ---: | ---: |',
		...rows,
		'',
		costLine('Verifying', verifying),
		costLine('Reading accepted deliveries', reading),
		'',
		failures.length === 0
			? 'None was wrongly accepted or rejected, and none threw.'
			: `Failures:\n${failures.map((failure) => `- ${failure}`).join('\n')}`,
	].join('\n')}\n`;
}

function costLine(title: string, { median, longest: { processor, elapsed } }: Costs): string {
	return (
		`${title}: median ${median.toFixed(3)} ms of processor time, longest ${processor?.processor.toFixed(1)} ms (${processor?.step}); ` +
		`longest elapsed time ${elapsed?.elapsed.toFixed(1)} ms (${elapsed?.step}).`
	);
}

import { isSafeId } from '../../nodes/Transcription/http/safeId';
import type { CallbackEvent } from '../../nodes/Transcription/callback/delivery';
import { FuzzRandom } from './random';
import { type Case, makeCase } from './cases';
import { Costs } from './costs';
import type { FuzzTarget } from './target';

/** What came of a run. */
export interface FuzzReport {
	seed: number;
	/** Deliveries that had to be refused; and those of them that were accepted. */
	forged: number;
	/** Deliveries whose proof was left as it was, or made anew by whoever knows the secret. */
	stillProven: number;
	byTarget: Record<string, { forged: number; stillProven: number }>;
	/** The first few; empty after a good run. Each can be made again by seed and index. */
	failures: string[];
	/** Of every delivery; and of reading those that were accepted, whose length decides. */
	verifying: Costs;
	reading: Costs;
}

const MOST_FAILURES = 20;

/**
 * Checks mutated deliveries until `count` of them had to be refused. Never throws at what a verifier does.
 * @param seed the same one gives the same deliveries, but for what the clock and random IDs put into the genuine ones
 */
export function fuzz(targets: readonly FuzzTarget[], seed: number, count: number): FuzzReport {
	const report: FuzzReport = { seed, forged: 0, stillProven: 0, byTarget: {}, failures: [], verifying: new Costs(), reading: new Costs() };
	for (const { name } of targets) report.byTarget[name] = { forged: 0, stillProven: 0 };
	for (let index = 0; report.forged < count; index++) {
		const target = targets[index % targets.length] as FuzzTarget;
		const made = makeCase(target, new FuzzRandom(seed, index));
		const counted = made.mustBeAccepted ? 'stillProven' : 'forged';
		report[counted]++;
		(report.byTarget[target.name] as Record<typeof counted, number>)[counted]++;
		const complaint = check(target, made, index, report);
		if (complaint && report.failures.length < MOST_FAILURES) {
			report.failures.push(`${target.name}, seed ${seed}, case ${index} (${made.steps.join('; ')}): ${complaint}`);
		}
	}
	if (Object.keys(Object.prototype).length > 0) report.failures.push('something was added to all objects');
	return report;
}

function check(target: FuzzTarget, { delivery, proof, mustBeAccepted }: Case, index: number, { verifying, reading }: FuzzReport): string | undefined {
	try {
		const verification = verifying.of(`case ${index}, ${target.name}`, () => target.verify(delivery, proof));
		if (verification.ok !== mustBeAccepted) {
			return verification.ok ? 'it was accepted' : `it was refused: ${verification.reason}`;
		}
		if (!verification.ok) return verification.reason === '' ? 'no reason was given' : undefined;
		return wrongWith(reading.of(`case ${index}, ${target.name}`, () => target.read(delivery)));
	} catch (error) {
		return `it threw ${String(error).slice(0, 200)}`;
	}
}

function wrongWith(event: CallbackEvent): string | undefined {
	if ('ignored' in event) return typeof event.ignored === 'string' && event.ignored !== '' ? undefined : 'no reason was given for ignoring it';
	if (!/^[a-zA-Z]+$/.test(event.event)) return `it announces “${String(event.event)}”`;
	if (event.id !== undefined && !isSafeId(event.id)) return 'its ID is none';
	if (Object.values(event.details ?? {}).some((detail) => typeof detail !== 'string')) return 'a detail is no text';
	return undefined;
}

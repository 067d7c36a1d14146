import { isSafeId } from '../../nodes/Transcription/http/safeId';
import type { CallbackEvent } from '../../nodes/Transcription/callback/delivery';
import { FuzzRandom } from './random';
import { type Case, makeCase } from './cases';
import { Costs } from './costs';
import type { FuzzTarget } from './target';

/** The result of a run. */
export interface FuzzReport {
	seed: number;
	/** Deliveries that had to be rejected. */
	forged: number;
	/** Deliveries with a valid proof, unchanged or created with the secret. */
	valid: number;
	byTarget: Record<string, { forged: number; valid: number }>;
	/** The first few failures. Each can be reproduced by seed and index. */
	failures: string[];
	/** Costs of verifying each delivery, and of reading the accepted ones. */
	verifying: Costs;
	reading: Costs;
}

const MOST_FAILURES = 20;

/**
 * Checks mutated deliveries until `count` of them had to be rejected. If a verifier throws, that is recorded as a failure.
 * @param seed the same seed produces the same deliveries, except for times and random IDs in the genuine ones
 */
export function fuzz(targets: readonly FuzzTarget[], seed: number, count: number): FuzzReport {
	const report: FuzzReport = {
		seed,
		forged: 0,
		valid: 0,
		byTarget: {},
		failures: [],
		verifying: new Costs(),
		reading: new Costs(),
	};
	for (const { name } of targets) report.byTarget[name] = { forged: 0, valid: 0 };
	for (let index = 0; report.forged < count; index++) {
		const target = targets[index % targets.length] as FuzzTarget;
		const made = makeCase(target, new FuzzRandom(seed, index));
		const counted = made.mustBeAccepted ? 'valid' : 'forged';
		report[counted]++;
		(report.byTarget[target.name] as Record<typeof counted, number>)[counted]++;
		const complaint = check(target, made, index, report);
		if (complaint && report.failures.length < MOST_FAILURES) {
			report.failures.push(`${target.name}, seed ${seed}, case ${index} (${made.steps.join('; ')}): ${complaint}`);
		}
	}
	if (Object.keys(Object.prototype).length > 0) report.failures.push('Object.prototype was modified');
	return report;
}

function check(
	target: FuzzTarget,
	{ delivery, proof, mustBeAccepted }: Case,
	index: number,
	{ verifying, reading }: FuzzReport,
): string | undefined {
	try {
		const verification = verifying.of(`case ${index}, ${target.name}`, () => target.verify(delivery, proof));
		if (verification.ok !== mustBeAccepted) {
			return verification.ok ? 'it was accepted' : `it was rejected: ${verification.reason}`;
		}
		if (!verification.ok) return verification.reason === '' ? 'no reason was given' : undefined;
		return wrongWith(reading.of(`case ${index}, ${target.name}`, () => target.read(delivery)));
	} catch (error) {
		return `it threw ${String(error).slice(0, 200)}`;
	}
}

function wrongWith(event: CallbackEvent): string | undefined {
	if ('ignored' in event)
		return typeof event.ignored === 'string' && event.ignored !== ''
			? undefined
			: 'no reason was given for ignoring it';
	if ('unreadable' in event) {
		if (event.unreadable === '') return 'no reason was given why it can’t be read';
		return event.id === undefined || isSafeId(event.id) ? undefined : "its ID isn't a valid ID";
	}
	if (!/^[a-zA-Z]+$/.test(event.event)) return `its event is "${String(event.event)}"`;
	if (event.id !== undefined && !isSafeId(event.id)) return "its ID isn't a valid ID";
	const isDetail = (value: unknown) => typeof value === 'string' || Number.isFinite(value);
	if (!Object.values(event.details ?? {}).every(isDetail)) return 'a detail is neither a string nor a number';
	return undefined;
}

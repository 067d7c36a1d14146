/** The event that makes the first node continue. */
export type Trigger =
	/** Two jobs whose callbacks arrive 300 ms apart. */
	| 'batch'
	/** One job whose callback arrives twice, 300 ms apart. */
	| 'doubled'
	/** One job whose callback arrives twice at the same moment. */
	| 'simultaneous'
	/** One job whose only callback arrives while the node probes its own execution. */
	| 'selfMessage'
	/** One job whose only callback arrives around the deadline. */
	| 'deadline'
	/** Several jobs while n8n is killed and restarted. Callbacks arrive twice. */
	| 'killed';

/** The node that waits first: ours, or n8n's own for comparison. */
type First = 'submitAndWait' | 'wait';

/** The node after it. `loop` has none: the first node waits several times in a row. */
export type Next = 'submitAndWait' | 'waitInterval' | 'waitWebhook' | 'loop';

export interface Scenario {
	trigger: Trigger;
	first: First;
	next: Next;
}

export const TRIGGERS: Record<Trigger, string> = {
	batch: 'two jobs, callbacks 300 ms apart',
	doubled: 'one job, callback repeated after 300 ms',
	simultaneous: 'one job, callback sent twice simultaneously',
	selfMessage: "one job, callback around the node's own probe",
	deadline: 'one job, callback around the deadline',
	killed: 'three jobs, callbacks repeated after 300 ms, n8n killed',
};

const FIRSTS: Record<First, string> = { submitAndWait: 'Submit and Wait', wait: "n8n's Wait (On Webhook Call)" };

const NEXTS: Record<Next, string> = {
	submitAndWait: 'Submit and Wait',
	waitInterval: "n8n's Wait (70 seconds)",
	waitWebhook: "n8n's Wait (On Webhook Call)",
	loop: 'itself, in a loop of three',
};

export const firstTitle = ({ first }: Scenario) => FIRSTS[first];
export const nextTitle = ({ next }: Scenario) => NEXTS[next];

/** Returns the name for `--scenarios`, e.g. `doubled:loop`. */
export const nameOf = ({ trigger, first, next }: Scenario) => `${first === 'wait' ? 'n8n:' : ''}${trigger}:${next}`;

const ours = (triggers: Trigger[], nexts: Next[]): Scenario[] =>
	nexts.flatMap((next) => triggers.map((trigger): Scenario => ({ trigger, first: 'submitAndWait', next })));

/** All scenarios. The most important ones come first. */
export const SCENARIOS: readonly Scenario[] = [
	...ours(['batch', 'doubled', 'simultaneous', 'selfMessage'], ['submitAndWait']),
	...ours(['doubled', 'simultaneous'], ['loop', 'waitInterval', 'waitWebhook']),
	{ trigger: 'doubled', first: 'wait', next: 'waitWebhook' },
	{ trigger: 'simultaneous', first: 'wait', next: 'waitWebhook' },
	...ours(['deadline', 'killed'], ['submitAndWait']),
];

/**
 * Callbacks arrive from five seconds before the deadline to two seconds after it, in steps of 100 ms. The earliest ones resume
 * the execution despite the slow fetch and the node's margin before the deadline; the others collide with the deadline.
 */
const DEADLINE_FROM_SECONDS = -5;
const DEADLINE_STEPS = 71;

/** Five executions per step. */
export const DEADLINE_COUNT = 5 * DEADLINE_STEPS;

/** When the callback of one of `count` executions arrives, in seconds after the deadline. */
export const deadlineOffset = (index: number, count: number) =>
	DEADLINE_FROM_SECONDS + Math.floor((index * DEADLINE_STEPS) / count) / 10;

/** What makes the first node continue. */
export type Trigger =
	/** Two jobs whose callbacks come 300 ms apart. */
	| 'batch'
	/** One job whose callback comes twice, 300 ms apart. */
	| 'doubled'
	/** One job whose callback comes twice at the same moment. */
	| 'simultaneous'
	/** One job whose only callback comes around the node's message to its own execution. */
	| 'selfMessage'
	/** One job whose only callback comes around the deadline. */
	| 'deadline'
	/** Several jobs, while n8n is killed and started again. Callbacks come twice. */
	| 'killed';

/** The node that waits first: ours, or n8n's own for comparison. */
export type First = 'submitAndWait' | 'wait';

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
	simultaneous: 'one job, callback sent twice at once',
	selfMessage: "one job, callback around the node's own message",
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

/** e.g. `doubled:loop`; the name for `--scenarios`. */
export const nameOf = ({ trigger, first, next }: Scenario) => `${first === 'wait' ? 'n8n:' : ''}${trigger}:${next}`;

const ours = (triggers: Trigger[], nexts: Next[]): Scenario[] =>
	nexts.flatMap((next) => triggers.map((trigger): Scenario => ({ trigger, first: 'submitAndWait', next })));

/** All scenarios, the most telling first. */
export const SCENARIOS: readonly Scenario[] = [
	...ours(['batch', 'doubled', 'simultaneous', 'selfMessage'], ['submitAndWait']),
	...ours(['doubled', 'simultaneous'], ['loop', 'waitInterval', 'waitWebhook']),
	{ trigger: 'doubled', first: 'wait', next: 'waitWebhook' },
	{ trigger: 'simultaneous', first: 'wait', next: 'waitWebhook' },
	...ours(['deadline', 'killed'], ['submitAndWait']),
];

/**
 * Callbacks come from five seconds before the deadline to two seconds after it, in steps of 100 ms: the earliest resume the
 * execution in spite of the slow fetch and the node's margin before the deadline, the others meet the deadline.
 */
const DEADLINE_FROM_SECONDS = -5;
const DEADLINE_STEPS = 71;

/** Executions of a deadline scenario with five for each step. */
export const DEADLINE_COUNT = 5 * DEADLINE_STEPS;

/** When the callback of one of `count` executions comes, in seconds after the deadline. */
export const deadlineOffset = (index: number, count: number) => DEADLINE_FROM_SECONDS + Math.floor((index * DEADLINE_STEPS) / count) / 10;

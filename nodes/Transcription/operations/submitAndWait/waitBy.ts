import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { userError } from '../../core/userError';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/provider';

/** How Submit and Wait learns that the jobs have ended. */
type WaitBy = 'callback' | 'polling';

const CALLBACK = {
	name: 'Callback',
	value: 'callback',
	description:
		'Pause the execution until the provider’s callbacks arrive. The provider must be able to reach this n8n instance.',
};
const POLLING = {
	name: 'Polling',
	value: 'polling',
	description:
		'Poll the provider until the jobs have ended. This n8n instance doesn’t need a public URL, but the execution keeps running.',
};

const HOLDS_EXECUTION =
	'With Polling, the execution keeps running and, in queue mode, occupies a worker slot while it waits, because n8n can’t poll in a paused execution';

const callbackOrPolling: INodeProperties = {
	displayName: 'Wait By',
	name: 'waitBy',
	type: 'options',
	options: [CALLBACK, POLLING],
	default: 'callback',
	description: `How to wait for the transcripts. ${HOLDS_EXECUTION}.`,
};

const onlyPolling: INodeProperties = { ...callbackOrPolling, options: [POLLING], default: 'polling' };

/** Whether a service's callbacks can reach a single execution. If it registers one URL for all jobs, they can't. */
export function hasCallbackPerJob({ registration }: Provider): boolean {
	return registration === undefined;
}

const perJob = PROVIDERS.filter(hasCallbackPerJob).map(({ name }) => name);
const perAccount = PROVIDERS.filter((provider) => !hasCallbackPerJob(provider)).map(({ name }) => name);

/** An agent waits for its tools, so a tool can't pause the execution. */
export const waitByFields: INodeProperties[] = [
	{ ...callbackOrPolling, displayOptions: { show: { provider: perJob }, hide: { '@tool': [true] } } },
	{
		...onlyPolling,
		displayOptions: { show: { provider: perJob, '@tool': [true] } },
		description: `How to wait for the transcripts. An agent waits for its tool, so the execution can’t be paused. ${HOLDS_EXECUTION}.`,
	},
	{
		...onlyPolling,
		displayOptions: { show: { provider: perAccount } },
		description: `How to wait for the transcripts. This provider sends all callbacks to one webhook per workspace, so they can’t reach a waiting execution. ${HOLDS_EXECUTION}.`,
	},
];

/**
 * Reads the Wait By parameter, which must be the same for all items.
 * @throws UserError, also if callbacks can't reach the execution
 */
export function readWaitBy(context: IExecuteFunctions, provider: Provider): WaitBy {
	const [first, ...others] = new Set(
		context
			.getInputData()
			.map((_, itemIndex) => context.getNodeParameter('waitBy', itemIndex, CALLBACK.value) as unknown),
	);
	if (others.length > 0) {
		throw userError(
			'“Wait By” differs between items, but all items wait together',
			'Choose from the list, or use an expression that returns the same value for every item. Nothing was submitted.',
		);
	}
	if (first === POLLING.value) return 'polling';
	if (first !== CALLBACK.value) {
		throw userError(
			`“Wait By” is ${JSON.stringify(first)}, which isn’t a valid option`,
			`Choose from the list, or use an expression that returns one of: ${CALLBACK.value}, ${POLLING.value}. Nothing was submitted.`,
		);
	}
	assertCallbackPossible(context, provider);
	return 'callback';
}

function assertCallbackPossible(context: IExecuteFunctions, provider: Provider): void {
	if (!hasCallbackPerJob(provider)) {
		throw userError(
			`${provider.displayName} can’t send a callback to a waiting execution`,
			`${provider.displayName} sends all callbacks to one webhook per workspace. Set “Wait By” to Polling, or use Submit with the Transcription Trigger. Nothing was submitted.`,
		);
	}
	// Pausing would end the agent's run, and the agent would never receive the transcript.
	if (context.isToolExecution?.() || context.getNode().type.endsWith('Tool')) {
		throw userError(
			'As an AI agent tool, Submit and Wait can’t wait for a callback, because the agent wouldn’t receive the transcript',
			'Set “Wait By” to Polling. Nothing was submitted.',
		);
	}
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventIdOf, type Transcript, withoutAbsent } from '../../transcript/model';
import type { Provider, SubmittedJob } from '../../providers/provider';
import { pointsToTrigger } from '../../callback/url';
import { readBoolean } from '../../core/optionReaders';
import { nodeRunOf } from '../../deduplication';
import { type PlannedCallback, planCallback } from './callbackTarget';
import type { Operation } from '../operation';
import { pingTrigger } from './pingTrigger';
import { openSession } from '../../shared/session';
import { submitItems } from './submitItems';
import { submitFields } from './fields';
import { warn } from '../../shared/errors';

export const submit: Operation = {
	resource: 'transcription',
	option: {
		name: 'Submit',
		value: 'submit',
		action: 'Submit a recording',
		description: 'Hand a recording to the service; the trigger receives the transcript',
	},
	fields: submitFields,
	execute,
};

/** The triggers are asked before the first recording is submitted, which costs nothing. */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const nodeRun = nodeRunOf(context);
	const session = await openSession(context, provider);
	const askTrigger = once(async (callback) => {
		const warning = await pingTrigger(context, callback, provider.displayName);
		if (warning) warn(context, warning);
	});

	return await submitItems(context, session, {
		nodeRun,
		async planCallback(itemIndex, options) {
			const callback = planCallback(context, itemIndex, session, options);
			const isTrigger = callback && pointsToTrigger(callback.url, provider.name);
			if (isTrigger && !readBoolean(options.skipTriggerCheck, 'Skip Trigger Check')) {
				await askTrigger(callback);
			}
			return callback;
		},
		toJson: (job, callback) => submittedItem(provider.name, job, callback) as unknown as IDataObject,
	});
}

function submittedItem(
	provider: string,
	{ id, status }: SubmittedJob,
	callback: PlannedCallback | undefined,
): Transcript & { callbackUrl?: string } {
	const hasMetadata = callback && Object.keys(callback.metadata).length > 0;
	return withoutAbsent({
		status,
		id,
		metadata: hasMetadata ? callback.metadata : undefined,
		provider,
		eventId: eventIdOf(provider, id, status),
		ref: callback?.ref,
		callbackUrl: callback?.url,
	});
}

/** The same question is asked once; who asks again gets the same answer, also where that was an exception. */
function once(ask: (callback: PlannedCallback) => Promise<void>): typeof ask {
	const asked = new Map<string, Promise<void>>();
	return async (callback) => {
		const answer = asked.get(callback.url) ?? ask(callback);
		asked.set(callback.url, answer);
		await answer;
	};
}

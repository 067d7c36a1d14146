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
		action: 'Transcribe a recording',
		description: 'Submit audio for transcription. The trigger receives the transcript.',
	},
	fields: submitFields,
	execute,
};

/** Pings the triggers before the first recording is submitted. */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const nodeRun = nodeRunOf(context);
	const session = await openSession(context, provider);
	const checkTrigger = oncePerUrl(async (callback) => {
		const warning = await pingTrigger(context, callback, provider);
		if (warning) warn(context, warning);
	});

	return await submitItems(context, session, {
		nodeRun,
		async planItem(itemIndex, options) {
			const callback = planCallback(context, itemIndex, session, options);
			const isTrigger = callback && pointsToTrigger(callback.url, provider.name);
			if (isTrigger && !readBoolean(options.skipTriggerCheck, 'Skip Trigger Check')) {
				await checkTrigger(callback);
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

/** Runs `check` once per callback URL. Later calls get the same result, or the same exception. */
function oncePerUrl(check: (callback: PlannedCallback) => Promise<void>): typeof check {
	const results = new Map<string, Promise<void>>();
	return async (callback) => {
		const result = results.get(callback.url) ?? check(callback);
		results.set(callback.url, result);
		await result;
	};
}

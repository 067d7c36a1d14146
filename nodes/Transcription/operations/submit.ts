import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventIdOf, type Transcript, withoutAbsent } from '../transcript/model';
import { type AudioSource, inputError, type Provider, type SubmitPlan } from '../providers/provider';
import { pointsToTrigger } from '../callback/url';
import { booleanOf } from '../providers/optionValues';
import { audioSource } from './audioSource';
import { type PlannedCallback, plannedCallback } from './callbackTarget';
import { failedItem } from './items';
import { memoryHint } from './memoryHint';
import { toNodeError } from './nodeError';
import type { Operation } from './operation';
import { ping } from './ping';
import { openSession, type Session } from './session';
import { submitFields } from './submitFields';

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

interface Job {
	source: AudioSource;
	submit: SubmitPlan;
	callback: PlannedCallback | undefined;
}

/**
 * First every item is checked and the triggers are asked, which costs nothing; only then is the first recording
 * submitted. A mistake in the last item must not leave the jobs of the first ones without a place to arrive.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	const output: INodeExecutionData[] = [];
	const jobs = new Map<number, Job>();
	const askTrigger = once(async (callback) => {
		const warning = await ping(context, callback, provider.displayName);
		if (warning) warn(context, warning);
	});

	const attempt = async (itemIndex: number, work: () => Promise<void>) => {
		try {
			await work();
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw namingSubmitted(nodeError, output);
			output[itemIndex] = failedItem(nodeError, itemIndex);
		}
	};

	for (const itemIndex of context.getInputData().keys()) {
		await attempt(itemIndex, async () => {
			const job = await plan(context, itemIndex, session);
			const { callback } = job;
			const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
			const isTrigger = callback && pointsToTrigger(callback.url, provider.name);
			if (isTrigger && !booleanOf(options.skipTriggerCheck, 'Skip Trigger Check')) {
				await askTrigger(callback);
			}
			jobs.set(itemIndex, job);
		});
	}
	const hint = memoryHint([...jobs.values()].map(({ source }) => source));
	if (hint) warn(context, hint);
	for (const [itemIndex, job] of jobs) {
		await attempt(itemIndex, async () => {
			const { id, status } = await job.submit(session.api, job.source, job.callback?.target);
			output[itemIndex] = {
				json: submittedItem(provider.name, id, status, job.callback) as unknown as IDataObject,
				pairedItem: { item: itemIndex },
			};
		});
	}
	return output;
}

async function plan(context: IExecuteFunctions, itemIndex: number, session: Session): Promise<Job> {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const { settings, baseUrl } = session.connection;
	const source = await audioSource(context, itemIndex, baseUrl);
	const { uploadBytes } = session.provider.limits(settings);
	if ('file' in source && source.file.bytes > uploadBytes) {
		throw inputError(
			`The file “${source.file.fileName}” in item ${itemIndex} has ${gigabytes(source.file.bytes)} GB; ${session.provider.displayName} accepts uploads up to ${gigabytes(uploadBytes)} GB`,
			'Put the recording online and choose Source: URL, or split or compress it.',
		);
	}
	const submitPlan = session.provider.planSubmit(options, settings, source);
	return { source, submit: submitPlan, callback: plannedCallback(context, itemIndex, session, options) };
}

function submittedItem(
	provider: string,
	id: string,
	status: Transcript['status'],
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

/** Jobs that were submitted before the failure are paid for: their IDs stay with the user. */
function namingSubmitted(
	error: ReturnType<typeof toNodeError>,
	output: readonly INodeExecutionData[],
): ReturnType<typeof toNodeError> {
	const submitted = Object.entries(output)
		.filter(([, item]) => item.json.id !== undefined)
		.map(([itemIndex, item]) => `item ${itemIndex}: ${item.json.id as string}`);
	if (submitted.length > 0) {
		error.description = `${error.description ?? ''} Submitted before this happened, do not submit again: ${submitted.join(', ')}.`.trim();
		error.context.submitted = submitted;
	}
	return error;
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

function warn(context: IExecuteFunctions, message: string): void {
	context.logger.warn(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

function gigabytes(bytes: number): string {
	return (bytes / 1e9).toFixed(1);
}

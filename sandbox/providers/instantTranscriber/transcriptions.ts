import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { AudioIntake } from '../../audio/intake';
import type { Account, ProviderContext } from '../../core/provider';
import { jsonBody } from '../../server/bodies';
import { isForm, readForm } from '../../server/forms';
import { accountOf } from '../../server/auth';
import { endCallback } from './callbacks';
import { ApiError, transcriptionNotFound } from './errors';
import { type Params, validateParams } from './params';
import { presentTranscription } from './present';
import { FILE_LIMIT_BYTES, process } from './process';
import type { Entry, Store } from './store';

/** Name of the form field for the file. This is an assumption, because the name isn't legible on the service's pages. */
const FILE_FIELD = 'file';

/** Adds the routes for submit and get (instanttranscriber.com, API). The pages don't mention a list or deletion. */
export function transcriptionRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.post('/v1/transcriptions', async (request, reply) => {
		const account = accountOf(request);
		if (account.balance === 'exhausted') {
			throw new ApiError(402, 'quota_exceeded', 'No API audio hours left in this billing period');
		}
		const { fields, file } = await readRequest(request);
		const params = validateParams(fields, file !== null, context.settings().allowPrivateCallbacks);
		const entry = submit(params, file, account, store, context);
		await waitForJob(entry, context);
		return reply.code(201).send(presentTranscription(entry, context.baseUrl()));
	});
	app.get<{ Params: { id: string } }>('/v1/transcriptions/:id', (request, reply) => {
		const entry = store.get(request.params.id, accountOf(request).name);
		if (!entry) throw transcriptionNotFound();
		return reply.send(presentTranscription(entry, context.baseUrl()));
	});
}

async function readRequest(request: FastifyRequest): Promise<{ fields: unknown; file: AudioIntake | null }> {
	if (isForm(request)) {
		const form = await readForm(request, FILE_LIMIT_BYTES);
		return { fields: Object.fromEntries(form.fields), file: form.files[FILE_FIELD]?.intake ?? null };
	}
	if (/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
		return { fields: (await jsonBody(request)) ?? {}, file: null };
	throw new ApiError(415, 'unsupported_media_type', 'Send multipart/form-data or application/json');
}

function submit(
	params: Params,
	file: AudioIntake | null,
	account: Account,
	store: Store,
	context: ProviderContext,
): Entry {
	const job = context.jobs.start(context.name, account.name, {
		process: (signal) => process(entry, context, signal),
		finished: () => {
			startPostProcessing(entry, context);
			const order = endCallback(entry, context.baseUrl());
			if (order) context.callbacks.send(order);
		},
	});
	const entry: Entry = { job, params, file, result: null, isPostProcessing: false };
	store.add(entry);
	return entry;
}

/**
 * The callback is sent at top-level completion. Enhanced speaker labels and summaries take longer (instanttranscriber.com,
 * Transcription webhooks, Latency).
 */
function startPostProcessing(entry: Entry, context: ProviderContext): void {
	const { job, params } = entry;
	const { postProcessingSeconds } = context.settings();
	const isRequested = params.speaker_labels === 'enhanced' || params.summaries !== 'none';
	if (job.status !== 'completed' || !isRequested || postProcessingSeconds === 0) return;
	entry.isPostProcessing = true;
	context.after(postProcessingSeconds, () => (entry.isPostProcessing = false));
}

/** Delays the response until the job has ended or the requested number of real seconds has passed. */
async function waitForJob({ job, params }: Entry, context: ProviderContext): Promise<void> {
	if (params.wait === 0) return;
	const over = new Promise<void>((resolve) => setTimeout(resolve, params.wait * 1000).unref());
	await Promise.race([context.jobs.finished(job.id), over]);
}

import type { FastifyInstance } from 'fastify';

import type { Job } from '../../core/job';
import type { Account, ProviderContext } from '../../core/provider';
import { jsonBody } from '../../server/bodies';
import { accountOf } from '../../server/auth';
import type { CallbackOrder } from '../../callbacks/order';
import { readyCallback, redactedAudioCallback } from './callbacks';
import { ApiError, transcriptNotFound } from './errors';
import { listPage } from './listing';
import type { Params } from './params';
import { presentTranscript } from './present';
import { process } from './process';
import { redactedUrl } from './redactedAudio';
import type { Store, TranscriptEntry } from './store';
import { uploadId } from './uploads';
import { validateParams } from './validate';

type WithId = { Params: { id: string } };

/** The redacted copy is available for 24 hours (AssemblyAI docs, PII redaction). */
const REDACTED_AUDIO_SECONDS = 86_400;

/** Adds the routes for submit, get, list, and delete (AssemblyAI API reference, Transcripts). */
export function transcriptRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.post('/v2/transcript', async (request, reply) => {
		const account = accountOf(request);
		if (account.balance === 'exhausted') {
			// Source: AssemblyAI docs, Troubleshoot common errors, Insufficient funds.
			throw new ApiError(400, 'Your current account balance is negative. Please top up to continue using the API.');
		}
		const params = validateParams(await jsonBody(request), context.settings().allowPrivateCallbacks);
		rejectForeignUpload(params, account, store, context);
		return reply.send(presentTranscript(submit(params, account, store, context)));
	});
	app.get('/v2/transcript', (request, reply) =>
		reply.send(listPage(store.list(accountOf(request).name), request.query, context.baseUrl())),
	);
	app.get<WithId>('/v2/transcript/:id', (request, reply) =>
		reply.send(presentTranscript(find(store, request.params.id, accountOf(request)))),
	);
	app.delete<WithId>('/v2/transcript/:id', (request, reply) => {
		const entry = find(store, request.params.id, accountOf(request));
		// A running job can't be deleted. Deleting a transcript again succeeds.
		if (entry.job.finishedAt === null) throw transcriptNotFound();
		entry.deleted = true;
		entry.redacted = null;
		store.uploads.delete(uploadId(entry.params.audio_url, context.baseUrl()) ?? '');
		return reply.send(presentTranscript(entry));
	});
}

/** Finds an account's transcript. @throws ApiError 400 */
export function find(store: Store, id: string, account: Account): TranscriptEntry {
	const entry = store.get(id, account.name);
	if (!entry) throw transcriptNotFound();
	return entry;
}

/**
 * Rejects other projects' uploads, because an upload can only be read with a key of the same project (AssemblyAI docs,
 * Upload).
 */
function rejectForeignUpload(params: Params, account: Account, store: Store, context: ProviderContext): void {
	const upload = store.uploads.get(uploadId(params.audio_url, context.baseUrl()) ?? '');
	if (upload && upload.account !== account.name) throw new ApiError(403, 'Cannot access uploaded file');
}

function submit(params: Params, account: Account, store: Store, context: ProviderContext): TranscriptEntry {
	const job = context.jobs.start(context.name, account.name, {
		process: (signal) => process(entry, store, context, signal),
		finished: () => sendCallbacks(entry, context),
	});
	const entry: TranscriptEntry = { job, params, result: null, webhookStatus: null, deleted: false, redacted: null };
	store.add(entry);
	return entry;
}

function sendCallbacks(entry: TranscriptEntry, context: ProviderContext): void {
	const job: Job = entry.job;
	const send = (order: CallbackOrder | null) => order && context.callbacks.send(order);
	send(readyCallback(entry));
	const { redacted } = entry;
	if (job.status !== 'completed' || !redacted) return;
	const ready = () => {
		redacted.state = 'ready';
		context.clock.after(REDACTED_AUDIO_SECONDS, () => {
			redacted.state = 'expired';
		});
		if (!entry.deleted) send(redactedAudioCallback(entry, redactedUrl(entry, context.baseUrl())));
	};
	const { redactedAudioSeconds: delay } = context.settings();
	if (delay > 0) context.clock.after(delay, ready);
	else ready();
}

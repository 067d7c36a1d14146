import type { FastifyInstance } from 'fastify';

import type { Job } from '../../core/job';
import type { Account, ProviderContext } from '../../core/provider';
import { readForm, type Form } from '../../server/forms';
import { accountOf } from '../../server/auth';
import { workspaceOf } from './workspace';
import { callbackOrders } from './callbacks';
import { ApiError, transcriptNotFound } from './errors';
import { newId } from './ids';
import type { Params } from './params';
import { process } from './process';
import type { Store, TranscriptEntry } from './store';
import { presentTranscript } from './transcript';
import { readParams } from './validate';

type WithId = { Params: { id: string } };

/** Files must be smaller than 5.0 GB (ElevenLabs API reference, Create transcript). */
const FILE_LIMIT_BYTES = 5 * 1000 ** 3;

/**
 * Adds the routes for submit, get, and delete (ElevenLabs API reference, Speech to Text). The service has no routes for
 * a list or a status.
 */
export function speechToTextRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.post<{ Querystring: Record<string, unknown> }>('/v1/speech-to-text', async (request, reply) => {
		const account = accountOf(request);
		const form = await readForm(request, FILE_LIMIT_BYTES);
		if (account.balance === 'exhausted') {
			throw new ApiError(402, 'quota_exceeded', 'This request exceeds your quota. You have 0 credits remaining.');
		}
		const params = readParams(form, request.query);
		checkWebhook(params, account, store);
		const entry = submit(params, form, account, store, context);
		if (params.webhook) {
			return reply.send({
				message: 'Request accepted. The transcript will be sent to the webhook.',
				request_id: entry.requestId,
				transcription_id: entry.job.id,
			});
		}
		// Without a webhook, the request stays open until the transcript is complete.
		await context.jobs.finished(entry.job.id);
		if (entry.job.status !== 'completed')
			throw new ApiError(400, 'invalid_content', entry.job.errorMessage ?? 'Transcription failed.');
		return reply.send(presentTranscript(entry));
	});
	app.get<WithId>('/v1/speech-to-text/transcripts/:id', (request, reply) =>
		reply.send(presentTranscript(find(store, request.params.id, accountOf(request)))),
	);
	app.delete<WithId>('/v1/speech-to-text/transcripts/:id', (request, reply) => {
		find(store, request.params.id, accountOf(request)).deleted = true;
		return reply.send({ message: 'Transcript deleted successfully.' });
	});
}

/** Finds a completed transcript. @throws ApiError 404 if it doesn't exist, isn't complete, or wasn't kept */
function find(store: Store, id: string, account: Account): TranscriptEntry {
	const entry = store.get(id, workspaceOf(account));
	// Zero retention mode keeps nothing (ElevenLabs API reference, enable_logging).
	if (!entry || entry.job.status !== 'completed' || entry.deleted || !entry.params.enable_logging)
		throw transcriptNotFound();
	return entry;
}

function checkWebhook({ webhook_id: id }: Params, account: Account, store: Store): void {
	const known = store.webhooksOf(workspaceOf(account));
	if (id !== undefined && !known.some((webhook) => webhook.id === id)) {
		throw new ApiError(400, 'webhook_not_found', `Webhook with id ${id} was not found.`);
	}
}

function submit(params: Params, form: Form, account: Account, store: Store, context: ProviderContext): TranscriptEntry {
	const work = {
		process: (signal: AbortSignal) => process(entry, context, signal),
		finished: () => {
			for (const order of callbackOrders(entry, store)) context.callbacks.send(order);
		},
	};
	const job: Job = context.jobs.start(context.name, workspaceOf(account), work, newId());
	const entry: TranscriptEntry = {
		job,
		requestId: newId(),
		params,
		file: form.files.file?.intake ?? null,
		heard: null,
		deleted: false,
	};
	store.add(entry);
	return entry;
}

import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Account, ProviderContext } from '../../core/provider';
import { jsonBody } from '../../server/bodies';
import { accountOf } from '../../server/auth';
import { endedCallback } from './callbacks';
import { ApiError, invalidRequest } from './errors';
import { page } from './paging';
import { type Params, validateParams } from './params';
import { present } from './present';
import { process } from './process';
import type { Entry, Store } from './store';

/** Maximum number of transcriptions, in total and pending (Soniox docs, Limits & quotas, Transcription limits). */
const MOST_TRANSCRIPTIONS = 2000;
const MOST_PENDING = 100;

type WithId = { Params: { id: string } };

/** Adds the routes for submit, list, count, get, get transcript, and delete (Soniox OpenAPI, Transcriptions). */
export function transcriptionRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.post('/v1/transcriptions', async (request, reply) => {
		const account = accountOf(request);
		const body = await jsonBody(request);
		if (account.balance === 'exhausted') throw new ApiError(402, 'organization_balance_exhausted');
		const params = validateParams(body, context.settings().allowPrivateCallbacks);
		rejectBeyondQuota(store.entriesOf(account.name));
		return reply.code(201).send(present(submit(params, account, store, context)));
	});
	app.get('/v1/transcriptions', (request, reply) => {
		const { items, nextCursor } = page(store.entriesOf(accountOf(request).name), request.query);
		return reply.send({ transcriptions: items.map(present), next_page_cursor: nextCursor });
	});
	app.get('/v1/transcriptions/count', (request, reply) => {
		const { length } = store.entriesOf(accountOf(request).name);
		return reply.send({ total: length, public_api: length, playground: 0 });
	});
	app.get<WithId>('/v1/transcriptions/:id', (request, reply) => reply.send(present(find(store, request))));
	app.get<WithId>('/v1/transcriptions/:id/transcript', (request, reply) => {
		const { job, transcript } = find(store, request);
		if (job.status === 'completed' && transcript) return reply.send({ id: job.id, ...transcript });
		throw new ApiError(
			409,
			'transcription_invalid_state',
			NO_TRANSCRIPT[job.status === 'failed' ? 'failed' : 'running'],
		);
	});
	app.delete<WithId>('/v1/transcriptions/:id', (request, reply) => {
		const entry = find(store, request);
		if (entry.job.status === 'processing') {
			const message =
				'This transcription is currently being processed and cannot be deleted yet. Wait until `status` reaches `completed` or `error`, then retry the delete.';
			throw new ApiError(409, 'transcription_invalid_state', message);
		}
		entry.deleted = true;
		// Soniox deletes the transcription “and its associated files”.
		if (entry.params.file_id) store.deleteFile(entry.params.file_id);
		return reply.code(204).send();
	});
}

const NO_TRANSCRIPT = {
	running:
		'The transcript is not ready yet: the transcription is still in progress. Poll GET /transcriptions/{id} until `status` is `completed`.',
	failed:
		'The transcription failed, so there is no transcript. See `error_type` and `error_message` of GET /transcriptions/{id}.',
};

function rejectBeyondQuota(entries: readonly Entry[]): void {
	if (entries.length >= MOST_TRANSCRIPTIONS) {
		throw new ApiError(
			429,
			'limit_exceeded',
			'Total transcription count limit for your organization has been exceeded. Please delete some.',
		);
	}
	if (entries.filter(({ job }) => job.status === 'queued').length >= MOST_PENDING) {
		throw new ApiError(
			429,
			'limit_exceeded',
			'Pending transcription count limit for your organization has been exceeded.',
		);
	}
}

function find(store: Store, request: FastifyRequest<WithId>): Entry {
	const entry = store.entry(request.params.id, accountOf(request).name);
	if (!entry) throw new ApiError(404, 'transcription_not_found');
	return entry;
}

function submit(params: Params, account: Account, store: Store, context: ProviderContext): Entry {
	const file = params.file_id ? store.file(params.file_id, account.name) : undefined;
	if (params.file_id && !file) throw invalidRequest('body.payload.file_id', 'File not found');
	const job = context.jobs.start(context.name, account.name, {
		process: (signal) => process(entry, context, signal),
		finished: () => {
			const order = entry.deleted ? null : endedCallback(entry);
			if (order) context.callbacks.send(order);
		},
	});
	const entry: Entry = {
		job,
		params,
		fileName: file?.fileName ?? new URL(params.audio_url ?? '').pathname.split('/').pop() ?? '',
		intake: file?.intake ?? null,
		durationMs: null,
		errorType: null,
		transcript: null,
		webhookStatus: null,
		deleted: false,
	};
	store.add(entry);
	return entry;
}

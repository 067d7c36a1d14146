import { randomBytes } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import type { ProviderContext } from '../../core/provider';
import { jsonBody } from '../../server/bodies';
import { readForm } from '../../server/forms';
import { accountOf } from '../../server/auth';
import { ApiError, notFound } from './errors';
import { exportResponse } from './exports';
import { sttParams } from './params';
import { presentDocument, presentJob, presentJobResult, presentStatus, statusOf } from './present';
import { STT_LIMIT_BYTES, start } from './process';
import { newEntry, rejectExhausted } from './sessions';
import type { Entry, Store } from './store';

type WithId = { Params: { id: string } };

/**
 * Adds the batch upload API. A job doesn't have its own resource, only a status and a result (docs.scriptix.io, Batch,
 * Overview, Upload, Check Status, and Retrieve Results; Documents, Overview).
 */
export function sttRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.post('/api/v3/stt', async (request, reply) => {
		const account = accountOf(request);
		rejectExhausted(account);
		const form = await readForm(request, STT_LIMIT_BYTES).catch((error: unknown) => {
			throw error instanceof TooLargeError ? new ApiError(413, 'file_too_large', 'File too large') : error;
		});
		const params = sttParams(form, context.settings().allowPrivateCallbacks);
		const file = form.files.audio_file;
		if (!file) throw new ApiError(400, 'missing_file', 'audio_file is required');
		const entry = newEntry(`stt_${randomBytes(9).toString('hex')}`, 'stt', account.name, params);
		entry.intake = file.intake;
		store.add(entry);
		start(entry, store, context);
		return reply.code(201).send(presentJob(entry));
	});
	const own = (request: FastifyRequest<WithId>) => {
		const entry = store.get(request.params.id, 'stt');
		if (entry?.account !== accountOf(request).name) throw notFound('Job');
		return entry;
	};
	app.get<WithId>('/api/v3/stt/:id/status', (request, reply) => reply.send(presentStatus(own(request))));
	app.get<WithId>('/api/v3/stt/:id/result', (request, reply) => {
		const entry = own(request);
		if (entry.job?.status !== 'completed') throw new ApiError(409, 'conflict', `The job is ${statusOf(entry)}`);
		return reply.send(presentJobResult(entry));
	});
	app.get('/api/v3/documents', (request, reply) => {
		const entries = store.list(accountOf(request).name).filter(({ documentId }) => documentId !== null);
		return reply.send({
			documents: entries.map(({ documentId, params }) => ({ id: documentId, name: params.fileName })),
		});
	});
	app.get<WithId>('/api/v3/documents/:id', (request, reply) => reply.send(presentDocument(documentOf(request, store))));
	app.post<WithId>('/api/v3/documents/:id/export', async (request, reply) => {
		const entry = documentOf(request, store);
		const { format } = ((await jsonBody(request)) ?? {}) as { format?: unknown };
		return reply.send(exportResponse(entry, format, context.baseUrl()));
	});
}

function documentOf(request: FastifyRequest<WithId>, store: Store): Entry {
	const entry = store.byDocument(request.params.id, accountOf(request).name);
	if (!entry) throw notFound('Document');
	return entry;
}

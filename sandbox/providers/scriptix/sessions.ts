import { randomBytes, randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Account, ProviderContext } from '../../core/provider';
import { jsonBody } from '../../server/bodies';
import { accountOf } from '../../server/auth';
import { ApiError, notFound } from './errors';
import { exportResponse, exportFile } from './exports';
import { sessionPage } from './listing';
import { sessionParams } from './params';
import { presentDocument, presentResult, presentSession, statusOf } from './present';
import { SESSION_LIMIT_BYTES, start } from './process';
import type { Entry, Generation, Params, Store } from './store';
import { uploadUrl } from './storage';

const BASE = '/api/v3/speech-to-text/session';
type WithId = { Params: { id: string } };
type WithDocument = { Params: { id: string; document: string }; Querystring: Record<string, string | undefined> };

/**
 * Adds the routes for sessions and documents (docs.scriptix.io, Core APIs, Initialize session, Upload URL, Get result;
 * API, Sessions and Documents).
 */
export function sessionRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	const own = (request: FastifyRequest<{ Params: { id: string } }>) => {
		const entry = store.get(request.params.id, 'sessions');
		if (entry?.account !== accountOf(request).name) throw notFound('Session');
		return entry;
	};
	app.post(BASE, async (request, reply) => {
		const account = accountOf(request);
		rejectExhausted(account);
		const { params, mediaSource } = sessionParams(await jsonBody(request), context.settings().allowPrivateCallbacks);
		const entry = newEntry(randomUUID(), 'sessions', account.name, params);
		store.add(entry);
		if (mediaSource !== undefined) start(entry, store, context, mediaSource);
		return reply.code(201).send({ result: { session_id: entry.id, status: statusOf(entry) } });
	});
	app.get(BASE, (request, reply) => {
		const sessions = store.list(accountOf(request).name).filter(({ generation }) => generation === 'sessions');
		const page = sessionPage(sessions, request.query);
		return reply.send({ count: page.length, total_results: sessions.length, result: page.map(presentSession) });
	});
	app.get<WithId>(`${BASE}/:id`, (request, reply) => reply.send({ result: presentSession(own(request)) }));
	// For this route, see docs.scriptix.io, Core APIs, Removing Results.
	app.delete<WithId>(`${BASE}/:id`, (request, reply) => {
		const entry = store.getEvenIfDeleted(request.params.id, 'sessions');
		if (entry?.account !== accountOf(request).name) throw notFound('Session');
		if (entry.deleted) throw new ApiError(400, 'bad_request', 'The transcript is already marked as removed');
		entry.deleted = true;
		return reply.code(200).send();
	});
	app.post<WithId>(`${BASE}/:id/upload-url`, (request, reply) => {
		const entry = own(request);
		if (entry.job) throw new ApiError(409, 'conflict', 'The session has its media already');
		entry.uploadToken ??= randomBytes(24).toString('base64url');
		const expires_at = new Date(Date.now() + 86_400_000).toISOString();
		return reply.send({
			result: {
				upload_url: uploadUrl(entry, context.baseUrl()),
				expires_at,
				session_id: entry.id,
				max_file_size: SESSION_LIMIT_BYTES,
			},
		});
	});
	app.get<WithId>(`${BASE}/:id/result`, (request, reply) => {
		const entry = store.get(request.params.id, 'sessions');
		if (!entry) throw notFound('Session');
		// Only the token that created the session can read it (docs.scriptix.io, Core APIs, Get result).
		if (entry.account !== accountOf(request).name)
			throw new ApiError(403, 'forbidden', 'The session belongs to another token');
		if (entry.job?.status !== 'completed') throw new ApiError(409, 'conflict', `The session is ${statusOf(entry)}`);
		return reply.send(presentResult(entry));
	});
	documentRoutes(app, own, context);
}

function documentRoutes(
	app: FastifyInstance,
	own: (request: FastifyRequest<WithDocument>) => Entry,
	context: ProviderContext,
): void {
	const documentOf = (request: FastifyRequest<WithDocument>) => {
		const entry = own(request);
		if (String(entry.documentId) !== request.params.document) throw notFound('Document');
		return entry;
	};
	// An export is the document in a different format and doesn't have its own path (docs.scriptix.io, API, Export
	// Document).
	app.get<WithDocument>(`${BASE}/:id/document/:document`, (request, reply) => {
		const entry = documentOf(request);
		const { format = 'json', direct_download: direct } = request.query;
		if (format === 'json') return reply.send({ result: presentDocument(entry) });
		if (direct === 'true') return reply.send(exportResponse(entry, format, context.baseUrl()));
		const { content, contentType } = exportFile(entry, format);
		return reply.type(contentType).send(content);
	});
}

export function newEntry(id: string, generation: Generation, account: string, params: Params): Entry {
	return {
		id,
		generation,
		account,
		createdAt: new Date(),
		params,
		documentId: null,
		job: null,
		uploadToken: null,
		exportToken: randomBytes(24).toString('base64url'),
		intake: null,
		heard: null,
		deleted: false,
	};
}

/** Rejects requests from an account without credits (docs.scriptix.io, Error codes, 402). */
export function rejectExhausted({ balance }: Account): void {
	if (balance === 'exhausted') throw new ApiError(402, 'insufficient_credits', 'Not enough credits left');
}

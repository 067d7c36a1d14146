import { randomBytes } from 'node:crypto';

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { Account, ProviderContext } from '../../core/provider';
import { readForm, type Form } from '../../server/forms';
import { accountOf } from '../../server/auth';
import { callbacksOf } from './callbacks';
import { readConfig } from './config';
import { ApiError, invalidConfig, jobNotFound } from './errors';
import { refusalOf } from './models';
import { presentJob, presentTranscript, statusOf } from './present';
import { process } from './process';
import { resultsOf, srt, txt } from './results';
import type { Entry, Store } from './store';

type WithId = { Params: { id: string } };

/** Uploads must be smaller than 1 GB (Speechmatics docs, “Limits”, File size limits). */
const UPLOAD_LIMIT_BYTES = 999_999_999;

const listQuery = z.object({
	limit: z.coerce.number().int().min(1).max(100).default(100),
	include_deleted: z.enum(['true', 'false']).default('false'),
	created_before: z.string().datetime({ offset: true }).optional(),
});

/** Adds the routes for submit, get, list, and delete (Speechmatics OpenAPI 2.0.0, paths). */
export function jobRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	const present = (entry: Entry) => presentJob(entry, context.callbacks.deliveries(entry.job.id));
	app.post('/v2/jobs', async (request, reply) => {
		const account = accountOf(request);
		const form = await readForm(request, UPLOAD_LIMIT_BYTES);
		// This error is from Speechmatics docs, “Troubleshooting”, 403 Entitlement Check Failed.
		if (account.balance === 'exhausted') throw new ApiError(403, 'Forbidden', 'Entitlement check failed');
		const { job } = submit(form, account, store, context);
		return reply.code(201).send({ id: job.id });
	});
	app.get('/v2/jobs', (request, reply) => {
		const parsed = listQuery.safeParse(request.query);
		if (!parsed.success) throw new ApiError(422, `${String(parsed.error.issues[0]!.path[0])} in query is invalid`);
		const { limit, include_deleted: deleted, created_before: before } = parsed.data;
		const wanted = store
			.list(accountOf(request).name)
			.filter(
				(entry) =>
					(deleted === 'true' || !entry.deleted) && (before === undefined || entry.job.createdAt < new Date(before)),
			);
		return reply.send({ jobs: wanted.slice(0, limit).map(present) });
	});
	app.get<WithId>('/v2/jobs/:id', (request, reply) =>
		reply.send({ job: present(find(store, request.params.id, accountOf(request))) }),
	);
	app.get<WithId>('/v2/jobs/:id/transcript', (request, reply) => {
		const entry = find(store, request.params.id, accountOf(request));
		if (statusOf(entry) !== 'done' || !entry.heard) throw new ApiError(404, 'Transcription not ready');
		const { format = 'json-v2' } = request.query as { format?: string };
		const results = resultsOf(entry.heard, entry.config);
		if (format === 'txt') return reply.type('text/plain').send(txt(results));
		if (format === 'srt') return reply.type('text/plain').send(srt(results));
		if (format !== 'json-v2') throw new ApiError(400, 'Format Not Supported');
		return reply.send(presentTranscript(entry));
	});
	app.delete<WithId>('/v2/jobs/:id', (request, reply) => {
		const entry = find(store, request.params.id, accountOf(request));
		if (entry.deleted) throw jobNotFound();
		const { force } = request.query as { force?: string };
		if (entry.job.finishedAt === null && force !== 'true') throw new ApiError(423, 'Resource Locked');
		entry.deleted = true;
		return reply.send({ job: present(entry) });
	});
}

function find(store: Store, id: string, account: Account): Entry {
	const entry = store.get(id, account.name);
	if (!entry) throw jobNotFound();
	return entry;
}

function submit(form: Form, account: Account, store: Store, context: ProviderContext): Entry {
	const text = form.get('config');
	if (text === undefined) throw invalidConfig('config is missing');
	const config = readConfig(text, context.settings().allowPrivateCallbacks);
	const refusal = refusalOf(config);
	if (refusal !== undefined) throw invalidConfig(refusal);
	const file = form.files.data_file;
	if (!file && !config.fetch_data) throw new ApiError(400, 'Missing data_file');
	const job = context.jobs.start(
		context.name,
		account.name,
		{ process: (signal) => process(entry, context, signal), finished: () => sendCallbacks(entry, context) },
		newId(),
	);
	const entry: Entry = {
		job,
		config,
		upload: file?.intake ?? null,
		dataName: file?.fileName ?? '',
		heard: null,
		failure: 'error',
		deleted: false,
	};
	store.add(entry);
	return entry;
}

/** Creates an ID of ten lowercase letters and digits, as in the examples in the docs. */
function newId(): string {
	return BigInt(`0x${randomBytes(8).toString('hex')}`)
		.toString(36)
		.padStart(10, '0')
		.slice(-10);
}

function sendCallbacks(entry: Entry, context: ProviderContext): void {
	if (entry.deleted) return;
	for (const order of callbacksOf(entry)) context.callbacks.send(order);
}

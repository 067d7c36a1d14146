import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { mediaFacts } from '../../audio/duration';
import type { Account, ProviderContext } from '../../core/provider';
import { accountOf } from '../../server/auth';
import { jsonBody } from '../../server/bodies';
import { readForm } from '../../server/forms';
import { endedCallback } from './callbacks';
import { ApiError, invalidRequest, jobNotFound, newRequestId } from './errors';
import { readParams } from './params';
import { presentJob, statusOf } from './present';
import { LIMIT_BYTES, process } from './process';
import type { Entry, Store } from './store';

type WithId = { Params: { id: string } };

const listQuery = z
	.object({
		offset: z.coerce.number().int().min(0).default(0),
		limit: z.coerce.number().int().min(1).default(20),
		date: z.string().optional(),
		before_date: z.string().datetime({ offset: true }).optional(),
		after_date: z.string().datetime({ offset: true }).optional(),
		status: z.union([z.string(), z.array(z.string())]).optional(),
		custom_metadata: z.string().optional(),
	})
	.passthrough();

/** Adds the routes for upload, submit, get, list, and delete (Gladia OpenAPI, paths). */
export function jobRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.post('/v2/upload', async (request) => await upload(request, store, context));
	app.post('/v2/pre-recorded', async (request, reply) => {
		const entry = await submit(request, store, context);
		// The result URL in the documentation contains the old path.
		const resultUrl = `${context.baseUrl()}/v2/transcription/${entry.job.id}`;
		return reply.code(201).send({ id: entry.job.id, result_url: resultUrl });
	});
	app.get('/v2/pre-recorded', (request) => list(request, store, context));
	app.get<WithId>('/v2/pre-recorded/:id', (request) =>
		presentJob(find(store, request), context.settings().bareFailures),
	);
	app.delete<WithId>('/v2/pre-recorded/:id', (request, reply) => {
		const entry = find(store, request);
		// Gladia doesn't document in which states a job can be deleted.
		if (!['done', 'error'].includes(statusOf(entry)))
			throw new ApiError(403, 'Pre recorded job is not in a deletable state');
		entry.deleted = true;
		return reply.code(202).send();
	});
}

function find(store: Store, request: FastifyRequest<WithId>): Entry {
	const entry = store.get(request.params.id, accountOf(request).name);
	if (!entry) throw jobNotFound();
	return entry;
}

async function upload(request: FastifyRequest, store: Store, context: ProviderContext): Promise<object> {
	const { files } = await readForm(request, LIMIT_BYTES);
	const { audio } = files;
	if (!audio) throw invalidRequest('audio should not be empty');
	const file = {
		id: randomUUID(),
		account: accountOf(request).name,
		fileName: audio.fileName,
		intake: audio.intake,
	};
	store.addFile(file);
	const { seconds, channels } = mediaFacts(audio.intake);
	return {
		audio_url: `${context.baseUrl()}/file/${file.id}`,
		audio_metadata: {
			id: file.id,
			filename: file.fileName,
			extension: file.fileName.split('.').at(-1),
			size: audio.intake.size,
			audio_duration: seconds,
			number_of_channels: channels,
		},
	};
}

async function submit(request: FastifyRequest, store: Store, context: ProviderContext): Promise<Entry> {
	const account: Account = accountOf(request);
	const params = readParams(await jsonBody(request), context.settings().allowPrivateCallbacks);
	// The status isn't documented. “Plan-restricted feature” has the status 403 (Gladia's notes for AI agents).
	if (account.balance === 'exhausted') throw new ApiError(403, 'Your plan has no transcription time left');
	refuseTooManyJobs(store.list(account.name), context);
	const isUploaded = params.audio_url.startsWith(`${context.baseUrl()}/file/`);
	const file = isUploaded ? store.fileAt(params.audio_url, account.name) : null;
	if (file === undefined) throw invalidRequest('audio_url: the file does not exist');
	const job = context.jobs.start(
		context.name,
		account.name,
		{ process: (signal) => process(entry, context, signal), finished: () => sendCallback(entry, context) },
		randomUUID(),
	);
	const entry: Entry = { job, params, requestId: newRequestId(), file, heard: null, errorCode: 500, deleted: false };
	store.add(entry);
	return entry;
}

/** The status is documented, its text isn't (Gladia docs, “Transcription process”; “Concurrency and rate limits”). */
function refuseTooManyJobs(entries: readonly Entry[], context: ProviderContext): void {
	const { concurrentJobs } = context.settings();
	const running = entries.filter((entry) => ['queued', 'processing'].includes(statusOf(entry)));
	if (concurrentJobs !== null && running.length >= concurrentJobs) throw new ApiError(429, 'Too many concurrent jobs');
}

function sendCallback(entry: Entry, context: ProviderContext): void {
	const order = endedCallback(entry);
	if (order && !entry.deleted) context.callbacks.send(order);
}

function list(request: FastifyRequest, store: Store, context: ProviderContext): object {
	const parsed = listQuery.safeParse(request.query);
	if (!parsed.success) throw invalidRequest(...parsed.error.issues.map(({ path }) => `${path.join('.')} is invalid`));
	const { offset, limit, date, before_date: before, after_date: after, status } = parsed.data;
	const statuses = status === undefined ? undefined : [status].flat();
	const metadata = metadataFilter(parsed.data);
	const wanted = store.list(accountOf(request).name).filter((entry) => {
		const { createdAt } = entry.job;
		return (
			(date === undefined || createdAt.toISOString().startsWith(date.slice(0, 10))) &&
			(before === undefined || createdAt < new Date(before)) &&
			(after === undefined || createdAt > new Date(after)) &&
			(statuses?.includes(statusOf(entry)) ?? true) &&
			Object.entries(metadata).every(([name, value]) => String(entry.params.custom_metadata?.[name]) === value)
		);
	});
	const { oldestFirst, bareFailures } = context.settings();
	if (oldestFirst) wanted.reverse();
	const at = (start: number) => `${context.baseUrl()}/v2/pre-recorded?offset=${start}&limit=${limit}`;
	return {
		first: at(0),
		current: at(offset),
		next: offset + limit < wanted.length ? at(offset + limit) : null,
		items: wanted.slice(offset, offset + limit).map((entry) => presentJob(entry, bareFailures)),
	};
}

/** The docs filter by JSON, the SDK by `custom_metadata[name]`. Both are accepted. */
function metadataFilter(query: Record<string, unknown>): Record<string, string> {
	const byName = Object.entries(query).flatMap(([name, value]) => {
		const key = /^custom_metadata\[(.+)\]$/.exec(name)?.[1];
		return key === undefined ? [] : [[key, String(value)]];
	});
	try {
		const json = JSON.parse(String(query.custom_metadata ?? '{}')) as Record<string, unknown>;
		return Object.fromEntries([...Object.entries(json).map(([key, value]) => [key, String(value)]), ...byName]);
	} catch {
		throw invalidRequest('custom_metadata must be JSON');
	}
}

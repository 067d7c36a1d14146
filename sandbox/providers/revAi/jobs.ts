import { randomBytes } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { AudioIntake } from '../../audio/intake';
import type { Account, ProviderContext } from '../../core/provider';
import { accountOf } from '../../server/auth';
import { jsonBody } from '../../server/bodies';
import { isForm, readForm } from '../../server/forms';
import { endedCallback } from './callbacks';
import { ApiError, invalidParameters, invalidState, jobNotFound, tooManyUploads, unsupportedOutput } from './errors';
import { type JobOptions, readOptions } from './options';
import { presentJob, statusOf } from './present';
import { process } from './process';
import { captionsOf, plainText, summaryOf, transcriptOf } from './results';
import { type Entry, isGone, type Store } from './store';

type WithId = { Params: { id: string } };
type WithLanguage = { Params: { id: string; language: string } };

/** Uploads must not exceed 2 GB (Rev AI docs, “Submitting media files”). */
const UPLOAD_LIMIT_BYTES = 2_000_000_000;
/** An account may have this many uploads in progress (Rev AI docs, “Submitting media files”). The status for more is an assumption. */
const MAX_UPLOADS = 5;

const JSON_TRANSCRIPT = 'application/vnd.rev.transcript.v1.0+json';

const listQuery = z
	.object({ limit: z.coerce.number().int().min(0).max(1000).default(100), starting_after: z.string().optional() })
	.strict();

/** Adds the routes below `/speechtotext/v1` (Rev AI docs, “Asynchronous API reference”, paths). */
export function jobRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	const entryOf = (request: FastifyRequest<WithId>) => find(store, request.params.id, accountOf(request));
	app.get('/account', () => ({ email: 'sandbox@example.com', balance_seconds: 36_000 }));
	app.post('/jobs', async (request, reply) => reply.send(presentJob(await submit(request, store, context))));
	app.get('/jobs', (request, reply) => {
		const parsed = listQuery.safeParse(request.query);
		if (!parsed.success) throw invalidParameters({ [String(parsed.error.issues[0]!.path[0])]: ['is not valid'] });
		const { limit, starting_after: after } = parsed.data;
		const all = store.list(accountOf(request).name);
		const start = after === undefined ? 0 : all.findIndex(({ job }) => job.id === after) + 1;
		if (after !== undefined && start === 0) throw invalidParameters({ starting_after: ['is not the ID of a job'] });
		const kept = all.slice(start).filter((entry) => !isGone(entry));
		return reply.send(kept.slice(0, limit).map(presentJob));
	});
	app.get<WithId>('/jobs/:id', (request, reply) => reply.send(presentJob(entryOf(request))));
	app.delete<WithId>('/jobs/:id', (request, reply) => {
		const entry = entryOf(request);
		if (statusOf(entry) === 'in_progress') throw invalidState('in_progress', ['transcribed', 'failed']);
		entry.deleted = true;
		return reply.code(204).send();
	});
	app.get<WithId>('/jobs/:id/transcript', (request, reply) => {
		const { heard, options } = transcribed(entryOf(request));
		const transcript = transcriptOf(heard, options);
		const type = accepted(request, [JSON_TRANSCRIPT, 'text/plain']);
		return reply.type(type).send(type === 'text/plain' ? plainText(transcript.monologues) : JSON.stringify(transcript));
	});
	app.get<WithId>('/jobs/:id/captions', (request, reply) => {
		const { heard, options } = transcribed(entryOf(request));
		const type = accepted(request, ['application/x-subrip', 'text/vtt']);
		const { speaker_channel: channel } = request.query as { speaker_channel?: string };
		if (options.speaker_channels_count !== undefined && channel === undefined)
			throw new ApiError(405, 'A channel is required', { detail: 'speaker_channel is required for this job' });
		const monologues = transcriptOf(heard, options).monologues.filter(
			({ speaker }) => channel === undefined || speaker === Number(channel),
		);
		return reply.type(type).send(captionsOf(monologues, type === 'text/vtt' ? 'vtt' : 'srt'));
	});
	app.get<WithId>('/jobs/:id/transcript/summary', (request, reply) => {
		const entry = entryOf(request);
		const { heard, options } = transcribed(entry);
		if (!options.summarization_config) throw jobNotFound();
		analyzed(entry);
		const lines = summaryOf(heard);
		const isList = options.summarization_config.type === 'bullets';
		if (accepted(request, ['text/plain', 'application/json']) === 'text/plain') {
			return reply.type('text/plain').send(lines.map((line) => (isList ? `- ${line}` : line)).join('\n'));
		}
		return reply.send(isList ? { bullet_points: lines } : { summary: lines.join(' ') });
	});
	app.get<WithLanguage>('/jobs/:id/transcript/translation/:language', (request, reply) => {
		const entry = find(store, request.params.id, accountOf(request));
		const { heard, options } = transcribed(entry);
		const { language } = request.params;
		const isRequested = options.translation_config?.target_languages.some((target) => target.language === language);
		if (!isRequested) throw jobNotFound();
		analyzed(entry);
		const translation = transcriptOf(heard, options, `[${language}]`);
		const type = accepted(request, [JSON_TRANSCRIPT, 'text/plain']);
		return reply
			.type(type)
			.send(type === 'text/plain' ? plainText(translation.monologues) : JSON.stringify(translation));
	});
}

function find(store: Store, id: string, account: Account): Entry {
	const entry = store.get(id, account.name);
	if (!entry || isGone(entry)) throw jobNotFound();
	return entry;
}

/** @throws ApiError 409 unless the job has a transcript */
function transcribed(entry: Entry) {
	const { heard, options } = entry;
	const status = statusOf(entry);
	if (status !== 'transcribed' || !heard) throw invalidState(status, ['transcribed']);
	return { heard, options };
}

/** @throws ApiError 409 unless the summary and the translations are done */
function analyzed({ isAnalyzed }: Entry): void {
	if (!isAnalyzed) throw invalidState('in_progress', ['completed']);
}

/** Returns the requested format. @throws ApiError 406 unless the request names one of the formats, and only that */
function accepted(request: FastifyRequest, formats: readonly string[]): string {
	const { accept = '' } = request.headers;
	if (!formats.includes(accept)) throw unsupportedOutput(accept);
	return accept;
}

async function submit(request: FastifyRequest, store: Store, context: ProviderContext): Promise<Entry> {
	const account = accountOf(request);
	const allowPrivate = context.settings().allowPrivateCallbacks;
	const submitted = isForm(request)
		? await store.uploading(account.name, MAX_UPLOADS, async () => await readUpload(request, allowPrivate))
		: { options: readOptions(await jsonBody(request), allowPrivate), upload: null, fileName: null };
	if (!submitted) throw tooManyUploads();
	const { options, upload, fileName } = submitted;
	if (!upload && !options.source_config && !options.media_url)
		throw invalidParameters({ media: ['a media file or source_config is required'] });
	const job = context.jobs.start(
		context.name,
		account.name,
		{
			process: (signal) => process(entry, account, context, signal),
			finished: () => finish(entry, context),
		},
		newId(),
	);
	const entry: Entry = {
		job,
		options,
		upload,
		fileName,
		heard: null,
		failure: 'transcription',
		isAnalyzed: false,
		deleted: false,
	};
	store.add(entry);
	return entry;
}

interface Submitted {
	options: JobOptions;
	upload: AudioIntake | null;
	fileName: string | null;
}

async function readUpload(request: FastifyRequest, allowPrivate: boolean): Promise<Submitted> {
	const form = await readForm(request, UPLOAD_LIMIT_BYTES);
	const { media } = form.files;
	if (!media) throw invalidParameters({ media: ['is missing'] });
	const options = readOptions(parsed(form.get('options')), allowPrivate);
	if (options.source_config ?? options.media_url) throw invalidParameters({ media: ['can’t be combined with a URL'] });
	return { options, upload: media.intake, fileName: media.fileName };
}

function parsed(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		throw invalidParameters({ options: ['is not valid JSON'] });
	}
}

/** Creates an ID of twelve letters and digits, as in the examples in the docs. */
function newId(): string {
	return randomBytes(16)
		.toString('base64')
		.replace(/[^A-Za-z0-9]/g, '')
		.slice(0, 12)
		.padEnd(12, '0');
}

/** Sends the callback. The sandbox assumes that it doesn't wait for the summary and the translations. */
function finish(entry: Entry, context: ProviderContext): void {
	const { postProcessingSeconds } = context.settings();
	// Without the distinction, a client that waits only for the job could read it before a timer of 0 seconds fires.
	if (postProcessingSeconds === 0) entry.isAnalyzed = true;
	else context.after(postProcessingSeconds, () => (entry.isAnalyzed = true));
	const order = endedCallback(entry);
	if (order && !entry.deleted) context.callbacks.send(order);
}

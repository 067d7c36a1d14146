import type { FastifyInstance, FastifyRequest } from 'fastify';

import { accountOf } from '../../server/auth';
import { srt, vtt } from './captions';
import { ApiError } from './errors';
import { statusOf } from './present';
import { redactedUrl } from './redactedAudio';
import type { TranscriptResult } from './result';
import { paragraphs, sentences } from './sections';
import type { Store, TranscriptEntry } from './store';
import { find } from './transcripts';
import { wordSearch } from './wordSearch';

type WithId = { Params: { id: string }; Querystring: Record<string, unknown> };

/** Adds the routes for subtitles, sentences, paragraphs, word search, and redacted audio (AssemblyAI API reference, Transcripts). */
export function exportRoutes(app: FastifyInstance, store: Store, baseUrl: () => string): void {
	const finished = (request: FastifyRequest<WithId>) => {
		const entry = find(store, request.params.id, accountOf(request));
		return { entry, result: resultOf(entry) };
	};
	for (const [format, write] of [
		['srt', srt],
		['vtt', vtt],
	] as const) {
		app.get<WithId>(`/v2/transcript/:id/${format}`, (request, reply) => {
			const { result } = finished(request);
			return reply.type('text/plain; charset=utf-8').send(write(result.words, charsPerCaption(request.query)));
		});
	}
	// The 404 response is HTML instead of JSON (AssemblyAI API reference, Get subtitles).
	app.get('/v2/transcript/:id/:format', (_request, reply) =>
		reply.code(404).type('text/html; charset=utf-8').send('404: Not Found'),
	);
	app.get<WithId>('/v2/transcript/:id/sentences', (request, reply) => {
		const { entry, result } = finished(request);
		return reply.send({ ...summary(entry, result), sentences: sentences(result.words) });
	});
	app.get<WithId>('/v2/transcript/:id/paragraphs', (request, reply) => {
		const { entry, result } = finished(request);
		return reply.send({ ...summary(entry, result), paragraphs: paragraphs(result.words) });
	});
	app.get<WithId>('/v2/transcript/:id/word-search', (request, reply) => {
		const { entry, result } = finished(request);
		return reply.send({ id: entry.job.id, ...wordSearch(result.words, request.query.words) });
	});
	app.get<WithId>('/v2/transcript/:id/redacted-audio', (request, reply) => {
		const { entry } = finished(request);
		// The service responds with 202 while the copy isn't ready, and with 400 once it has expired (AssemblyAI's Python
		// SDK, get_redacted_audio).
		if (entry.redacted?.state === 'processing') return reply.code(202).send({});
		if (entry.redacted?.state === 'expired') throw new ApiError(400, 'The redacted audio is no longer available');
		return reply.send({ redacted_audio_url: redactedUrl(entry, baseUrl()), status: 'redacted_audio_ready' });
	});
}

function resultOf(entry: TranscriptEntry): TranscriptResult {
	const status = statusOf(entry.job);
	if (status === 'completed' && !entry.deleted && entry.result) return entry.result;
	const reason = entry.deleted ? 'has been deleted' : `has a status of '${status}'`;
	throw new ApiError(
		400,
		`This transcript ${reason}. Transcripts must have a status of 'completed' before requesting captions.`,
	);
}

function summary(entry: TranscriptEntry, result: TranscriptResult): Record<string, unknown> {
	return { id: entry.job.id, confidence: result.confidence, audio_duration: Math.round(result.audioSeconds) };
}

function charsPerCaption({ chars_per_caption: given }: Record<string, unknown>): number | undefined {
	if (given === undefined) return undefined;
	const value = Number(given);
	if (!Number.isInteger(value) || value < 1) throw new ApiError(400, 'chars_per_caption must be a positive Integer');
	return value;
}

import type { FastifyInstance } from 'fastify';

import { accountOf } from '../../server/auth';
import { ApiError, transcriptionNotFound } from './errors';
import type { Segment, TranscriptResult } from './result';
import { type Entry, shortIdOf, type Store } from './store';

const TYPES: Record<string, string> = { txt: 'text/plain', srt: 'application/x-subrip', vtt: 'text/vtt' };

/**
 * Adds the route for the exports at `download_urls` (instanttranscriber.com, SRT and VTT export), outside `/v1`. The sandbox assumes that
 * they require the API key.
 */
export function exportRoute(app: FastifyInstance, store: Store): void {
	app.get<{ Params: { file: string } }>('/export/:file', (request, reply) => {
		const [, shortId = '', format = ''] = /^([0-9a-f]{8})\.(txt|srt|vtt)$/.exec(request.params.file) ?? [];
		const entry = store.byShortId(shortId, accountOf(request).name);
		if (!entry || entry.job.status === 'failed') throw transcriptionNotFound();
		if (entry.job.status !== 'completed' || entry.isPostProcessing)
			throw new ApiError(409, 'conflict', 'The transcription is still being processed');
		const content = entry.result && exported(entry.result, format);
		if (content === null) throw transcriptionNotFound();
		return reply.type(`${TYPES[format]}; charset=utf-8`).send(content);
	});
}

/**
 * Returns the URLs of a completed job's exports, which “are returned after transcription and post-processing finish”
 * (instanttranscriber.com, SRT and VTT export). Without timestamps, there are no subtitles.
 */
export function downloadUrls(
	{ job, params }: Entry,
	baseUrl: string,
	formats: readonly string[],
): Record<string, string> {
	const possible = formats.filter((format) => format === 'txt' || params.timestamps);
	return Object.fromEntries(possible.map((format) => [format, `${baseUrl}/export/${shortIdOf(job.id)}.${format}`]));
}

function exported({ text, segments }: TranscriptResult, format: string): string | null {
	if (format === 'txt') return `${text}\n`;
	if (segments === null) return null;
	return format === 'srt' ? srt(segments) : vtt(segments);
}

function srt(segments: Segment[]): string {
	return segments.map((segment, index) => `${index + 1}\n${cue(segment, ',')}`).join('\n');
}

function vtt(segments: Segment[]): string {
	return ['WEBVTT\n', ...segments.map((segment) => cue(segment, '.'))].join('\n');
}

function cue({ start, end, speaker, text }: Segment, decimal: ',' | '.'): string {
	return `${time(start, decimal)} --> ${time(end, decimal)}\n${speaker === undefined ? '' : `${speaker}: `}${text}\n`;
}

function time(seconds: number, decimal: ',' | '.'): string {
	const ms = Math.round(seconds * 1000);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${decimal}${String(ms % 1000).padStart(3, '0')}`;
}

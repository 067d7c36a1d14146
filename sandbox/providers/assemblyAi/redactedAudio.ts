import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FastifyInstance } from 'fastify';

import { wavHeader } from '../../audio/wav';
import { ApiError } from './errors';
import type { RedactedAudio, Store, TranscriptEntry } from './store';

/** Returns the URL of a redacted recording. Like the service's signed URLs, it requires no API key. */
export function redactedUrl(entry: TranscriptEntry, baseUrl: string): string {
	if (!entry.redacted) throw new ApiError(400, 'Redacted audio was not requested for this transcript');
	const { audio, token } = entry.redacted;
	const extension = audio.kind === 'bytes' ? audio.extension : 'wav';
	return `${baseUrl}/redacted-audio/${entry.job.id}.${extension}?signature=${token}`;
}

export function redactedAudioRoute(app: FastifyInstance, store: Store): void {
	app.get<{ Params: { file: string }; Querystring: { signature?: string } }>(
		'/redacted-audio/:file',
		(request, reply) => {
			const id = request.params.file.replace(/\.(mp3|wav)$/, '');
			const redacted = store.byRedactedToken(id, request.query.signature ?? '')?.redacted;
			if (redacted?.state !== 'ready') throw new ApiError(403, 'Access denied');
			const { audio } = redacted;
			if (audio.kind === 'bytes')
				return reply.type(audio.extension === 'mp3' ? 'audio/mpeg' : 'audio/wav').send(audio.data);
			// Bypasses the framework, because a client that disconnects early must not cause an error response.
			reply.hijack();
			reply.raw.writeHead(200, { 'content-type': 'audio/wav' });
			void pipeline(silentWav(audio), reply.raw).catch(() => undefined);
			return reply;
		},
	);
}

/** Streams silence, used if the recording was too large to keep. */
function silentWav({ seconds }: Extract<RedactedAudio, { kind: 'silence' }>): Readable {
	return Readable.from(
		(function* () {
			yield wavHeader(seconds);
			for (let left = Math.round(seconds * 8000); left > 0; left -= 8000)
				yield Buffer.alloc(Math.min(left, 8000), 0x80);
		})(),
	);
}

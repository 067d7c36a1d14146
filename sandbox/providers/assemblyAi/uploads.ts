import { randomUUID } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import { readAudio, TooLargeError } from '../../audio/intake';
import { bodyStream } from '../../server/bodies';
import { accountOf } from '../../server/auth';
import { ApiError } from './errors';
import type { Store } from './store';

/** Maximum size of an upload (AssemblyAI docs, Supported files: 2.2 GB). */
const UPLOAD_LIMIT_BYTES = 2.2 * 1000 ** 3;

const EMPTY_UPLOAD =
	'Upload failed, please try again. If you continue to have issues please reach out to support@assemblyai.com';

/** `POST /v2/upload`: accepts a raw body with any content type (AssemblyAI API reference, Upload a media file). */
export function uploadRoute(app: FastifyInstance, store: Store, baseUrl: () => string): void {
	app.post('/v2/upload', async (request, reply) => {
		if (Number(request.headers['content-length'] ?? 0) > UPLOAD_LIMIT_BYTES) throw tooLarge();
		const intake = await readAudio(bodyStream(request), UPLOAD_LIMIT_BYTES).catch((error: unknown) => {
			throw error instanceof TooLargeError ? tooLarge() : error;
		});
		// The 422 response is plain text instead of JSON (AssemblyAI API reference, Upload a media file).
		if (intake.size === 0) return reply.code(422).type('text/plain; charset=utf-8').send(EMPTY_UPLOAD);
		const id = randomUUID();
		store.uploads.set(id, { id, account: accountOf(request).name, intake });
		return reply.send({ upload_url: `${baseUrl()}/upload/${id}` });
	});
}

/** Extracts the upload's ID from a URL. @returns `null` if it isn't one of this sandbox's upload URLs */
export function uploadId(audioUrl: string, baseUrl: string): string | null {
	const url = new URL(audioUrl);
	const base = new URL(`${baseUrl}/upload/`);
	const sameServer = url.port === base.port && (url.hostname === base.hostname || url.hostname === 'localhost');
	return sameServer && url.pathname.startsWith(base.pathname) ? url.pathname.slice(base.pathname.length) : null;
}

function tooLarge(): ApiError {
	return new ApiError(413, 'Upload failed, the file is larger than 2.2 GB');
}

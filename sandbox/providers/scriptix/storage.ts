import type { FastifyInstance, FastifyRequest } from 'fastify';

import { readAudio, TooLargeError } from '../../audio/intake';
import type { ProviderContext } from '../../core/provider';
import { bodyStream } from '../../server/bodies';
import { ApiError } from './errors';
import { exportFile } from './exports';
import { SESSION_LIMIT_BYTES, start } from './process';
import type { Entry, Generation, Store } from './store';

type Signed = { Querystring: { sig?: string } };

/** Returns the upload URL for a session's file. */
export function uploadUrl({ id, uploadToken }: Entry, baseUrl: string): string {
	return `${baseUrl}/storage/uploads/${id}?sig=${uploadToken}`;
}

/**
 * Adds the service's storage, which a different company runs. It accepts signatures instead of API keys. A request that also has
 * an API key is rejected, because Azure rejects requests with two authentication methods.
 */
export function storageRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.put<Signed & { Params: { id: string } }>('/storage/uploads/:id', async (request, reply) => {
		rejectApiKey(request);
		const entry = store.get(request.params.id, 'sessions');
		if (!entry || entry.uploadToken === null || entry.uploadToken !== request.query.sig) throw forbidden();
		if (request.headers['x-ms-blob-type'] !== 'BlockBlob') {
			throw new ApiError(
				400,
				'MissingRequiredHeader',
				'An HTTP header that is mandatory for this request is not specified: x-ms-blob-type',
			);
		}
		const announced = Number(request.headers['content-length'] ?? Number.NaN);
		if (Number.isNaN(announced))
			throw new ApiError(411, 'MissingContentLengthHeader', 'Content-Length HTTP header is missing');
		const intake = await readAudio(bodyStream(request), SESSION_LIMIT_BYTES).catch((error: unknown) => {
			throw error instanceof TooLargeError
				? new ApiError(413, 'RequestBodyTooLarge', 'The request body is too large')
				: error;
		});
		entry.intake = intake;
		// The file may be uploaded again, but the job starts after the first upload.
		if (!entry.job) start(entry, store, context);
		return reply.code(201).send();
	});
	app.get<Signed & { Params: { name: string } }>('/storage/exports/:name', (request, reply) => {
		rejectApiKey(request);
		const [id = '', format = ''] = request.params.name.split('.');
		const entry = (['sessions', 'stt'] as Generation[]).map((generation) => store.get(id, generation)).find(Boolean);
		if (!entry || entry.exportToken !== request.query.sig) throw forbidden();
		const { content, contentType } = exportFile(entry, format);
		return reply.type(contentType).send(content);
	});
}

function rejectApiKey({ headers }: FastifyRequest): void {
	if (headers.authorization !== undefined || headers['x-zoom-s2t-key'] !== undefined) {
		throw new ApiError(400, 'InvalidAuthenticationInfo', 'Authentication information is given twice');
	}
}

const forbidden = () => new ApiError(403, 'AuthenticationFailed', 'Server failed to authenticate the request');

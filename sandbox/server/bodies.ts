import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

// The largest accepted JSON body. Even large vocabularies are much smaller.
const JSON_LIMIT_BYTES = 5 * 1024 * 1024;

/** Thrown if a body isn't valid. */
export class MalformedBodyError extends Error {}

/** Returns the request's body as a stream, which is empty if there is no body. */
export function bodyStream(request: FastifyRequest): AsyncIterable<Buffer> {
	return (request.body as Readable | undefined) ?? emptyStream();
}

/** Parses the request's body as JSON. @returns `undefined` if it is empty @throws MalformedBodyError */
export async function jsonBody(request: FastifyRequest): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of bodyStream(request)) {
		size += chunk.length;
		if (size > JSON_LIMIT_BYTES) throw new MalformedBodyError('body too large');
		chunks.push(chunk);
	}
	const text = Buffer.concat(chunks).toString('utf8');
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new MalformedBodyError('body is not valid JSON');
	}
}

async function* emptyStream(): AsyncGenerator<Buffer> {}

import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

// Largest JSON body a service would look at; keyterms and vocabularies fit many times over.
const JSON_LIMIT_BYTES = 5 * 1024 * 1024;

/** The body could not be read as JSON. */
export class MalformedBodyError extends Error {}

/** The request's body as a stream; empty when there is none. */
export function bodyStream(request: FastifyRequest): AsyncIterable<Buffer> {
	return (request.body as Readable | undefined) ?? emptyStream();
}

/** The request's body as JSON, `undefined` when it is empty. Throws MalformedBodyError. */
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

import type { RequestLimits } from './limits';
import { parseJson } from '../core/json';
import { yieldThread } from '../core/yieldThread';

/** The expected type of a successful response body; `binary` is a Buffer. */
export type Expected = 'json' | 'text' | 'binary' | 'nothing';

/** Thrown when a response exceeds the size limit. The rest of the response isn't received. */
export class TooLargeError extends Error {
	/** @param bytes the size limit */
	constructor(readonly bytes: number) {
		super('the response is too large');
	}
}

/** Parsing a body of at least this size takes tens of milliseconds. */
const MANY_BYTES = 1_000_000;

/**
 * Reads the body of a response.
 * @param stream the body as returned by n8n's helpers
 * @param onBytes called with the size of each chunk
 * @returns parsed JSON; the text, if text was expected or the body isn't JSON; or a Buffer, if a file was expected
 * @throws TooLargeError, or the error of the stream
 */
export async function readBody(
	stream: unknown,
	expect: Expected,
	{ jsonBytes, fileBytes }: RequestLimits,
	onBytes: (bytes: number) => void,
): Promise<unknown> {
	const maxBytes = expect === 'binary' ? fileBytes : jsonBytes;
	const chunks: Buffer[] = [];
	let received = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		received += chunk.length;
		// Leaving the loop destroys the stream, which closes the connection.
		if (received > maxBytes) throw new TooLargeError(maxBytes);
		chunks.push(chunk);
		onBytes(chunk.length);
	}
	const content = Buffer.concat(chunks);
	if (expect === 'binary') return content;
	const text = content.toString('utf8').replace(/^\ufeff/, '');
	if (expect === 'text') return text;
	const body = parseJson(text) ?? text;
	if (received > MANY_BYTES) await yieldThread();
	return body;
}

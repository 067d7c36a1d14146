import type { RequestLimits } from './limits';
import { parseJson } from '../core/json';
import { yieldThread } from '../core/yieldThread';

/** What the body of a good response holds; `binary` is a Buffer. */
export type Expected = 'json' | 'text' | 'binary' | 'nothing';

/** Raised in the middle of an answer. The rest of it is not received. */
export class TooLargeError extends Error {
	/** @param bytes the largest answer that is accepted */
	constructor(readonly bytes: number) {
		super('the answer is too large');
	}
}

/** Parsing more than this takes tens of milliseconds. */
const MANY_BYTES = 1_000_000;

/**
 * Receives the body of an answer.
 * @param stream as n8n's helpers return it
 * @param onBytes called with the size of each piece
 * @returns parsed JSON, or the text where it isn't JSON or text was expected; a Buffer where a file was expected
 * @throws TooLargeError, and whatever ended the connection
 */
export async function readBody(
	stream: unknown,
	expect: Expected,
	{ jsonBytes, fileBytes }: RequestLimits,
	onBytes: (bytes: number) => void,
): Promise<unknown> {
	const most = expect === 'binary' ? fileBytes : jsonBytes;
	const chunks: Buffer[] = [];
	let received = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		received += chunk.length;
		// Leaving the loop destroys the stream, which closes the connection.
		if (received > most) throw new TooLargeError(most);
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

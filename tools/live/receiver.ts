import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { Delivery } from '../../nodes/Transcription/callback/delivery';

/** Where a scenario receives its callbacks. */
export interface CallbackSource {
	/** The part of the callback URL before the trigger's own path, without a trailing slash. */
	base: string;
	/**
	 * Waits for a callback.
	 * @returns the first one that `isExpected` accepts; after the time limit, the last one received, if any
	 */
	next(isExpected: (delivery: Delivery) => boolean, limitMs: number): Promise<Delivery | undefined>;
}

/** A local server that receives callbacks and offers the sample for download. */
export interface Receiver extends CallbackSource {
	sampleUrl: string;
	close(): Promise<void>;
}

const POLL_MS = 50;

/**
 * @param port 0 for any free port
 * @param publicUrl the URL that forwards to the server, without a trailing slash; default: the server's own
 */
export async function startReceiver(port: number, sampleFile: string, publicUrl?: string): Promise<Receiver> {
	const deliveries: Delivery[] = [];
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://localhost');
		if (request.method === 'GET' || request.method === 'HEAD') {
			const isSample = url.pathname === `/${basename(sampleFile)}`;
			const content = isSample ? readFileSync(sampleFile) : undefined;
			response.writeHead(content ? 200 : 404, content && { 'content-type': 'audio/wav' });
			response.end(request.method === 'GET' ? content : undefined);
			return;
		}
		void bodyOf(request).then((rawBody) => {
			deliveries.push({ rawBody, headers: request.headers, query: url.searchParams });
			response.end('{}');
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const origin = publicUrl ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		base: `${origin}/webhook`,
		sampleUrl: `${origin}/${basename(sampleFile)}`,
		async next(isExpected, limitMs) {
			const end = Date.now() + limitMs;
			for (;;) {
				const found = deliveries.find(isExpected);
				if (found) return found;
				if (Date.now() > end) return deliveries.at(-1);
				await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			}
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

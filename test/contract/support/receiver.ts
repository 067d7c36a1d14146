import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A received callback. */
export interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A small HTTP server that receives callbacks. */
export interface Receiver {
	url: string;
	received: Received[];
	/** Sets the statuses of the next responses. The last one repeats, and `null` means that no response is sent. */
	respondWith(...statuses: Array<number | null>): void;
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	let statuses: Array<number | null> = [200];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
			const status = statuses.length > 1 ? statuses.shift() : statuses[0];
			if (status === null || status === undefined) return;
			response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		respondWith: (...next) => {
			statuses = next;
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

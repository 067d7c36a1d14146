import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

export interface LocalServer {
	/** `http://127.0.0.1:<port>` */
	origin: string;
	/** All requests, oldest first. */
	seen: SeenRequest[];
	close(): Promise<void>;
}

/** An HTTP server for responses that the sandbox can't send. */
export async function startServer(
	answer: (request: SeenRequest, response: ServerResponse) => void | Promise<void>,
): Promise<LocalServer> {
	const seen: SeenRequest[] = [];
	const server = createServer((incoming, response) => {
		void bodyOf(incoming).then(async (body) => {
			const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
			seen.push(request);
			await answer(request, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export function sendJson(
	response: ServerResponse,
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
	} catch {
		// The connection was lost. Keep what was received until then.
	}
	return Buffer.concat(chunks);
}

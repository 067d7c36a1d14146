import {
	createServer,
	request,
	type ClientRequest,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';

/** Paths that webhook processors handle. All others, including test URLs, are handled by the main process. */
const FOR_WEBHOOK_PROCESSORS = /^\/(webhook|webhook-waiting|form|form-waiting|mcp)(\/|$)/;

export interface Proxy {
	close(): Promise<void>;
}

/** Thrown if the connection was refused because the process isn't running. Nothing was sent. */
class Refused extends Error {}

/**
 * A reverse proxy for n8n in queue mode. Forwards webhooks to the webhook processors in turn, and everything else to the main
 * process. A processor that refuses the connection is skipped. A request that was sent is never repeated.
 */
export async function startProxy(ports: { own: number; main: number; webhookProcessors: number[] }): Promise<Proxy> {
	let turn = 0;
	const targetsOf = (url = ''): number[] => {
		if (!FOR_WEBHOOK_PROCESSORS.test(url)) return [ports.main];
		const first = turn++ % ports.webhookProcessors.length;
		return [...ports.webhookProcessors.slice(first), ...ports.webhookProcessors.slice(0, first)];
	};
	const server = createServer((incoming, outgoing) => void forward(incoming, outgoing, targetsOf(incoming.url)));
	server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) =>
		tunnel(incoming, socket, head, ports.main),
	);
	// No timeout, for the editor's push connection and slow uploads.
	server.requestTimeout = 0;
	// Idle connections stay open. On a busy machine, a client might send its next request just as one is being closed.
	server.keepAliveTimeout = 0;
	await listen(server, ports.own);
	return {
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function listen(server: Server, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
}

/** Removes the headers that only apply to one connection. */
function endToEnd(rawHeaders: string[]): string[] {
	const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []));
	return pairs.filter(([name = '']) => !/^(connection|keep-alive)$/i.test(name)).flat();
}

function headersFor({ headers, socket }: IncomingMessage) {
	return {
		...headers,
		connection: 'close',
		'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
		'x-forwarded-host': headers.host,
		'x-forwarded-proto': 'http',
	};
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, targets: number[]): Promise<void> {
	for (const port of targets) {
		try {
			const response = await send(incoming, port);
			outgoing.writeHead(response.statusCode ?? 502, endToEnd(response.rawHeaders));
			// If n8n's response is aborted, the client's is aborted, too.
			response.once('error', () => outgoing.destroy());
			response.pipe(outgoing);
			return;
		} catch (error) {
			if (error instanceof Refused) continue;
			refuse(outgoing, 502, 'The n8n process ended before it responded to this request.');
			return;
		}
	}
	refuse(outgoing, 503, 'No n8n process is available for this request.');
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
	if (outgoing.headersSent) outgoing.destroy();
	else outgoing.writeHead(status, { 'content-type': 'text/plain' }).end(message);
}

/** @throws Refused if the connection failed, or another error if it broke later */
async function send(incoming: IncomingMessage, port: number): Promise<IncomingMessage> {
	const { method, url } = incoming;
	// Connections aren't reused. If a reused one failed, it would be unclear whether n8n received the request.
	const sent = request({ host: '127.0.0.1', port, method, path: url, headers: headersFor(incoming), agent: false });
	await connected(sent);
	return await new Promise((resolve, reject) => {
		sent.once('response', resolve).on('error', reject);
		incoming.once('error', () => sent.destroy());
		incoming.pipe(sent);
	});
}

async function connected(sent: ClientRequest): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const refused = (cause: Error) => reject(new Refused(cause.message, { cause }));
		sent.once('error', refused);
		sent.once('socket', (socket) =>
			socket.once('connect', () => {
				sent.off('error', refused);
				resolve();
			}),
		);
	});
}

/** Forwards the editor's WebSockets. */
function tunnel({ method, url, rawHeaders }: IncomingMessage, socket: Socket, head: Buffer, port: number): void {
	const upstream = connect(port, '127.0.0.1', () => {
		const lines = [`${method} ${url} HTTP/1.1`];
		for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
		upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
		upstream.write(head);
		upstream.pipe(socket).pipe(upstream);
	});
	for (const [one, other] of [
		[upstream, socket],
		[socket, upstream],
	] as const) {
		one.once('error', () => other.destroy()).once('close', () => other.destroy());
	}
}

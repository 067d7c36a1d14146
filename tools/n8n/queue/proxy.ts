import { createServer, request, type ClientRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What webhook processors answer; the rest, test URLs among it, is for the main process. */
const FOR_WEBHOOK_PROCESSORS = /^\/(webhook|webhook-waiting|form|form-waiting|mcp)(\/|$)/;

export interface Proxy {
	close(): Promise<void>;
}

/** A processor that does not run any more, or not yet: nothing was sent to it. */
class Refused extends Error {}

/**
 * A reverse proxy as stands before n8n in queue mode: webhooks go to the webhook processors in turn, everything
 * else to the main process. A processor that refuses the connection is skipped; what was sent once is never sent again.
 */
export async function startProxy(ports: { own: number; main: number; webhookProcessors: number[] }): Promise<Proxy> {
	let turn = 0;
	const targetsOf = (url = ''): number[] => {
		if (!FOR_WEBHOOK_PROCESSORS.test(url)) return [ports.main];
		const first = turn++ % ports.webhookProcessors.length;
		return [...ports.webhookProcessors.slice(first), ...ports.webhookProcessors.slice(0, first)];
	};
	const server = createServer((incoming, outgoing) => void forward(incoming, outgoing, targetsOf(incoming.url)));
	server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => tunnel(incoming, socket, head, ports.main));
	// The editor's pushes and the slowest upload alike: how long a request may take is n8n's business.
	server.requestTimeout = 0;
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

/** Names and values in turn, without those that are about one connection only. */
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
			const answer = await send(incoming, port);
			outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
			// What was cut off there is cut off here.
			answer.once('error', () => outgoing.destroy());
			answer.pipe(outgoing);
			return;
		} catch (error) {
			if (error instanceof Refused) continue;
			refuse(outgoing, 502, 'The process of n8n that had this request ended before it answered.');
			return;
		}
	}
	refuse(outgoing, 503, 'No process of n8n takes such requests now.');
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
	if (outgoing.headersSent) outgoing.destroy();
	else outgoing.writeHead(status, { 'content-type': 'text/plain' }).end(message);
}

/** @throws Refused when there was no connection, anything else when it broke later */
async function send(incoming: IncomingMessage, port: number): Promise<IncomingMessage> {
	const { method, url } = incoming;
	// No connection is used twice: on a kept one nobody could tell whether n8n had seen the request.
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

/** WebSockets of the editor. */
function tunnel({ method, url, rawHeaders }: IncomingMessage, socket: Socket, head: Buffer, port: number): void {
	const upstream = connect(port, '127.0.0.1', () => {
		const lines = [`${method} ${url} HTTP/1.1`];
		for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
		upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
		upstream.write(head);
		upstream.pipe(socket).pipe(upstream);
	});
	for (const [one, other] of [[upstream, socket], [socket, upstream]] as const) {
		one.once('error', () => other.destroy()).once('close', () => other.destroy());
	}
}

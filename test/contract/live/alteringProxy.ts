import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, request as send } from 'undici';

/** A message. Changes alter it in place. */
export interface Message {
	/** 0 for requests. */
	status: number;
	/** Names are lowercase. */
	headers: Record<string, string>;
	/** Parsed JSON, or text. */
	body: unknown;
}

/** A difference to plant in messages. */
export interface Change {
	method: string;
	path: RegExp;
	/** If set, only messages whose body contains this text are altered. */
	containing?: string;
	alter(message: Message): void;
}

export interface Proxy {
	/** `http://127.0.0.1:<port>` */
	origin: string;
	close(): Promise<void>;
}

/** Headers that depend on the connection or the body length. */
const PER_CONNECTION = ['connection', 'content-length', 'transfer-encoding', 'host', 'keep-alive'];

/**
 * Forwards requests to a different server. Alters either the responses, like a gateway that also replaces the server's
 * origin in JSON, or the requests, like a tunnel that leaves all other bytes unchanged.
 * @param target origin of the other server
 */
export async function startAlteringProxy(
	target: string,
	changes: readonly Change[],
	altered: 'responses' | 'requests' = 'responses',
): Promise<Proxy> {
	let origin = '';
	const apply = (method: string, path: string, message: Message) => {
		const text = JSON.stringify(message.body);
		const meant = changes.filter(
			(change) => change.method === method && change.path.test(path) && text.includes(change.containing ?? ''),
		);
		for (const change of meant) change.alter(message);
		return meant.length > 0;
	};
	const server = createServer((incoming, outgoing) => {
		void (async () => {
			const { method = '', url = '' } = incoming;
			const request = { status: 0, headers: forwarded(incoming.headers), body: await bodyOf(incoming) };
			const sent =
				altered === 'requests'
					? encoded(request, '', '', (message) => apply(method, url, message))
					: encoded(request, origin, target, () => false);
			// Unlike `fetch`, this adds no headers.
			const response = await send(target + url, {
				method: method as Dispatcher.HttpMethod,
				headers: sent.headers,
				...(sent.body.length > 0 && { body: sent.body }),
			});
			const received = {
				status: response.statusCode,
				headers: forwarded(response.headers),
				body: Buffer.from(await response.body.arrayBuffer()),
			};
			const answer =
				altered === 'responses'
					? encoded(received, target, origin, (message) => apply(method, url, message))
					: received;
			outgoing.writeHead(answer.status, answer.headers).end(answer.status === 204 ? undefined : answer.body);
		})().catch((error: unknown) => outgoing.writeHead(599).end(String(error)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

interface Raw {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/**
 * Replaces the origin in text bodies and alters the message. Other bodies, such as audio, are left unchanged.
 * @param alter returns whether it altered the message
 */
function encoded(raw: Raw, from: string, to: string, alter: (message: Message) => boolean): Raw {
	const type = raw.headers['content-type'] ?? '';
	const isJson = type.includes('json');
	if (!isJson && !type.startsWith('text/') && raw.body.length > 0) return raw;
	const original = raw.body.toString('utf8');
	const text = from === '' ? original : original.replaceAll(from, to);
	const message: Message = { ...raw, body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text };
	if (!alter(message)) return { ...raw, body: Buffer.from(text) };
	const body = typeof message.body === 'string' && !isJson ? message.body : JSON.stringify(message.body);
	return { status: message.status, headers: message.headers, body: Buffer.from(message.body === '' ? '' : body) };
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
	const kept = Object.entries(headers).filter(([name]) => !PER_CONNECTION.includes(name));
	return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../../sandbox/core/random';

/** A workflow's request body to the CRM. */
interface Contact {
	eventId: string;
	/** From the job's metadata. */
	recording?: string;
	text?: string;
	/** The part of the workflow that sent it. */
	via: 'callback' | 'recovery';
}

/** A transcript in the CRM. There is one for each `eventId`. */
export interface Row extends Contact {
	at: number;
}

/** A request to the CRM, whether or not it stored anything. */
export interface Attempt {
	eventId: string;
	via: Contact['via'];
	at: number;
	/** `stored`: the first one; `refused`: the key already existed; `cutOff`: the sender disconnected before it was stored. */
	outcome: 'open' | 'stored' | 'refused' | 'cutOff';
}

export interface Crm {
	/** The URL to which workflows POST transcripts. */
	readonly url: string;
	/** Transcripts by `eventId`. */
	readonly rows: ReadonlyMap<string, Row>;
	readonly attempts: readonly Attempt[];
	/**
	 * Blocks the next request with a new transcript forever, before it is stored.
	 * @returns resolves with that request once it is blocked
	 */
	stallNext(): Promise<Attempt>;
	close(): Promise<void>;
}

/** How often the CRM is slow, and its maximum delay. */
const SLOW = { probability: 0.03, longestMs: 3_000 };

/**
 * A fake CRM at the end of the pipeline, with a unique key on `eventId`. It also records all requests. It runs outside n8n, so
 * kills don't affect it. If the sender disconnects before the transcript is stored, nothing is stored, as in a transaction.
 */
export async function startCrm(random: SeededRandom): Promise<Crm> {
	const rows = new Map<string, Row>();
	const attempts: Attempt[] = [];
	let stall: ((attempt: Attempt) => void) | undefined;

	const handleRequest = async (request: IncomingMessage, response: ServerResponse) => {
		const contact = JSON.parse(await readBody(request)) as Contact;
		const attempt: Attempt = { eventId: contact.eventId, via: contact.via, at: Date.now(), outcome: 'open' };
		attempts.push(attempt);
		const gone = new Promise<void>((resolve) => response.once('close', resolve));
		if (stall && !rows.has(contact.eventId)) {
			stall(attempt);
			stall = undefined;
			await gone;
		} else if (random.chance(SLOW.probability)) {
			await Promise.race([sleep(random.next() * SLOW.longestMs), gone]);
		}
		if (response.destroyed || request.socket.destroyed) {
			attempt.outcome = 'cutOff';
			return;
		}
		const isNew = !rows.has(contact.eventId);
		attempt.outcome = isNew ? 'stored' : 'refused';
		if (isNew) rows.set(contact.eventId, { ...contact, at: Date.now() });
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ created: isNew }));
	};

	const server = createServer((request, response) => {
		handleRequest(request, response).catch((error: Error) => {
			if (!response.headersSent) response.writeHead(400).end(error.message);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/transcripts`,
		rows,
		attempts,
		stallNext: async () => await new Promise((resolve) => (stall = resolve)),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function readBody(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	return text;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../../sandbox/core/random';

/** What a workflow hands to the CRM. */
export interface Contact {
	eventId: string;
	/** From the job's metadata. */
	recording?: string;
	text?: string;
	/** Which half of the canvas sent it. */
	via: 'callback' | 'recovery';
}

/** A transcript in the CRM. There is one for each `eventId`. */
export interface Row extends Contact {
	at: number;
}

/** One request at the CRM's door, before the key is looked at. */
export interface Attempt {
	eventId: string;
	via: Contact['via'];
	at: number;
	/** `stored`: the first; `refused`: the key was there already; `cutOff`: the sender was gone before it was stored. */
	outcome: 'open' | 'stored' | 'refused' | 'cutOff';
}

export interface Crm {
	/** Where transcripts are POSTed to. */
	readonly url: string;
	/** By `eventId`. */
	readonly rows: ReadonlyMap<string, Row>;
	readonly attempts: readonly Attempt[];
	/**
	 * Lets the next request that has something new wait for ever, before it is stored.
	 * @returns resolves with that request once it waits there
	 */
	stallNext(): Promise<Attempt>;
	close(): Promise<void>;
}

/** How often the CRM is slow, and how slow at most, in ms. */
const SLOW = { probability: 0.03, longestMs: 3_000 };

/**
 * A system at the end of the pipeline: a unique key on `eventId`, before it a count of what came to the door. It outlives
 * every n8n. A request whose sender goes away before it is stored leaves nothing, as a transaction would.
 */
export async function startCrm(random: SeededRandom): Promise<Crm> {
	const rows = new Map<string, Row>();
	const attempts: Attempt[] = [];
	let stall: ((attempt: Attempt) => void) | undefined;

	const take = async (request: IncomingMessage, response: ServerResponse) => {
		const contact = JSON.parse(await textOf(request)) as Contact;
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
		take(request, response).catch((error: Error) => {
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

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	return text;
}

import { request as httpRequest } from 'node:http';
import type { Delivery } from '../../nodes/Transcription/callback/delivery';

/** What Node's server takes of a head; more is answered by Node itself. */
const LONGEST_HEAD = 14_000;

/**
 * The delivery as it arrives after HTTP had its hands on it: blanks around values are gone, several headers of one name
 * are one. Undefined where it could not be sent at all.
 */
export function afterHttp({ rawBody, headers, query }: Delivery): Delivery | undefined {
	const sendable: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value === undefined || HOP_BY_HOP.includes(name)) continue;
		const text = (Array.isArray(value) ? value.join(', ') : value) as unknown;
		// Bytes beyond ASCII arrive as Latin-1, whatever they were meant to be.
		if (typeof text !== 'string' || /[^\t\x20-\x7e\xa1-\xff]/.test(text) || !/^[!#$%&'*+.^`|~\w-]+$/.test(name)) return undefined;
		sendable[name] = text.trim();
	}
	const length = JSON.stringify(sendable).length + query.toString().length;
	return length > LONGEST_HEAD ? undefined : { rawBody, headers: sendable, query };
}

/** They say how the body travels; a sender that lies about that gets no further than the server. */
const HOP_BY_HOP = ['host', 'connection', 'content-length', 'transfer-encoding', 'content-encoding', 'expect', 'upgrade', 'keep-alive'];

/** Posts it. @returns the answer's status */
export async function post(url: string, { rawBody, headers, query }: Delivery): Promise<number> {
	return await new Promise((resolve, reject) => {
		const sent = httpRequest(
			`${url}?${query.toString()}`,
			{ method: 'POST', headers: { ...(headers as Record<string, string>), 'content-length': rawBody.length } },
			(response) => {
				response.resume();
				response.once('end', () => resolve(response.statusCode ?? 0));
			},
		);
		sent.once('error', reject);
		sent.end(rawBody);
	});
}

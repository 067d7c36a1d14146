import { request as httpRequest } from 'node:http';
import type { Delivery } from '../../nodes/Transcription/callback/delivery';

/** Maximum length of the headers. Node itself rejects longer ones. */
const LONGEST_HEAD = 14_000;

/**
 * Returns the delivery as it arrives over HTTP, with values trimmed and headers with the same name joined.
 * @returns undefined if it can't be sent
 */
export function afterHttp({ rawBody, headers, query }: Delivery): Delivery | undefined {
	const sendable: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value === undefined || TRANSFER_HEADERS.includes(name)) continue;
		const text = (Array.isArray(value) ? value.join(', ') : value) as unknown;
		// Bytes beyond ASCII arrive as Latin-1.
		if (typeof text !== 'string' || /[^\t\x20-\x7e\xa1-\xff]/.test(text) || !/^[!#$%&'*+.^`|~\w-]+$/.test(name))
			return undefined;
		sendable[name] = text.trim();
	}
	const length = JSON.stringify(sendable).length + query.toString().length;
	return length > LONGEST_HEAD ? undefined : { rawBody, headers: sendable, query };
}

/** Headers that control the transfer. If they are wrong, n8n's server rejects the request. */
const TRANSFER_HEADERS = [
	'host',
	'connection',
	'content-length',
	'transfer-encoding',
	'content-encoding',
	'expect',
	'upgrade',
	'keep-alive',
];

/** Posts a delivery. @returns the status of the response */
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

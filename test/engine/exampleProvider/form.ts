import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface ReceivedForm {
	fields: Record<string, string>;
	file: { field: string; fileName: string; type: string; bytes: number; sha256: string };
	/** The Content-Length, which matches the received bytes. */
	contentLength: number;
}

export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/**
 * Reads a form whose last part is a file, strictly according to RFC 7578 and its Content-Length. The file is hashed while
 * it is received and never kept in memory. Throws for anything else.
 *
 * @param onBytes called with the number of bytes received; its result is awaited before more is read
 */
export async function readForm(
	request: IncomingMessage,
	onBytes: (total: number) => Promise<void>,
): Promise<ReceivedForm> {
	const boundary = /^multipart\/form-data; boundary=([\w'()+,./:=?-]{1,70})$/.exec(
		request.headers['content-type'] ?? '',
	)?.[1];
	if (!boundary) throw new Error(`no form: ${request.headers['content-type']}`);
	const contentLength = Number(request.headers['content-length']);
	if (request.headers['transfer-encoding'] || !Number.isInteger(contentLength)) throw new Error('no Content-Length');
	const end = Buffer.from(`\r\n--${boundary}--\r\n`);
	const hash = createHash('sha256');
	let total = 0;
	let head: ReturnType<typeof readHead>;
	let pending = Buffer.alloc(0);
	for await (const chunk of request as AsyncIterable<Buffer>) {
		total += chunk.length;
		pending = Buffer.concat([pending, chunk]);
		if (!head) {
			head = readHead(pending, boundary);
			if (!head && pending.length > 65_536) throw new Error('the head of the form has no end');
			if (head) pending = pending.subarray(head.length);
		}
		if (head && pending.length > end.length) {
			hash.update(pending.subarray(0, -end.length));
			pending = Buffer.from(pending.subarray(-end.length));
		}
		await onBytes(total);
	}
	if (!head) throw new Error('the form has no file');
	if (!pending.equals(end)) throw new Error('the form does not end with its boundary');
	if (total !== contentLength) throw new Error(`announced ${contentLength} bytes, sent ${total}`);
	const { length, fields, file } = head;
	return { fields, file: { ...file, bytes: total - length - end.length, sha256: hash.digest('hex') }, contentLength };
}

/** Returns the fields and the header of the file part; undefined until the header has been received completely. */
function readHead(bytes: Buffer, boundary: string) {
	const delimiter = `--${boundary}\r\n`;
	const fields: Record<string, string> = {};
	for (let at = 0; ;) {
		const headEnd = bytes.indexOf('\r\n\r\n', at);
		if (headEnd < 0) return undefined;
		const [opening, disposition, ...others] = bytes.toString('utf8', at, headEnd).split('\r\n');
		if (`${opening}\r\n` !== delimiter) throw new Error(`a part begins with ${opening}`);
		const named = /^Content-Disposition: form-data; name="([^"]+)"(?:; filename="([^"]*)")?$/.exec(disposition ?? '');
		if (!named?.[1]) throw new Error(`a part is described as ${disposition}`);
		const start = headEnd + 4;
		if (named[2] !== undefined) {
			const type = /^Content-Type: (.+)$/.exec(others.join('\r\n'))?.[1] ?? '';
			return { length: start, fields, file: { field: named[1], fileName: unescaped(named[2]), type } };
		}
		const next = bytes.indexOf(`\r\n${delimiter}`, start);
		if (next < 0) return undefined;
		fields[named[1]] = bytes.toString('utf8', start, next);
		at = next + 2;
	}
}

/** Unescapes quotes and line breaks, the only characters that browsers escape. */
const unescaped = (name: string) => name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');

import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in a separate process that accepts all uploads, discards them, and responds like the services. */
export interface Sink {
	/** Accepts data at full speed. */
	origin: string;
	/** Accepts {@link LINE_MEGABYTES} per second. */
	lineUrl: string;
	/** Bytes of the largest body since the last call. */
	largestBody(): Promise<number>;
	close(): void;
}

/** Responses of AssemblyAI (raw) and Soniox (form) by path, with the fields that Submit reads. */
const RESPONSES: Record<string, object> = {
	'/v2/upload': { upload_url: 'https://sink.example/upload/1' },
	'/v2/transcript': { id: 'job', status: 'queued' },
	'/v1/files': { id: 'file' },
	'/v1/transcriptions': { id: 'job', status: 'queued' },
};

/** A line of one gigabit per second, the fastest that most servers have. */
export const LINE_MEGABYTES = 125;
const LINE_PATH = '/line';

export async function openSink(): Promise<Sink> {
	const child = fork(__filename, { execArgv: process.execArgv });
	const port = await message<number>(child);
	const origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		lineUrl: origin + LINE_PATH,
		async largestBody() {
			const reply = message<number>(child);
			child.send('largest');
			return await reply;
		},
		close: () => child.kill(),
	};
}

async function message<T>(child: ChildProcess): Promise<T> {
	return await new Promise((resolve, reject) => {
		const ended = (code: number | null) => reject(new Error(`The sink ended with ${code}`));
		child.once('exit', ended);
		child.once('message', (value) => {
			child.off('exit', ended);
			resolve(value as T);
		});
	});
}

function serve(): void {
	let largest = 0;
	const server = createServer((request, response) => {
		const isLine = request.url?.startsWith(LINE_PATH);
		const path = request.url?.slice(isLine ? LINE_PATH.length : 0) ?? '';
		const startedAt = performance.now();
		let bytes = 0;
		request.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			const early = startedAt + bytes / (LINE_MEGABYTES * 1000) - performance.now();
			if (!isLine || early < 2) return;
			request.pause();
			setTimeout(() => request.resume(), early);
		});
		request.on('end', () => {
			largest = Math.max(largest, bytes);
			response.setHeader('content-type', 'application/json').end(JSON.stringify(RESPONSES[path] ?? {}));
		});
	});
	// Errors from aborted clients can be ignored, because whatever they sent is too small to be mistaken for the file.
	server.on('clientError', (_error, socket) => socket.destroy());
	server.requestTimeout = 0;
	process.on('message', () => {
		process.send?.(largest);
		largest = 0;
	});
	process.once('disconnect', () => process.exit());
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

if (require.main === module) serve();

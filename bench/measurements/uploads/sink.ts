import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of its own process that takes whatever is uploaded, throws it away and answers as the services do. */
export interface Sink {
	/** Takes it as fast as it comes. */
	origin: string;
	/** Takes it as a line of {@link LINE_MEGABYTES} a second would. */
	lineUrl: string;
	/** Bytes of the largest body since the last time it was asked. */
	largestBody(): Promise<number>;
	close(): void;
}

/** Answers by path: of AssemblyAI (raw) and Soniox (form), as far as Submit reads them. */
const ANSWERS: Record<string, object> = {
	'/v2/upload': { upload_url: 'https://sink.example/upload/1' },
	'/v2/transcript': { id: 'job', status: 'queued' },
	'/v1/files': { id: 'file' },
	'/v1/transcriptions': { id: 'job', status: 'queued' },
};

/** Of a line that carries a gigabit a second, the fastest that most servers have. */
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
			const answer = message<number>(child);
			child.send('largest');
			return await answer;
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
		const begun = performance.now();
		let bytes = 0;
		request.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			const early = begun + bytes / (LINE_MEGABYTES * 1000) - performance.now();
			if (!isLine || early < 2) return;
			request.pause();
			setTimeout(() => request.resume(), early);
		});
		request.on('end', () => {
			largest = Math.max(largest, bytes);
			response.setHeader('content-type', 'application/json').end(JSON.stringify(ANSWERS[path] ?? {}));
		});
	});
	// A client that gives up is its own affair: what it sent is too small to count as the file.
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

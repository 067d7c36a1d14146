import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A server in a separate process that speaks AssemblyAI's protocol and responds late. Its addresses are
 * `<origin>/<latency in ms>`.
 */
export interface DistantService {
	origin: string;
	close(): void;
}

/**
 * The most that one connection carries, as over a line with 200 ms of latency and a window of 5 MB: a sender waits for
 * the receiver's confirmation.
 */
export const CONNECTION_MEGABYTES = 25;

export async function openDistantService(): Promise<DistantService> {
	const child: ChildProcess = fork(__filename, { execArgv: process.execArgv });
	const port = await new Promise<number>((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`The service ended with ${code}`)));
		child.once('message', (message) => resolve(message as number));
	});
	return { origin: `http://127.0.0.1:${port}`, close: () => child.kill() };
}

function serve(): void {
	let jobs = 0;
	const server = createServer((request, response) => {
		const [, latency, path = ''] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? [];
		const startedAt = performance.now();
		let bytes = 0;
		request.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			const earlyMs = startedAt + bytes / (CONNECTION_MEGABYTES * 1000) - performance.now();
			if (earlyMs < 2) return;
			request.pause();
			setTimeout(() => request.resume(), earlyMs);
		});
		request.on('end', () => {
			setTimeout(() => {
				const body =
					path === '/v2/upload'
						? { upload_url: `https://service.example/upload/${++jobs}` }
						: request.method === 'POST'
							? { id: `job-${++jobs}`, status: 'queued' }
							: { id: path.split('/').at(-1), status: 'completed', text: 'Some words.', words: [] };
				response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
			}, Number(latency));
		});
	});
	server.requestTimeout = 0;
	process.once('disconnect', () => process.exit());
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

if (require.main === module) serve();

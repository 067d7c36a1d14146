import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import autocannon from 'autocannon';

/** Requests to send to one URL. */
interface Burst {
	url: string;
	headers: Record<string, string>;
	/** The body of each request, as JSON text. */
	bodies: readonly string[];
	concurrency: number;
}

/** The responses to a burst. */
interface BurstResult {
	/** Time from the first request to the last response. */
	seconds: number;
	/** Time from each request to its response, in ms. */
	delaysMs: number[];
	/** Responses other than 2xx, and requests without a response. */
	refused: number;
}

/** Sends a burst from a separate process, so that sending doesn't slow down the measurement. */
export async function sendBurst(burst: Burst): Promise<BurstResult> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-burst-'));
	try {
		const file = join(folder, 'burst.json');
		writeFileSync(file, JSON.stringify(burst));
		const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, __filename, file], {
			maxBuffer: 2 ** 26,
		});
		return JSON.parse(stdout) as BurstResult;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function fire({ url, headers, bodies, concurrency }: Burst): Promise<BurstResult> {
	const delaysMs: number[] = [];
	let [startedAt, ended, refused, next] = [performance.now(), 0, 0, 0];
	await new Promise<void>((resolve, reject) => {
		const instance = autocannon(
			{
				url,
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				connections: concurrency,
				amount: bodies.length,
				// In seconds. A request that gets no response in this time counts as refused and isn't sent again.
				timeout: 60,
				requests: [{ setupRequest: (request) => ({ ...request, body: bodies[next++ % bodies.length] }) }],
			},
			(error: unknown) => (error ? reject(error as Error) : resolve()),
		);
		instance.once('start', () => (startedAt = performance.now()));
		instance.on('response', (_client, status, _bytes, delayMs) => {
			ended = performance.now();
			delaysMs.push(delayMs);
			if (status < 200 || status > 299) refused++;
		});
	});
	return { seconds: (ended - startedAt) / 1000, delaysMs, refused: refused + bodies.length - delaysMs.length };
}

if (require.main === module) {
	const burst = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Burst;
	void fire(burst).then((result) => console.log(JSON.stringify(result)));
}

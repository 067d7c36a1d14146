import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** Requests that are sent at the same moment. */
export interface Burst {
	url: string;
	headers: Record<string, string>;
	/** The body of each request, as JSON text. */
	bodies: readonly string[];
	/** Requests without a response after this time are aborted. */
	timeoutMs: number;
}

/** The responses to a burst. */
export interface Responses {
	/** Number of responses by status, or by the error of requests without a response, e.g. `200`, `ECONNRESET`. */
	counts: Record<string, number>;
	/** Time to each 2xx response, in ms. */
	delaysMs: number[];
}

/** Sends every request on a connection of its own, without waiting for any response. */
export async function send({ url, headers, bodies, timeoutMs }: Burst): Promise<Responses> {
	const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
	const result: Responses = { counts: {}, delaysMs: [] };
	const count = (name: string) => (result.counts[name] = (result.counts[name] ?? 0) + 1);
	const sendOne = async (body: string) =>
		await new Promise<void>((resolve) => {
			const startedAt = performance.now();
			const signal = AbortSignal.timeout(timeoutMs);
			const fail = (error: NodeJS.ErrnoException) => {
				count(signal.aborted ? 'no response' : (error.code ?? error.message));
				resolve();
			};
			const length = Buffer.byteLength(body);
			const sent = request(url, {
				method: 'POST',
				agent,
				signal,
				headers: { 'content-type': 'application/json', 'content-length': length, ...headers },
			});
			sent.on('error', fail).on('response', (response) => {
				response
					.on('error', fail)
					.on('end', () => {
						const status = response.statusCode ?? 0;
						count(String(status));
						if (status >= 200 && status < 300) result.delaysMs.push(performance.now() - startedAt);
						resolve();
					})
					.resume();
			});
			sent.end(body);
		});
	await Promise.all(bodies.map(sendOne));
	return result;
}

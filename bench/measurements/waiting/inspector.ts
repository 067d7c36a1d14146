import { setTimeout as sleep } from 'node:timers/promises';
import { fetch, WebSocket } from 'undici';

/** What a process holds, in bytes. */
export interface Memory {
	/** Of JavaScript, after a garbage collection. */
	heap: number;
	resident: number;
}

/** A look into a running Node process, over its inspector. */
export interface Inspector {
	memory(): Promise<Memory>;
	/** @param expression whose value can be written as JSON @throws with what went wrong in the process */
	evaluate<T>(expression: string): Promise<T>;
	close(): void;
}

/** What `NODE_OPTIONS` of a process has to say. Its children get it too, but only one that is told opens its inspector. */
export const inspectable = (port: number) => `--inspect-port=127.0.0.1:${port}`;

const OPEN_WITHIN_MS = 10_000;
const LOOK_MS = 100;

/** @param port as in `inspectable` @throws when the process does not open its inspector */
export async function inspect(pid: number, port: number): Promise<Inspector> {
	process.kill(pid, 'SIGUSR1');
	const socket = new WebSocket(await addressAt(port));
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve, { once: true });
		socket.addEventListener('error', () => reject(new Error('The inspector of n8n cannot be reached')), { once: true });
	});
	const call = caller(socket);
	const evaluate = async <T>(expression: string): Promise<T> => {
		const { result, exceptionDetails } = await call<Evaluation>('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
		if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		return result.value as T;
	};
	const memory = async (): Promise<Memory> => {
		// The first leaves what waits for finalizers.
		for (let round = 0; round < 3; round++) await call('HeapProfiler.collectGarbage');
		const { usedSize } = await call<{ usedSize: number }>('Runtime.getHeapUsage');
		return { heap: usedSize, resident: await evaluate<number>('process.memoryUsage.rss()') };
	};
	return { memory, evaluate, close: () => socket.close() };
}

interface Evaluation {
	result: { value?: unknown };
	exceptionDetails?: { text: string; exception?: { description?: string } };
}

async function addressAt(port: number): Promise<string> {
	const limit = Date.now() + OPEN_WITHIN_MS;
	for (;;) {
		const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
		const [target] = answer ? ((await answer.json()) as Array<{ webSocketDebuggerUrl: string }>) : [];
		if (target) return target.webSocketDebuggerUrl;
		if (Date.now() > limit) throw new Error(`n8n opened no inspector within ${OPEN_WITHIN_MS / 1000} s`);
		await sleep(LOOK_MS);
	}
}

interface Answer {
	id?: number;
	result?: unknown;
	error?: { message: string };
}

function caller(socket: WebSocket) {
	const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
	let last = 0;
	socket.addEventListener('message', ({ data }) => {
		const { id, result, error } = JSON.parse(String(data)) as Answer;
		const asked = id === undefined ? undefined : open.get(id);
		if (id === undefined || !asked) return;
		open.delete(id);
		if (error) asked.reject(new Error(error.message));
		else asked.resolve(result);
	});
	socket.addEventListener('close', () => {
		for (const { reject } of open.values()) reject(new Error('The inspector of n8n hung up'));
	});
	return async <T>(method: string, params: object = {}): Promise<T> =>
		await new Promise<T>((resolve, reject) => {
			const id = ++last;
			open.set(id, { resolve: (value) => resolve(value as T), reject });
			socket.send(JSON.stringify({ id, method, params }));
		});
}

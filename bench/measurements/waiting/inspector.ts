import { setTimeout as sleep } from 'node:timers/promises';
import { fetch, WebSocket } from 'undici';

/** Memory of a process, in bytes. */
export interface Memory {
	/** The JavaScript heap after a garbage collection. */
	heap: number;
	resident: number;
}

/** A connection to the inspector of a running Node process. */
export interface Inspector {
	memory(): Promise<Memory>;
	/** @param expression an expression whose value can be serialized as JSON @throws Error with the exception's description */
	evaluate<T>(expression: string): Promise<T>;
	close(): void;
}

/** Returns the `NODE_OPTIONS` a process needs. Its children inherit them, but a process opens its inspector only on SIGUSR1. */
export const inspectable = (port: number) => `--inspect-port=127.0.0.1:${port}`;

const OPEN_WITHIN_MS = 10_000;
const POLL_INTERVAL_MS = 100;

/** @param port as in `inspectable` @throws Error if the process doesn't open its inspector */
export async function inspect(pid: number, port: number): Promise<Inspector> {
	process.kill(pid, 'SIGUSR1');
	const socket = new WebSocket(await addressAt(port));
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve, { once: true });
		socket.addEventListener('error', () => reject(new Error("n8n's inspector can't be reached")), { once: true });
	});
	const call = caller(socket);
	const evaluate = async <T>(expression: string): Promise<T> => {
		const { result, exceptionDetails } = await call<Evaluation>('Runtime.evaluate', {
			expression,
			returnByValue: true,
			awaitPromise: true,
		});
		if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		return result.value as T;
	};
	const memory = async (): Promise<Memory> => {
		// The first collection leaves behind objects that are waiting for their finalizers.
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
		const response = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
		const [target] = response ? ((await response.json()) as Array<{ webSocketDebuggerUrl: string }>) : [];
		if (target) return target.webSocketDebuggerUrl;
		if (Date.now() > limit) throw new Error(`n8n didn't open its inspector within ${OPEN_WITHIN_MS / 1000} s`);
		await sleep(POLL_INTERVAL_MS);
	}
}

interface Reply {
	id?: number;
	result?: unknown;
	error?: { message: string };
}

function caller(socket: WebSocket) {
	const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
	let last = 0;
	socket.addEventListener('message', ({ data }) => {
		const { id, result, error } = JSON.parse(String(data)) as Reply;
		const asked = id === undefined ? undefined : open.get(id);
		if (id === undefined || !asked) return;
		open.delete(id);
		if (error) asked.reject(new Error(error.message));
		else asked.resolve(result);
	});
	socket.addEventListener('close', () => {
		for (const { reject } of open.values()) reject(new Error("n8n's inspector closed the connection"));
	});
	return async <T>(method: string, params: object = {}): Promise<T> =>
		await new Promise<T>((resolve, reject) => {
			const id = ++last;
			open.set(id, { resolve: (value) => resolve(value as T), reject });
			socket.send(JSON.stringify({ id, method, params }));
		});
}

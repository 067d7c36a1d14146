import { createServer } from 'node:net';

async function listen(port: number): Promise<{ port: number; close(): Promise<void> }> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('A TCP server has no port');
	return {
		port: address.port,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

/**
 * Below the ports that systems use for outgoing connections (Linux from 32768, macOS from 49152). A port in their range
 * may be free now, but in use by the time n8n listens or restarts after a kill.
 */
const RANGE = { from: 15_000, to: 32_000 };

/** Finds the given number of free TCP ports on 127.0.0.1. */
export async function freePorts(count: number): Promise<number[]> {
	// All ports are held until the last one is found. If they were released earlier, the same port could be found twice.
	const held: Array<Awaited<ReturnType<typeof listen>>> = [];
	try {
		while (held.length < count) {
			const port = RANGE.from + Math.floor(Math.random() * (RANGE.to - RANGE.from));
			try {
				held.push(await listen(port));
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
			}
		}
	} finally {
		await Promise.all(held.map(async ({ close }) => await close()));
	}
	return held.map(({ port }) => port);
}

/** @returns `preferred`, or the first free port after it (at most 100 higher) */
export async function freePortFrom(preferred: number): Promise<number> {
	for (let port = preferred; port <= preferred + 100; port++) {
		try {
			const held = await listen(port);
			await held.close();
			return port;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		}
	}
	throw new Error(`No port between ${preferred} and ${preferred + 100} is free. Stop a process that uses one of them.`);
}

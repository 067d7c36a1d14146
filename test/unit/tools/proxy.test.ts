import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePorts } from '../../../tools/n8n/ports';
import { startProxy } from '../../../tools/n8n/queue/proxy';

const closing: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

/** Starts a fake n8n process. @returns its port */
async function listening(response: RequestListener): Promise<number> {
	const server: Server = createServer(response);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closing.push(() => {
		server.closeAllConnections();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

const named = async (name: string) =>
	await listening((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => response.end(`${name} ${request.method} ${request.url} ${Buffer.concat(parts).length}`));
	});

async function proxyTo(main: number, webhookProcessors: number[]) {
	const [own = 0] = await freePorts(1);
	const proxy = await startProxy({ own, main, webhookProcessors });
	closing.push(proxy.close);
	return async (path: string, body?: string | Buffer) => {
		const response = await fetch(`http://127.0.0.1:${own}${path}`, body === undefined ? {} : { method: 'POST', body });
		return { status: response.status, text: await response.text() };
	};
}

const closedPort = async () => (await freePorts(1))[0] ?? 0;

describe('the proxy in front of n8n in queue mode', () => {
	it('forwards webhooks, waiting webhooks, and forms to the webhook processors in turn', async () => {
		const ask = await proxyTo(await named('main'), [await named('first'), await named('second')]);
		const responses = [];
		for (const path of ['/webhook/1?a=b', '/webhook-waiting/1', '/form/1', '/form-waiting/1'])
			responses.push((await ask(path, 'x')).text);
		expect(responses).toEqual([
			'first POST /webhook/1?a=b 1',
			'second POST /webhook-waiting/1 1',
			'first POST /form/1 1',
			'second POST /form-waiting/1 1',
		]);
	});

	it('forwards everything else to the main process', async () => {
		const ask = await proxyTo(await named('main'), [await named('first')]);
		for (const path of ['/', '/rest/settings', '/webhook-test/1', '/form-test/1', '/webhooks']) {
			expect((await ask(path)).text).toBe(`main GET ${path} 0`);
		}
	});

	it('forwards a large body completely', async () => {
		const ask = await proxyTo(await named('main'), [await named('first')]);
		expect((await ask('/webhook/1', Buffer.alloc(5_000_000))).text).toBe('first POST /webhook/1 5000000');
	});

	it("skips a webhook processor that isn't running", async () => {
		const ask = await proxyTo(await named('main'), [await closedPort(), await named('second')]);
		for (let time = 0; time < 3; time++)
			expect(await ask('/webhook/1', 'x')).toEqual({ status: 200, text: 'second POST /webhook/1 1' });
	});

	it('responds with 503 if none is running', async () => {
		const ask = await proxyTo(await named('main'), [await closedPort(), await closedPort()]);
		expect((await ask('/webhook/1', 'x')).status).toBe(503);
	});

	it("doesn't repeat a request that a processor had accepted before it crashed", async () => {
		let accepted = 0;
		const dying = await listening((request) => {
			accepted++;
			request.socket.destroy();
		});
		const ask = await proxyTo(await named('main'), [dying, await named('second')]);
		expect((await ask('/webhook/1', 'x')).status).toBe(502);
		expect(accepted).toBe(1);
		expect((await ask('/webhook/1', 'x')).status).toBe(200);
	});
});

import { gzipSync } from 'node:zlib';
import { get, inMemory, submit } from './harness';
import { type LocalServer, startServer } from './localServer';
import { RECORDING } from './recording';

const TRANSCRIPT = JSON.stringify({ id: 'job-1', status: 'completed', text: 'Hello.' });

let server: LocalServer | undefined;
afterEach(async () => await server?.close());

/** A service that compresses responses for clients that accept it and truncates its responses to submit requests. */
async function compressingService(): Promise<string> {
	server = await startServer(({ method, url, headers }, response) => {
		if (url.endsWith('/upload')) return void response.end('{"upload_url":"https://cdn.example.com/1"}');
		const compress = String(headers['accept-encoding'] ?? '').includes('gzip');
		const whole = compress ? gzipSync(TRANSCRIPT) : Buffer.from(TRANSCRIPT);
		response.writeHead(200, {
			'content-type': 'application/json',
			'content-length': whole.length,
			...(compress && { 'content-encoding': 'gzip' }),
		});
		if (method === 'GET') return void response.end(whole);
		response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
	});
	return server.origin;
}

it('ends a submit with a truncated response as uncertain and doesn’t repeat it', async () => {
	const baseUrl = await compressingService();
	const { error } = await submit({ callback: 'none' }, [inMemory(RECORDING)], { baseUrl });
	expect(error?.message).toContain('may or may not have accepted the job');
	expect(server?.seen.filter(({ url }) => url === '/v2/transcript')).toHaveLength(1);
});

it.each(['HTTP/1.1 9999 What\r\n\r\n', 'not HTTP at all\r\n\r\n'])(
	'reports a submit with the response %j as uncertain and doesn’t repeat it',
	async (answer) => {
		server = await startServer(({ url }, response) => {
			if (url.endsWith('/upload')) return void response.end('{"upload_url":"https://cdn.example.com/1"}');
			response.socket?.end(answer);
		});
		const { error } = await submit({ callback: 'none' }, [inMemory(RECORDING)], { baseUrl: server.origin });
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(error?.description).toContain('before you submit the recording again');
		expect(server.seen.filter(({ url }) => url === '/v2/transcript')).toHaveLength(1);
	},
);

it('fetches a transcript from a service that compresses its responses', async () => {
	const { json } = await get({ transcriptId: 'job-1' }, [{ json: {} }], { baseUrl: await compressingService() });
	expect(json[0]).toMatchObject({ text: 'Hello.' });
});

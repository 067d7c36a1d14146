import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import { PROFILES } from '../e2e/profiles';
import { API_KEY, get, inMemory, type Setup, submit } from './harness';
import { startServer, type LocalServer } from './localServer';
import { RECORDING, samplesFolder, TEXT } from './recording';

/** Responses that aren't valid JSON, from every service. */

jest.setTimeout(30_000);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({
		port: 0,
		jobSeconds: 0,
		samplesFolder: samplesFolder(),
		accounts: Object.fromEntries(
			PROFILES.map(({ provider }) => [provider, [{ name: 'main', apiKey: API_KEY, balance: 'ok' }]]),
		),
	});
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const CASES = PROFILES.filter(({ setUp }) => setUp === undefined).map((profile) => [profile.name, profile] as const);

it.each(CASES)('reads a transcript with NaN: %s', async (_, { provider, credential, options }) => {
	const setup: Setup = { baseUrl: sandbox.baseUrl(provider as ProviderName), credential };
	const job = await submit(
		{ provider, callback: 'none', options: (options ?? {}) as never },
		[inMemory(RECORDING)],
		setup,
	);
	await sandbox.settled();
	const parameters = { provider, transcriptId: String(job.json[0]?.id), output: 'words' };
	const valid = await get(parameters, [{ json: {} }], setup);
	const fields = ['confidence', 'logprob', 'language_probability', 'duration', 'duration_seconds', 'audio_duration_ms'];
	sandbox.httpFaults.add({ kind: 'invalidNumbers', fields, next: 10 });
	const { json, error } = await get(parameters, [{ json: {} }], setup);
	expect(error).toBeUndefined();
	expect(json[0]?.text).toBe(TEXT);
	const wordsOf = ([item]: typeof json) =>
		(item?.words as Array<{ text: string; start: number }>).map(({ text, start }) => [text, start]);
	expect(wordsOf(json)).toEqual(wordsOf(valid.json));
});

describe('a response that can’t be read', () => {
	let server: LocalServer | undefined;
	afterEach(async () => await server?.close());
	const answered = async (body: string) => {
		server = await startServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' }).end(body);
		});
		return (await get({ transcriptId: 'job-1' }, [{ json: {} }], { baseUrl: server.origin })).error;
	};

	it('is reported as invalid JSON, without its content', async () => {
		const error = await answered('{"id":"job-1","text":"secret words","status":');
		expect(error?.message).toBe('AssemblyAI sent invalid JSON');
		expect(error?.description).toContain('Try again later');
		expect(JSON.stringify(error)).not.toContain('secret words');
	});

	it('is reported as another format if it doesn’t even look like JSON', async () => {
		expect((await answered('<html>'))?.message).toBe('AssemblyAI sent a response that isn’t JSON');
	});

	it('is reported as invalid JSON if a required field is NaN', async () => {
		const error = await answered('{"id":NaN,"status":"completed","text":"Hello."}');
		expect(error?.message).toBe('AssemblyAI sent a response that this node can’t read');
		expect(error?.description).toContain('The response isn’t valid JSON, because it contains NaN or Infinity');
	});
});

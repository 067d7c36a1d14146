import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import { PROFILES } from '../e2e/profiles';
import { API_KEY, inFilesystem, inMemory, submit } from './harness';
import { RECORDING, samplesFolder } from './recording';

/** Tests every service with files that have no name or type, like those that Code nodes and some other nodes create. */

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
afterAll(async () => await sandbox.close());

const PROFILES_BY_NAME = PROFILES.filter(({ setUp }) => setUp === undefined).map((profile) => [profile.name, profile]);

it.each(PROFILES_BY_NAME as Array<[string, (typeof PROFILES)[number]]>)('are accepted: %s', async (_, profile) => {
	const { provider, credential } = profile;
	const nameless = { fileName: '', mimeType: null, fileExtension: undefined } as never;
	const items = [inMemory(RECORDING, nameless), await inFilesystem(RECORDING, nameless)];
	const setup = { baseUrl: sandbox.baseUrl(provider as ProviderName), credential };
	const { json, error } = await submit({ provider, callback: 'none' }, items, setup);
	expect(error).toBeUndefined();
	expect(json).toEqual([
		expect.objectContaining({ id: expect.any(String) }),
		expect.objectContaining({ id: expect.any(String) }),
	]);
});

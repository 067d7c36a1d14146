import { PROVIDERS } from '../../nodes/Transcription/providers';
import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import { API_KEY, type Setup } from './harness';
import { samplesFolder } from './recording';

/** The key of an account for which InstantTranscriber’s responses only contain links. */
/** All services in the registry. Each has a sandbox of the same name. */
export const SERVICES = PROVIDERS.map(({ name }) => name as ProviderName);

export const BARE_ACCOUNT_KEY = 'key-of-the-bare-account';
export const EMPTY_ACCOUNT_KEY = 'key-of-an-account-without-balance';

/**
 * A sandbox for the tests in a file, reset after each test. Jobs finish immediately.
 * @param name the service for `setup` and `asked`
 * @param credential additional credential fields in `setup`
 */
export function useSandbox(name: ProviderName = 'assemblyAi', credential: Setup['credential'] = {}) {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({
			port: 0,
			jobSeconds: 0,
			samplesFolder: samplesFolder(),
			accounts: {
				[name]: [
					{ name: 'main', apiKey: API_KEY, balance: 'ok' },
					{ name: 'bare', apiKey: BARE_ACCOUNT_KEY, balance: 'ok' },
					{ name: 'empty', apiKey: EMPTY_ACCOUNT_KEY, balance: 'exhausted' },
				],
			},
		});
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());

	return {
		get sandbox() {
			return sandbox;
		},
		setup: (more: Partial<Setup> = {}): Setup => ({ baseUrl: sandbox.baseUrl(name), credential, ...more }),
		/** The requests that reached the service, such as `POST /v2/upload`. */
		asked: (): string[] =>
			sandbox.requests
				.list()
				.map(
					({ method, path }) =>
						`${method} ${path.replace(new URL(sandbox.baseUrl(name)).pathname, '').replace(/[0-9a-f-]{36}/, ':id')}`,
				),
	};
}

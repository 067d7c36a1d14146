import { PROVIDERS } from '../../../nodes/Transcription/providers';
import { readOptions } from '../../../tools/live/options';
import { costOf } from '../../../tools/live/report';
import { SCENARIOS } from '../../../tools/live/scenarios';

it('has a scenario for every provider, with files that the provider offers', () => {
	expect(Object.keys(SCENARIOS).sort()).toEqual(PROVIDERS.map(({ name }) => name).sort());
	for (const { name, serviceFiles } of PROVIDERS) {
		const offered = serviceFiles?.formats.map(({ value }) => value) ?? [];
		expect(offered).toEqual(expect.arrayContaining([...SCENARIOS[name as keyof typeof SCENARIOS].files]));
	}
});

describe('Options of the live check', () => {
	it('checks all services whose key is set', () => {
		expect(readOptions([], { SONIOX_API_KEY: 'k', SPEECHMATICS_API_KEY: 'l' })).toMatchObject({
			accounts: [
				{ provider: { name: 'soniox' }, credential: { apiKey: 'k' } },
				{ provider: { name: 'speechmatics' }, credential: { apiKey: 'l' } },
			],
			fixtures: undefined,
			publicUrl: undefined,
		});
	});

	it('does nothing without a key', () => {
		expect(readOptions([], {})).toMatch(/^No API key is set/);
		expect(() => readOptions(['--provider', 'soniox'], { SPEECHMATICS_API_KEY: 'l' })).toThrow(
			/^SONIOX_API_KEY isn't set/,
		);
	});

	it('reads region and other fields of the credential', () => {
		const env = { SCRIPTIX_API_KEY: 'k', SCRIPTIX_SETTINGS: '{"apiGeneration":"stt"}' };
		expect(readOptions([], env)).toMatchObject({ accounts: [{ credential: { apiGeneration: 'stt', apiKey: 'k' } }] });
		expect(() => readOptions([], { SONIOX_API_KEY: 'k', SONIOX_REGION: 'moon' })).toThrow(/must be one of: /);
	});

	it('doesn’t repeat invalid settings, which may contain secrets', () => {
		const env = { SCRIPTIX_API_KEY: 'k', SCRIPTIX_SETTINGS: '{"webhookSecret":"hush"' };
		expect(() => readOptions([], env)).toThrow(/^SCRIPTIX_SETTINGS must be a JSON object/);
		expect(() => readOptions([], env)).not.toThrow(/hush/);
	});

	it('only accepts another API for one service', () => {
		const env = { SONIOX_API_KEY: 'k' };
		expect(() => readOptions(['--base-url', 'http://127.0.0.1:1'], env)).toThrow(/requires one --provider/);
		expect(readOptions(['--provider', 'soniox', '--base-url', 'http://127.0.0.1:1'], env)).toMatchObject({
			accounts: [{ credential: { region: 'custom', baseUrl: 'http://127.0.0.1:1' } }],
		});
	});

	it('rejects a PUBLIC_URL with a path and unknown options', () => {
		expect(() => readOptions([], { SONIOX_API_KEY: 'k', PUBLIC_URL: 'https://a.example/b' })).toThrow(/without a path/);
		expect(() => readOptions(['--fast'], {})).toThrow(/Usage: npm run test:live/);
	});

	it('states seconds and submits for every service', () => {
		expect(costOf(PROVIDERS, 2)).toEqual(
			PROVIDERS.map(({ displayName }) => expect.stringMatching(`^${displayName}: 2 submits, 3\\.2 s of audio`)),
		);
	});
});

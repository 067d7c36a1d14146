import fc from 'fast-check';
import { toConnection } from '../../../nodes/Transcription/http/connection';

const REGIONS = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.example.com' },
	{ name: 'European Union', value: 'eu', baseUrl: 'https://api.eu.example.com' },
];
const custom = (baseUrl: string) => toConnection({ apiKey: 'key', region: 'custom', baseUrl }, REGIONS);

describe('toConnection', () => {
	it.each([['us', 'https://api.example.com'], ['eu', 'https://api.eu.example.com']])('knows where %s is', (region, baseUrl) => {
		expect(toConnection({ apiKey: 'key', region }, REGIONS).baseUrl).toBe(baseUrl);
	});

	it('ignores a Base URL that was left behind when a region was chosen', () => {
		expect(toConnection({ apiKey: 'key', region: 'eu', baseUrl: 'http://old' }, REGIONS).baseUrl).toBe(
			'https://api.eu.example.com',
		);
	});

	it.each([
		['http://localhost:4010/assemblyai', 'http://localhost:4010/assemblyai'],
		['https://gateway.example.com/', 'https://gateway.example.com'],
		[' https://gateway.example.com/x// ', 'https://gateway.example.com/x'],
	])('takes the Base URL “%s” without slashes at its end', (given, baseUrl) => {
		expect(custom(given).baseUrl).toBe(baseUrl);
	});

	it.each(['', 'api.example.com', 'ftp://x', 'https://x/?a=b', 'https://x/#y', 'https://user:pw@x', 'https://:pw@x'])(
		'refuses the Base URL “%s” and shows one that would do',
		(baseUrl) => {
			expect(() => custom(baseUrl)).toThrow(
				expect.objectContaining({
					explanation: {
						message: expect.stringContaining('Base URL'),
						description: expect.stringContaining('https://api.example.com'),
					},
				}),
			);
		},
	);

	it('puts paths directly behind any Base URL that it accepts', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (given) => {
				let baseUrl: string;
				try {
					({ baseUrl } = custom(given));
				} catch {
					return;
				}
				expect(new URL(`${baseUrl}/v2/x`).pathname).toBe(`${new URL(given).pathname.replace(/\/+$/, '')}/v2/x`);
			}),
		);
	});

	it.each(['', '  ', undefined, null])('refuses the API key %p', (apiKey) => {
		expect(() => toConnection({ apiKey, region: 'us' }, REGIONS)).toThrow('The credential has no API key');
	});

	it('trims the API key, which is often pasted with a line break', () => {
		expect(toConnection({ apiKey: ' key\n', region: 'us' }, REGIONS).apiKey).toBe('key');
	});

	it('leaves secrets as they were entered', () => {
		const given = { apiKey: 'key', region: 'us', webhookSecret: ' a ', previousWebhookSecret: ' b ' };
		expect(toConnection(given, REGIONS)).toMatchObject({ webhookSecret: ' a ', previousWebhookSecret: ' b ' });
	});

	it('takes empty secrets for absent ones', () => {
		const { webhookSecret, previousWebhookSecret } = toConnection(
			{ apiKey: 'key', region: 'us', webhookSecret: '', previousWebhookSecret: '' },
			REGIONS,
		);
		expect([webhookSecret, previousWebhookSecret]).toEqual([undefined, undefined]);
	});
});

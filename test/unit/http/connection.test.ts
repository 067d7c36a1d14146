import fc from 'fast-check';
import { toConnection } from '../../../nodes/Transcription/http/connection';

const REGIONS = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.example.com' },
	{ name: 'European Union', value: 'eu', baseUrl: 'https://api.eu.example.com' },
];
const custom = (baseUrl: string) => toConnection({ apiKey: 'key', region: 'custom', baseUrl }, REGIONS);

describe('toConnection', () => {
	it.each([
		['us', 'https://api.example.com'],
		['eu', 'https://api.eu.example.com'],
	])('resolves the region %s', (region, baseUrl) => {
		expect(toConnection({ apiKey: 'key', region }, REGIONS).baseUrl).toBe(baseUrl);
	});

	it('ignores a leftover Base URL if a region is selected', () => {
		expect(toConnection({ apiKey: 'key', region: 'eu', baseUrl: 'http://old' }, REGIONS).baseUrl).toBe(
			'https://api.eu.example.com',
		);
	});

	it.each([
		['http://localhost:4010/assemblyai', 'http://localhost:4010/assemblyai'],
		['https://gateway.example.com/', 'https://gateway.example.com'],
		[' https://gateway.example.com/x// ', 'https://gateway.example.com/x'],
	])('accepts the Base URL “%s” and removes trailing slashes', (input, baseUrl) => {
		expect(custom(input).baseUrl).toBe(baseUrl);
	});

	it.each(['', 'api.example.com', 'ftp://x', 'https://x/?a=b', 'https://x/#y', 'https://user:pw@x', 'https://:pw@x'])(
		'rejects the Base URL “%s” and shows a valid example',
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

	it('allows appending a path to every Base URL that it accepts', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (input) => {
				let baseUrl: string;
				try {
					({ baseUrl } = custom(input));
				} catch {
					return;
				}
				expect(new URL(`${baseUrl}/v2/x`).pathname).toBe(`${new URL(input).pathname.replace(/\/+$/, '')}/v2/x`);
			}),
		);
	});

	it.each(['', '  ', undefined, null])('rejects the API key %p', (apiKey) => {
		expect(() => toConnection({ apiKey, region: 'us' }, REGIONS)).toThrow('The credential has no API key');
	});

	it('trims the API key, which is often pasted with a line break', () => {
		expect(toConnection({ apiKey: ' key\n', region: 'us' }, REGIONS).apiKey).toBe('key');
	});

	it('doesn’t trim secrets', () => {
		const credential = { apiKey: 'key', region: 'us', webhookSecret: ' a ', previousWebhookSecret: ' b ' };
		expect(toConnection(credential, REGIONS)).toMatchObject({ webhookSecret: ' a ', previousWebhookSecret: ' b ' });
	});

	it('treats empty secrets as absent', () => {
		const { webhookSecret, previousWebhookSecret } = toConnection(
			{ apiKey: 'key', region: 'us', webhookSecret: '', previousWebhookSecret: '' },
			REGIONS,
		);
		expect([webhookSecret, previousWebhookSecret]).toEqual([undefined, undefined]);
	});
});

import { ElevenLabsTranscriptionApi } from '../../credentials/ElevenLabsTranscriptionApi.credentials';
import { useElevenLabs, KEY, RESTRICTED_KEY } from './elevenLabsService';
import { testedByNewerN8n, testedCredential } from './credentialTester';
import type { Setup } from './harness';
import { sendJson, startServer } from './localServer';

const service = useElevenLabs();

const KEY_ID = 'c0ffee00'.repeat(8);
const current = (type: string, code: string) => ({
	detail: { type, code, message: 'x', status: code, request_id: 'r-1', param: null },
});

const VERSIONS = [
	[
		'ignores all statuses',
		async (setup: Setup) => await testedCredential(new ElevenLabsTranscriptionApi(), 'elevenLabs', setup),
	],
	['can ignore one status', async (setup: Setup) => await testedByNewerN8n(new ElevenLabsTranscriptionApi(), setup)],
] as const;

/** Returns the credential test's result for this response from the service. */
async function testedAgainst(tested: (typeof VERSIONS)[number][1], status: number, body: unknown) {
	const server = await startServer((_request, response) => sendJson(response, status, body));
	const message = await tested({ baseUrl: server.origin, credential: { apiKey: KEY } });
	await server.close();
	return message;
}

describe.each(VERSIONS)('ElevenLabs credential test in an n8n version that %s', (_version, tested) => {
	it.each([
		['a key', KEY],
		['a key that can’t change webhooks', RESTRICTED_KEY],
	])('passes for %s although the transcript doesn’t exist', async (_what, apiKey) => {
		expect(await tested(service.setup({ apiKey }))).toBeUndefined();
		expect(service.sandbox.requests.list().map(({ status, authorized }) => [status, authorized])).toEqual([
			[404, true],
		]);
	});

	it('passes for “not found” in the newer format', async () => {
		expect(await testedAgainst(tested, 404, current('not_found', 'transcript_not_found'))).toBeUndefined();
	});

	it.each([
		['a wrong key', 'wrong'],
		['a wrong key that the service rejects with status 400', 'sk_wrong'],
	])('fails for %s', async (_what, apiKey) => {
		expect(await tested(service.setup({ apiKey }))).toMatch(/didn’t accept the API key.*sk_/);
	});

	it('fails for the ID of a key', async () => {
		expect(await tested(service.setup({ apiKey: KEY_ID }))).toContain('sk_');
	});

	it.each<[number, unknown]>([
		[200, '<html>Log in</html>'],
		[302, ''],
		[400, current('authentication_error', 'invalid_api_key')],
		[400, current('validation_error', 'invalid_parameters')],
		[401, { detail: { status: 'unauthorized', message: 'x' } }],
		[401, { detail: { status: 'detected_unusual_activity', message: 'x' } }],
		[401, current('authentication_error', 'a_new_code')],
		[401, current('authentication_error', 'missing_permissions')],
		[402, current('payment_required', 'insufficient_credits')],
		[403, current('authorization_error', 'insufficient_permissions')],
		[404, { error: 'not found' }],
		[404, '<html>Not found</html>'],
		[422, { detail: [{ loc: ['path'], msg: 'x', type: 'value_error' }] }],
		[429, { detail: { status: 'rate_limit_exceeded', message: 'x' } }],
		[429, current('rate_limit_error', 'a_new_code')],
		[500, current('internal_error', 'a_new_code')],
		[503, { detail: { status: 'system_busy', message: 'x' } }],
		[503, { detail: 'Service unavailable' }],
	])('fails for %d %j', async (status, body) => {
		expect(await testedAgainst(tested, status, body)).toEqual(expect.any(String));
	});

	it.each([
		[404, { error: 'not found' }],
		[200, '<html>Log in</html>'],
	])('explains %d %j, which isn’t from ElevenLabs', async (status, body) => {
		expect(await testedAgainst(tested, status, body)).toContain('isn’t from ElevenLabs');
	});

	it.each([
		{ detail: { status: 'missing_permissions', message: 'x' } },
		current('authentication_error', 'missing_permissions'),
	])('explains %j', async (body) => {
		expect(await testedAgainst(tested, 401, body)).toContain('Speech to Text permission');
	});
});

describe('ElevenLabs credential test in an n8n version that ignores all statuses', () => {
	const [[, tested]] = VERSIONS;

	it('explains the ID of a key', async () => {
		expect(await tested(service.setup({ apiKey: KEY_ID }))).toContain('the ID of a key, not the key');
	});

	it.each<[string, number, unknown, string]>([
		[
			'a key without access to speech to text',
			401,
			{ detail: { status: 'missing_permissions', message: 'x' } },
			'doesn’t have the Speech to Text permission',
		],
		[
			'such a key in the newer format',
			401,
			current('authentication_error', 'missing_permissions'),
			'doesn’t have the Speech to Text permission',
		],
		['a wrong key in the newer format', 401, current('x', 'invalid_api_key'), 'didn’t accept'],
		['a service that is down', 503, { detail: 'Service unavailable' }, 'isn’t from ElevenLabs'],
	])('explains %s', async (_what, status, body, message) => {
		expect(await testedAgainst(tested, status, body)).toContain(message);
	});
});

describe('ElevenLabs credential test in an n8n version that can ignore one status', () => {
	const [, [, tested]] = VERSIONS;

	it.each([200, 201, 301, 400, 401, 402, 403, 405, 408, 409, 418, 422, 425, 429, 500, 502, 503, 504, 520])(
		'fails for status %d, whatever the body',
		async (status) => {
			const body = { detail: { status: 'not_found_error', message: 'Transcript not found.' } };
			expect(await testedAgainst(tested, status, body)).toEqual(expect.any(String));
		},
	);
});

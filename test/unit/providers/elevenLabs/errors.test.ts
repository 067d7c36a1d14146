import { errorTextOf } from '../../../../nodes/Transcription/http/errorText';
import { ServiceError } from '../../../../nodes/Transcription/http/errors';
import { explain, lacksPermission } from '../../../../nodes/Transcription/providers/elevenLabs/errors';

const SUBMIT = '/v1/speech-to-text';
const WEBHOOKS = '/v1/workspace/webhooks';
const TRANSCRIPT = '/v1/speech-to-text/transcripts/tr-1';
/** A response in the current format, as recorded in August 2026. */
const current = (code: string, message: string, more: object = {}) => ({
	detail: { type: 'authentication_error', code, message, status: code, request_id: 'r-4711', param: null, ...more },
});
const legacy = (status: string, message: string) => ({ detail: { status, message } });
const newer = (code: string, message: string) => ({
	detail: { type: 'some_error', code, message, param: null, request_id: 'r1', status: code },
});

describe('ElevenLabs errors', () => {
	it.each<[number, object, string, string]>([
		[401, legacy('invalid_api_key', 'Invalid API key'), SUBMIT, 'didn’t accept the API key'],
		[401, newer('invalid_api_key', 'Invalid API key'), SUBMIT, 'didn’t accept the API key'],
		[
			401,
			legacy('missing_permissions', 'The API key you used is missing the permission speech_to_text'),
			SUBMIT,
			'doesn’t have the Speech to Text permission',
		],
		[401, newer('missing_permissions', 'Missing webhooks_read'), WEBHOOKS, 'doesn’t have the Webhooks permission'],
		[403, newer('insufficient_permissions', 'No.'), WEBHOOKS, 'doesn’t have the Webhooks permission'],
		[401, legacy('quota_exceeded', 'This request exceeds your quota.'), SUBMIT, 'credits'],
		[402, newer('insufficient_credits', 'Top up.'), SUBMIT, 'credits'],
		[
			404,
			legacy('not_found_error', 'Transcript not found.'),
			'/v1/speech-to-text/transcripts/tr-1',
			'no transcript with the ID “tr-1”',
		],
		[429, newer('concurrent_limit_exceeded', 'Slow down.'), SUBMIT, 'limit of concurrent transcriptions'],
		[429, legacy('too_many_concurrent_requests', 'Slow down.'), SUBMIT, 'limit of concurrent transcriptions'],
		[429, legacy('system_busy', 'We are busy.'), SUBMIT, 'too busy'],
		[400, legacy('no_webhooks', 'No webhook is configured'), SUBMIT, 'no matching webhook'],
		[
			422,
			{ detail: [{ loc: ['body', 'webhook_id'], msg: 'Unknown webhook', type: 'value_error' }] },
			SUBMIT,
			'no matching webhook',
		],
		[
			422,
			{ detail: [{ loc: ['body', 'settings', 'webhook_url'], msg: 'must be https', type: 'value_error' }] },
			WEBHOOKS,
			'didn’t accept the trigger’s URL',
		],
	])('explains and quotes %d %j', (status, body, path, message) => {
		const detail = errorTextOf(body);
		const explanation = explain(status, detail, path, body);
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(detail);
	});

	it.each([
		[429, 'Too many requests (rate_limit_exceeded)', SUBMIT],
		[422, 'body.num_speakers: too large (value_error)', SUBMIT],
		[404, 'not found', WEBHOOKS],
		[500, 'webhook trouble', SUBMIT],
	])('leaves %d “%s” to the general explanation', (status, detail, path) => {
		expect(explain(status, detail, path)).toBeUndefined();
	});
});

describe('Wrong ElevenLabs key', () => {
	const keyId = current('invalid_api_key', 'API key ID used as API key - only valid API keys can be used.', {
		status: 'api_key_id_used_as_api_key',
	});
	const explained = (status: number, body: object, path: string) => explain(status, errorTextOf(body), path, body);

	it.each<[number, string, object]>([
		[400, 'invalid_api_key', current('invalid_api_key', 'Invalid API key')],
		[401, 'invalid_api_key', current('invalid_api_key', 'Invalid API key')],
		[401, 'unauthorized', legacy('unauthorized', 'Unauthorized')],
		[401, 'no code', { detail: 'Unauthorized' }],
		[400, 'only a type', { detail: { type: 'authentication_error', message: 'No.' } }],
		[401, 'needs_authorization', legacy('needs_authorization', 'No key received.')],
	])('is recognized in a response with status %d and %s', (status, _code, body) => {
		for (const path of [SUBMIT, WEBHOOKS, TRANSCRIPT]) {
			const explanation = explained(status, body, path);
			expect(explanation?.message).toBe('ElevenLabs didn’t accept the API key');
			expect(explanation?.description).toContain('sk_');
			expect(new ServiceError(explanation ?? { message: '', description: '' }, status).isAccountRefused).toBe(true);
		}
	});

	it.each([
		[400, keyId],
		[401, legacy('api_key_id_used_as_api_key', 'API key ID used as API key')],
	])('is recognized as the ID of a key with status %d', (status, body) => {
		for (const path of [SUBMIT, WEBHOOKS, TRANSCRIPT]) {
			expect(explained(status, body, path)).toMatchObject({
				message: 'The API Key in the credential is the ID of a key, not the key',
				description: expect.stringContaining('sk_'),
			});
		}
	});

	it.each([400, 401, 403])('isn’t confused with a missing permission with status %d', (status) => {
		const body = current('missing_permissions', 'The API key you used is missing the permission webhooks_write');
		expect(explained(status, body, WEBHOOKS)?.message).toContain('doesn’t have the Webhooks permission');
		expect(explained(status, body, SUBMIT)?.message).toContain('doesn’t have the Speech to Text permission');
	});

	it('isn’t suspected because a message mentions authorization', () => {
		const body = {
			detail: { type: 'validation_error', code: 'invalid_url', message: 'The source responded: unauthorized' },
		};
		expect(explained(400, body, SUBMIT)).toBeUndefined();
	});

	it('quotes the message, the code, the field, and the request ID', () => {
		const body = current('missing_permissions', 'No access.', { param: 'webhook_id' });
		expect(explained(401, body, SUBMIT)?.description).toContain(
			'ElevenLabs says: webhook_id: No access. (missing_permissions, request ID r-4711)',
		);
	});
});

describe('lacksPermission', () => {
	const check = (status: number, detail: string) => {
		const explanation = explain(status, detail, WEBHOOKS) ?? { message: '', description: '' };
		return lacksPermission(new ServiceError(explanation, status));
	};

	it.each([
		[401, '(missing_permissions)', true],
		[403, 'Forbidden', true],
		[401, '(invalid_api_key)', false],
		[401, '(quota_exceeded)', false],
		[500, '(missing_permissions)', false],
	])('for %d %s is %p', (status, detail, expected) => {
		expect(check(status, detail)).toBe(expected);
	});

	it('is false for other exceptions', () => {
		expect(lacksPermission(new Error('missing_permissions'))).toBe(false);
	});
});

import { errorTextOf } from '../../../../nodes/Transcription/http/errorText';
import { ServiceError } from '../../../../nodes/Transcription/http/errors';
import { explain, lacksPermission } from '../../../../nodes/Transcription/providers/elevenLabs/errors';

const SUBMIT = '/v1/speech-to-text';
const WEBHOOKS = '/v1/workspace/webhooks';
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
		const explanation = explain(status, detail, path);
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

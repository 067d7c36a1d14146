import fc from 'fast-check';
import { errorTextOf } from '../../../nodes/Transcription/http/errorText';

describe('errorTextOf', () => {
	it('reads the message near the top of a deeply nested response', () => {
		const deep = JSON.parse(`${'{"error":['.repeat(100_000)}"deep"${']}'.repeat(100_000)}`) as object;
		expect(errorTextOf({ message: 'Too deep.', detail: deep })).toBe('Too deep.');
	});

	it('reads the first messages of a long list', () => {
		expect(errorTextOf({ errors: Array.from({ length: 1_000_000 }, (_, i) => `no ${i}`) })).toMatch(/^no 0; no 1; /);
	});

	it.each<[string, unknown, string]>([
		['AssemblyAI', { error: 'format_text must be a Boolean' }, 'format_text must be a Boolean'],
		['AssemblyAI with its status', { error: 'audio_url not found', status: 'error' }, 'audio_url not found'],
		[
			'Rev AI',
			{ type: 'https://www.rev.ai/api/v1/errors/job-not-found', title: 'could not find job', status: 404 },
			'could not find job',
		],
		[
			'Soniox',
			{
				status_code: 404,
				error_type: 'transcription_not_found',
				message: 'No such job.',
				validation_errors: [],
				request_id: 'r-1',
			},
			'No such job. (transcription_not_found, request ID r-1)',
		],
		[
			'Soniox with field errors',
			{
				status_code: 400,
				error_type: 'invalid_request',
				message: 'Invalid request.',
				validation_errors: [
					{ error_type: 'missing', location: 'body.model', message: 'Field required' },
					{ error_type: 'too_long', location: 'body.webhook_url', message: 'At most 256 characters' },
				],
				request_id: 'r-1',
			},
			'Invalid request. body.model: Field required (missing); body.webhook_url: At most 256 characters (too_long) (invalid_request, request ID r-1)',
		],
		[
			'ElevenLabs',
			{ detail: { status: 'quota_exceeded', message: 'This exceeds your quota.' } },
			'This exceeds your quota. (quota_exceeded)',
		],
		[
			'ElevenLabs with field errors',
			{ detail: [{ type: 'missing', loc: ['body', 'model_id'], msg: 'Field required', input: null }] },
			'body.model_id: Field required (missing)',
		],
		[
			'ElevenLabs with an error in a list',
			{ detail: [{ type: 'string_type', loc: ['body', 'keyterms', 0], msg: 'Input should be a string' }] },
			'body.keyterms.0: Input should be a string (string_type)',
		],
		[
			'ElevenLabs in its newer format',
			{
				detail: {
					type: 'validation_error',
					code: 'invalid_parameters',
					message: 'num_speakers is too large.',
					param: 'num_speakers',
					request_id: 'r-1',
					status: 'invalid_parameters',
				},
			},
			'num_speakers: num_speakers is too large. (invalid_parameters, request ID r-1)',
		],
		[
			'Scriptix',
			{ error: { code: 'INVALID_LANGUAGE', message: 'Language is not available.', details: 'Use one of nl, en.' } },
			'Language is not available. Use one of nl, en. (INVALID_LANGUAGE)',
		],
		[
			'Scriptix in its short format',
			{ error: 'Unauthorized', message: 'The token has expired.' },
			'The token has expired. Unauthorized',
		],
		[
			'Scriptix with details as an object',
			{ error: { code: 'VALIDATION', message: 'The request is not valid', details: { language: ['is unknown'] } } },
			'The request is not valid; {"language":["is unknown"]} (VALIDATION)',
		],
		['a list of strings', { errors: ['one', 'two'] }, 'one; two'],
		['a repeated message', { message: 'Not found', error: 'Not found' }, 'Not found'],
		[
			'a code that the message already contains',
			{ detail: { status: 'quota_exceeded', message: 'quota_exceeded: wait.' } },
			'quota_exceeded: wait.',
		],
		['plain text', 'Upload failed, please try again.', 'Upload failed, please try again.'],
		['unknown fields', { reason: 'full' }, '{"reason":"full"}'],
	])('finds the message: %s', (_service, body, text) => {
		expect(errorTextOf(body)).toBe(text);
	});

	it.each<[string, unknown]>([
		['an HTML page', '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>'],
		['an HTML page after a blank line', '\n  <html></html>'],
		['an empty string', ''],
		['undefined', undefined],
		['null', null],
		['an empty object', {}],
		['an empty list', []],
		['a number', 7],
	])('returns an empty string for %s', (_what, body) => {
		expect(errorTextOf(body)).toBe('');
	});

	it.each(['x', [{ msg: 'x' }], { detail: 'x' }])('truncates the message to 500 characters', (shape) => {
		const long = JSON.parse(JSON.stringify(shape).replace('"x"', `"${'x'.repeat(2000)}"`)) as unknown;
		expect(errorTextOf(long)).toBe('x'.repeat(500));
	});

	it('returns a string for any JSON value', () => {
		fc.assert(fc.property(fc.jsonValue(), (body) => expect(typeof errorTextOf(body)).toBe('string')));
	});
});

import { explain } from '../../../../nodes/Transcription/providers/soniox/errors';
import { errorTextOf } from '../../../../nodes/Transcription/http/errorText';

const ID = '73d4357d-cad2-4338-a60d-ec6f2044f721';
const JOB = `/v1/transcriptions/${ID}`;

/** Explains a response with the detail that the node reads from its body. */
function explained(status: number, type: string, message: string, path: string, validation: object[] = []) {
	const body = { status_code: status, error_type: type, message, validation_errors: validation, request_id: 'r-1' };
	return explain(status, errorTextOf(body), path);
}
const INVALID =
	'Your request did not pass validation. One or more fields in the request body are missing or have invalid values. See `validation_errors` for the specific field and retry with corrected values.';
const invalid = (location: string, message: string, path = '/v1/transcriptions') =>
	explained(400, 'invalid_request', INVALID, path, [{ error_type: 'value_error', location, message }]);

describe('Soniox errors', () => {
	it.each([
		[
			'a wrong key',
			[401, 'unauthenticated', 'Incorrect API key provided.', '/v1/models'],
			'didn’t accept the API key',
			'region',
		],
		[
			'an empty balance',
			[402, 'organization_balance_exhausted', 'Organization balance exhausted.', '/v1/transcriptions'],
			'Soniox account is out of funds',
			'autopay',
		],
		[
			'the budget of the organization',
			[402, 'organization_monthly_budget_exhausted', 'Reached.', '/v1/transcriptions'],
			'monthly budget of the Soniox organization',
			'organization',
		],
		[
			'the budget of the project',
			[402, 'project_monthly_budget_exhausted', 'Reached.', '/v1/transcriptions'],
			'monthly budget of the Soniox project',
			'project',
		],
		[
			'a key without permission',
			[403, 'permission_denied', 'No.', '/v1/files'],
			'doesn’t allow this API key',
			'permissions',
		],
		['an unknown transcription', [404, 'transcription_not_found', 'None.', JOB], ID, 'region'],
		[
			'a transcript of an unknown transcription',
			[404, 'transcription_not_found', 'None.', `${JOB}/transcript`],
			ID,
			'Transcript ID',
		],
		[
			'deleting a job in progress',
			[409, 'transcription_invalid_state', 'It is currently being processed.', JOB],
			'can’t be deleted yet',
			'once it has finished',
		],
		[
			'a transcript that is not ready',
			[409, 'transcription_invalid_state', 'The transcript is not ready yet.', `${JOB}/transcript`],
			'right now',
			'try again',
		],
		[
			'too many stored files',
			[
				429,
				'limit_exceeded',
				'Total file count limit has been exceeded for your organization. Please delete some.',
				'/v1/files',
			],
			'limit of stored files',
			'Delete After Fetching',
		],
		[
			'too many stored bytes',
			[429, 'limit_exceeded', 'Total file size limit has been exceeded for your organization.', '/v1/files'],
			'limit of stored files',
			'10 GB',
		],
		[
			'too many stored transcriptions',
			[
				429,
				'limit_exceeded',
				'Total transcription count limit for your organization has been exceeded. Please delete some.',
				'/v1/transcriptions',
			],
			'limit of stored transcriptions',
			'Delete After Fetching',
		],
		[
			'too many pending transcriptions',
			[429, 'limit_exceeded', 'Pending transcription count limit has been exceeded.', '/v1/transcriptions'],
			'too many pending transcriptions',
			'fewer recordings at a time',
		],
	] as const)('explains and quotes %s', (_what, [status, type, detail, path], message, description) => {
		const explanation = explained(status, type, detail, path);
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(description);
		expect(explanation?.description).toContain(detail);
	});

	it.each([
		['body.payload.model', 'Invalid model', '“Model”'],
		['body.payload.language_hints.0', 'String should have at most 10 characters', '“Language”'],
		['body.payload.language_hints_strict', 'Not supported by the model', '“Language Hints Strict”'],
		['body.payload.translation.target_language', 'Unknown', '“Translation”'],
		['body.payload.context', 'Too long', 'Keyterms'],
		['body.payload.new_field', 'Extra inputs are not permitted', '“new_field”'],
		['body.model', 'Field required', '“Model”'],
	])('names the option for an error at %s', (location, message, name) => {
		expect(invalid(location, message)?.message).toContain(name);
		expect(invalid(location, message)?.description).toContain(message);
	});

	it('explains a rejected callback URL', () => {
		expect(invalid('body.payload.webhook_url', 'String should have at most 256 characters')?.message).toContain(
			'callback URL',
		);
	});

	it('explains status 400 for a file that is too large', () => {
		expect(invalid('file.file', 'File exceeds the maximum size', '/v1/files')?.message).toContain(
			'larger than Soniox accepts',
		);
	});
});

describe('isNotFound', () => {
	it('is set if the transcript is no longer available', () => {
		const explanation = explained(
			409,
			'transcription_invalid_state',
			'The transcript is no longer available.',
			`${JOB}/transcript`,
		);
		expect(explanation).toMatchObject({ isNotFound: true, message: expect.stringContaining(ID) });
	});

	it('isn’t set if the transcript isn’t ready', () => {
		const explanation = explained(
			409,
			'transcription_invalid_state',
			'The transcript is not ready yet.',
			`${JOB}/transcript`,
		);
		expect(explanation).not.toHaveProperty('isNotFound');
	});
});

describe('General explanation', () => {
	it.each([
		[
			'too many requests',
			429,
			'Requests per minute limit for async transcription has been exceeded for your organization. (limit_exceeded)',
			'/v1/transcriptions',
		],
		[
			'too many reads',
			429,
			'Requests per minute limit for async transcription has been exceeded for your organization. (limit_exceeded)',
			JOB,
		],
		['a busy gateway', 429, '', '/v1/files'],
		['an unknown path', 404, '', '/v1/transcriptions'],
		['an error without a message', 400, '', '/v1/transcriptions'],
		['a large body', 413, '', '/v1/files'],
		['a server error', 500, 'The server encountered an error.', JOB],
	])('is used for %s', (_what, status, detail, path) => {
		expect(explain(status, detail, path)).toBeUndefined();
	});
});

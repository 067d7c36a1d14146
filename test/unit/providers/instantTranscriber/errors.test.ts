import { explain } from '../../../../nodes/Transcription/providers/instantTranscriber/errors';

const SUBMIT = '/v1/transcriptions';

describe('what InstantTranscriber refuses', () => {
	it.each([
		[401, 'API key', 'it_live_'],
		[402, 'hours left', 'quota'],
		[403, 'does not allow', 'plan'],
		[409, 'state', 'Try again'],
		[413, 'larger', '50 MiB'],
		[415, 'kind of file', 'File Field Name'],
		[400, 'refused the request (status 400)', 'File Field Name'],
		[422, 'refused the request (status 422)', 'File Field Name'],
		[429, 'too many', 'ten jobs'],
	])('is explained for %d, with its own words', (status, message, help) => {
		const explanation = explain(status, 'its own words', SUBMIT);
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(help);
		expect(explanation?.description).toContain('its own words');
	});

	it.each([404, 410])('is explained for an unknown ID (%d), which it names, as gone', (status) => {
		const explanation = explain(status, '', `${SUBMIT}/job-1`);
		expect(explanation?.message).toBe('InstantTranscriber has no transcript with the ID “job-1”');
		expect(explanation?.isNotFound).toBe(true);
	});

	it('is explained for an API that is not there, which says nothing about a job', () => {
		const explanation = explain(404, '', SUBMIT);
		expect(explanation?.description).toContain('without “/v1”');
		expect(explanation?.isNotFound).toBe(false);
	});

	it('is explained for a download link that is no longer good, which says nothing about the job', () => {
		expect(explain(404, '', '')).toMatchObject({ message: expect.stringContaining('the file'), isNotFound: false });
	});

	it.each([300, 418, 500, 503])('is left to the general explanation for %d', (status) => {
		expect(explain(status, 'words', SUBMIT)).toBeUndefined();
	});
});

import { explain } from '../../../../nodes/Transcription/providers/instantTranscriber/errors';

const SUBMIT = '/v1/transcriptions';

describe('InstantTranscriber errors', () => {
	it.each([
		[401, 'API key', 'it_live_'],
		[402, 'hours left', 'quota'],
		[403, 'doesn’t allow', 'plan'],
		[409, 'state', 'Try again'],
		[413, 'larger', '50 MiB'],
		[415, 'kind of file', 'File Field Name'],
		[400, 'rejected the request (status 400)', 'File Field Name'],
		[422, 'rejected the request (status 422)', 'File Field Name'],
		[429, 'too many', 'ten jobs'],
	])('explains and quotes %d', (status, message, help) => {
		const explanation = explain(status, 'its own words', SUBMIT);
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(help);
		expect(explanation?.description).toContain('its own words');
	});

	it.each([404, 410])('names an unknown ID (%d) and marks it as not found', (status) => {
		const explanation = explain(status, '', `${SUBMIT}/job-1`);
		expect(explanation?.message).toBe('InstantTranscriber has no transcript with the ID “job-1”');
		expect(explanation?.isNotFound).toBe(true);
	});

	it('explains a missing API, without marking a job as not found', () => {
		const explanation = explain(404, '', SUBMIT);
		expect(explanation?.description).toContain('without “/v1”');
		expect(explanation?.isNotFound).toBe(false);
	});

	it('explains an expired download link, without marking the job as not found', () => {
		expect(explain(404, '', '')).toMatchObject({
			message: expect.stringContaining('download link'),
			isNotFound: false,
		});
	});

	it.each([300, 418, 500, 503])('leaves %d to the general explanation', (status) => {
		expect(explain(status, 'words', SUBMIT)).toBeUndefined();
	});
});

import { explain } from '../../../../nodes/Transcription/providers/revAi/errors';

const JOBS = '/speechtotext/v1/jobs';

describe('Rev AI errors', () => {
	it.each([`${JOBS}/job-1`, `${JOBS}/job-1/transcript`])('name the ID and are marked as not found: %s', (path) => {
		const explanation = explain(404, 'could not find job', path);
		expect(explanation).toMatchObject({ message: expect.stringContaining('“job-1”'), isNotFound: true });
		expect(explanation?.description).toContain('Rev AI says: could not find job');
	});

	it('don’t mistake something else in a submit for a missing transcript', () => {
		const explanation = explain(404, 'could not find custom vocabulary', JOBS);
		expect(explanation?.isNotFound).toBeUndefined();
		expect(explanation?.description).toContain('“Custom Vocabulary ID”');
	});

	it('suggest another region for an account that isn’t allowed', () => {
		expect(explain(403, '', JOBS)?.description).toContain('“Region”');
	});

	it('explain the state of a job', () => {
		expect(explain(409, 'Job is in invalid state', `${JOBS}/job-1`)?.message).toContain('“job-1”');
	});

	it.each(['parameters', 'parameter'])('name the invalid fields in “%s”', (name) => {
		const body = { title: 'Invalid', [name]: { language: ['not supported'], metadata: 'too long' } };
		expect(explain(400, 'Invalid', JOBS, body)?.description).toContain(
			'Rev AI says: Invalid; language: not supported; metadata: too long',
		);
	});

	it.each([
		[401, JOBS],
		[406, `${JOBS}/job-1/transcript`],
		[409, JOBS],
		[429, JOBS],
	])('leave %d at %s to the general explanation', (status, path) => {
		expect(explain(status, '', path)).toBeUndefined();
	});
});

import { explain } from '../../../../nodes/Transcription/providers/speechmatics/errors';

describe('Speechmatics errors', () => {
	it.each([
		[404, 'Job not found', '/v2/jobs/job-1'],
		[410, 'Job Expired', '/v2/jobs/job-1'],
		[410, 'File deleted from the storage; File Expired', '/v2/jobs/job-1/transcript'],
	])('names the ID for %d “%s” and marks it as not found', (status, detail, path) => {
		const explanation = explain(status, detail, path);
		expect(explanation).toMatchObject({ message: expect.stringContaining('“job-1”'), isNotFound: true });
		expect(explanation?.description).toContain(detail);
	});

	it('explains a key without permission', () => {
		expect(explain(403, 'Entitlement check failed; Forbidden', '/v2/jobs')?.description).toContain(
			'Entitlement check failed',
		);
	});

	it.each([
		[400, 'Job config JSON is invalid; Job rejected', '/v2/jobs'],
		[401, '', '/v2/jobs'],
		[404, 'Not found', '/v2/jobs'],
		[410, 'Requested Early Access Release not available', '/v2/jobs'],
		[423, 'Resource Locked', '/v2/jobs/job-1'],
	])('leaves %d “%s” at %s to the general explanation', (status, detail, path) => {
		expect(explain(status, detail, path)).toBeUndefined();
	});
});

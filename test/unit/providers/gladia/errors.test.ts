import { explain } from '../../../../nodes/Transcription/providers/gladia/errors';

const JOBS = '/v2/pre-recorded';

describe('Gladia errors', () => {
	it('name the ID, and zero data retention as a possible reason', () => {
		const explanation = explain(404, 'Pre recorded job not found', `${JOBS}/job-1`);
		expect(explanation).toMatchObject({ message: expect.stringContaining('“job-1”'), isNotFound: true });
		expect(explanation?.description).toMatch(/zero data retention.*Gladia says: Pre recorded job not found/);
	});

	it.each([
		[`${JOBS}/job-1`, 'only be deleted after it has ended'],
		['/v2/upload', 'can’t upload files'],
		[JOBS, 'your plan includes'],
	])('explain status 403 at %s', (path, expected) => {
		expect(explain(403, 'x', path)?.description).toContain(expected);
	});

	it.each([
		[400, JOBS],
		[401, JOBS],
		[404, JOBS],
		[429, `${JOBS}/job-1`],
	])('leave %d at %s to the general explanation', (status, path) => {
		expect(explain(status, '', path)).toBeUndefined();
	});
});

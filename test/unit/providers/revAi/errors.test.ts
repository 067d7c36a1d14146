import { errorTextOf } from '../../../../nodes/Transcription/http/errorText';
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

	it.each<[string, object, string]>([
		[
			'the current and the allowed values',
			{ title: 'Invalid', current_value: 'xx', allowed_values: ['en', 'es'] },
			'Rev AI says: Invalid. The value is “xx”. Allowed: en, es.',
		],
		['only the allowed values', { title: 'Invalid', allowed_values: [1, 2] }, 'Rev AI says: Invalid. Allowed: 1, 2.'],
		[
			'only the reasons by field, once',
			{ parameters: { metadata: ['too long', 'invalid'] } },
			'Rev AI says: metadata: too long, invalid',
		],
		[
			'a reason that is an object',
			{ title: 'Invalid', parameters: { media: { code: 7 } } },
			'Rev AI says: Invalid; media: {"code":7}',
		],
		['only values', { current_value: 'failed', allowed_values: [] }, 'Rev AI says: The value is “failed”.'],
		[
			'values without a meaning',
			{ title: 'Invalid', current_value: null, allowed_values: 'x' },
			'Rev AI says: Invalid',
		],
	])('quote %s', (_what, body, quote) => {
		expect(explain(400, errorTextOf(body), JOBS, body)?.description).toBe(
			`Check the parameters of this node. ${quote}`,
		);
	});

	it('quote the state of a job and the states that are required', () => {
		const detail = 'Job is in invalid state to obtain the transcript';
		const body = {
			title: 'Job is in invalid state',
			detail,
			current_value: 'in_progress',
			allowed_values: ['transcribed'],
		};
		expect(explain(409, errorTextOf(body), `${JOBS}/job-1/transcript`, body)?.description).toMatch(
			/The value is “in_progress”\. Allowed: transcribed\.$/,
		);
	});

	it('shorten long lists', () => {
		const body = { title: 'Invalid', allowed_values: Array(500).fill('en-us') };
		expect(explain(400, 'Invalid', JOBS, body)?.description.length).toBeLessThan(700);
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

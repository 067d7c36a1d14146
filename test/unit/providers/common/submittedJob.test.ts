import { submittedJob } from '../../../../nodes/Transcription/providers/common/submittedJob';
import type { JobStatus } from '../../../../nodes/Transcription/transcript/model';

const STATUSES = new Map<string, JobStatus>([['done', 'completed']]);
const job = (response: unknown, idPaths = ['id', 'data.id', 'job_id', 'data.job_id', 'result.id']) =>
	submittedJob('Example Speech', response, idPaths, (status) => STATUSES.get(status) ?? 'processing');

describe('Job in the response to a submit', () => {
	it.each<[string, unknown]>([
		['at the top level', { id: 'j-1' }],
		['under a second name', { job_id: 'j-1' }],
		['inside “result”', { result: { id: 'j-1' } }],
		['inside “data”', { data: { job_id: 'j-1' } }],
		['in truncated JSON', '{"id":"j-1","status":"que'],
		['in JSON with spaces', '{ "id" : "j-1" '],
		['next to an ID of another type', { id: true, job_id: 'j-1' }],
		['after a warning', '<b class="warning">Deprecated</b> {"id":"j-1"}'],
		['after an error in truncated JSON', '{"error":{"id":"err-1"},"id":"j-1","stat'],
	])('is found %s', (_where, response) => {
		expect(job(response)).toEqual({ id: 'j-1', status: 'queued' });
	});

	it.each<[string, unknown]>([
		['parsed', { id: 123456789 }],
		['in truncated JSON', '{"id":123456789,"stat'],
	])('is found as a number: %s', (_where, response) => {
		expect(job(response).id).toBe('123456789');
	});

	it('is read from the most reliable field', () => {
		expect(job({ job_id: 'second', data: { id: 'first' } }).id).toBe('first');
		expect(job({ id: 'first', job_id: 'second' }).id).toBe('first');
	});

	it.each<[unknown, JobStatus]>([
		[{ id: 'j-1', status: 'done' }, 'completed'],
		[{ result: { id: 'j-1', status: 'done' } }, 'completed'],
		[{ id: 'j-1', status: 'something new' }, 'processing'],
		[{ id: 'j-1', status: 7 }, 'queued'],
	])('has the reported status: %j', (response, status) => {
		expect(job(response).status).toBe(status);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['an object without one', { status: 'queued' }],
		['a number that lost precision', { id: 12345678901234567890 }],
		['a number that may be truncated', '{"id":1234'],
		['an ID in another field', { ok: true, jobs: [{ id: 'j-1' }] }],
		['an empty ID', { id: '' }],
		['an ID that is a path', { id: '../x' }],
		['an ID that is too long', { id: 'x'.repeat(129) }],
		['a truncated ID', '{"id":"j-'],
		['the ID of something else', { request_id: 'r-1' }],
	])('isn’t found in %s, and the error warns about paying twice', (_what, response) => {
		expect(() => job(response)).toThrow(
			expect.objectContaining({
				explanation: {
					outcomeUnknown: true,
					message: 'Example Speech accepted the job, but its response couldn’t be read',
					description: expect.stringMatching(/Check for the job at Example Speech[^]*charged twice/),
				},
			}),
		);
	});

	it.each<[string, unknown]>([
		['an object', { error: { id: 'err-123', message: 'Quota check failed' } }],
		['a text', { detail: 'Quota check failed' }],
		['a list', { errors: [{ id: 'err-123', message: 'Quota check failed' }] }],
	])('isn’t read from an error in %s, which is quoted', (_what, response) => {
		expect(() => job(response)).toThrow(
			expect.objectContaining({
				explanation: {
					outcomeUnknown: true,
					message: expect.stringContaining('may or may not have accepted the job'),
					description: expect.stringMatching(/charged twice[^]*Quota check failed/),
				},
			}),
		);
	});

	it.each(['{"error":{"id":"err-123","mess', '{"errors":[{"id":"err-123"}],"mess'])(
		'isn’t read from an error in truncated JSON: %s',
		(response) => {
			expect(() => job(response)).toThrow('couldn’t be read');
		},
	);

	it('quotes a response without an ID', () => {
		expect(() => job({ message: 'Queued as j-1' })).toThrow(
			expect.objectContaining({
				explanation: expect.objectContaining({ description: expect.stringContaining('Queued as j-1') }),
			}),
		);
	});
});

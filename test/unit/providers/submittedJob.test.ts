import { submittedJob } from '../../../nodes/Transcription/providers/submittedJob';
import type { JobStatus } from '../../../nodes/Transcription/transcript/model';

const STATUSES = new Map<string, JobStatus>([['done', 'completed']]);
const job = (answer: unknown, idFields = ['id', 'job_id']) =>
	submittedJob('Example Speech', answer, idFields, (status) => STATUSES.get(status) ?? 'processing');

describe('the job in the answer to a submit', () => {
	it.each<[string, unknown]>([
		['at its top', { id: 'j-1' }],
		['under a second name', { job_id: 'j-1' }],
		['inside “result”', { result: { id: 'j-1' } }],
		['inside “data”', { data: { job_id: 'j-1' } }],
		['in a text that is cut', '{"id":"j-1","status":"que'],
		['in a text with blanks', '{ "id" : "j-1" '],
		['deep in an undocumented answer', { ok: true, jobs: [{ id: 'j-1' }] }],
		['beside an ID of another type', { id: 7, job_id: 'j-1' }],
	])('is found %s', (_where, answer) => {
		expect(job(answer)).toEqual({ id: 'j-1', status: 'queued' });
	});

	it('is the one that is named by the surest field', () => {
		expect(job({ job_id: 'second', data: { id: 'first' } }).id).toBe('first');
		expect(job({ id: 'first', job_id: 'second' }).id).toBe('first');
	});

	it.each<[unknown, JobStatus]>([
		[{ id: 'j-1', status: 'done' }, 'completed'],
		[{ result: { id: 'j-1', status: 'done' } }, 'completed'],
		[{ id: 'j-1', status: 'something new' }, 'processing'],
		[{ id: 'j-1', status: 7 }, 'queued'],
	])('has the status that is said: %j', (answer, status) => {
		expect(job(answer).status).toBe(status);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['an object without one', { status: 'queued' }],
		['an ID that is a number', { id: 7 }],
		['an empty ID', { id: '' }],
		['an ID that could be a path', { id: '../x' }],
		['an ID that is too long', { id: 'x'.repeat(129) }],
		['an ID in a text that is cut within it', '{"id":"j-'],
		['the ID of something else', { request_id: 'r-1' }],
	])('cannot be told from %s: the message says to look before paying twice', (_what, answer) => {
		expect(() => job(answer)).toThrow(
			expect.objectContaining({
				explanation: {
					message: 'Example Speech accepted the job, but its answer cannot be read',
					description: expect.stringMatching(/Look for the job at Example Speech[^]*charged twice/),
				},
			}),
		);
	});
});

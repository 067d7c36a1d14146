import { submittedJob } from '../../../../nodes/Transcription/providers/common/submittedJob';
import type { JobStatus } from '../../../../nodes/Transcription/transcript/model';

const STATUSES = new Map<string, JobStatus>([['done', 'completed']]);
const job = (answer: unknown, idPaths = ['id', 'data.id', 'job_id', 'data.job_id', 'result.id']) =>
	submittedJob('Example Speech', answer, idPaths, (status) => STATUSES.get(status) ?? 'processing');

describe('the job in the answer to a submit', () => {
	it.each<[string, unknown]>([
		['at its top', { id: 'j-1' }],
		['under a second name', { job_id: 'j-1' }],
		['inside “result”', { result: { id: 'j-1' } }],
		['inside “data”', { data: { job_id: 'j-1' } }],
		['in a text that is cut', '{"id":"j-1","status":"que'],
		['in a text with blanks', '{ "id" : "j-1" '],
		['beside an ID of another type', { id: true, job_id: 'j-1' }],
		['in a text with a warning in front', '<b class="warning">Deprecated</b> {"id":"j-1"}'],
		['in a cut text behind an error', '{"error":{"id":"err-1"},"id":"j-1","stat'],
	])('is found %s', (_where, answer) => {
		expect(job(answer)).toEqual({ id: 'j-1', status: 'queued' });
	});

	it.each<[string, unknown]>([
		['parsed', { id: 123456789 }],
		['in a text that is cut', '{"id":123456789,"stat'],
	])('is found as a number, %s', (_where, answer) => {
		expect(job(answer).id).toBe('123456789');
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
		['a number that has lost digits', { id: 12345678901234567890 }],
		['a number that may have been cut', '{"id":1234'],
		['an ID anywhere else', { ok: true, jobs: [{ id: 'j-1' }] }],
		['an empty ID', { id: '' }],
		['an ID that could be a path', { id: '../x' }],
		['an ID that is too long', { id: 'x'.repeat(129) }],
		['an ID in a text that is cut within it', '{"id":"j-'],
		['the ID of something else', { request_id: 'r-1' }],
	])('cannot be told from %s: the message says to look before paying twice', (_what, answer) => {
		expect(() => job(answer)).toThrow(
			expect.objectContaining({
				explanation: {
					outcomeUnknown: true,
					message: 'Example Speech accepted the job, but its response could not be read',
					description: expect.stringMatching(/Check for the job at Example Speech[^]*charged twice/),
				},
			}),
		);
	});

	it.each<[string, unknown]>([
		['an object', { error: { id: 'err-123', message: 'Quota check failed' } }],
		['a text', { detail: 'Quota check failed' }],
		['a list', { errors: [{ id: 'err-123', message: 'Quota check failed' }] }],
	])('is not taken from an error that is %s: the message repeats the error', (_what, answer) => {
		expect(() => job(answer)).toThrow(
			expect.objectContaining({
				explanation: {
					outcomeUnknown: true,
					message: expect.stringContaining('may or may not have accepted the job'),
					description: expect.stringMatching(/charged twice[^]*Quota check failed/),
				},
			}),
		);
	});

	it.each(['{"error":{"id":"err-123","mess', '{"errors":[{"id":"err-123"}],"mess'])('is not taken from an error in a cut text: %s', (answer) => {
		expect(() => job(answer)).toThrow('could not be read');
	});

	it('repeats an answer without an ID', () => {
		expect(() => job({ message: 'Queued as j-1' })).toThrow(
			expect.objectContaining({ explanation: expect.objectContaining({ description: expect.stringContaining('Queued as j-1') }) }),
		);
	});
});

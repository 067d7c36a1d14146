import { eventIdOf, isFinal, withoutAbsent } from '../../../nodes/Transcription/transcript/model';

describe('the model', () => {
	it('takes completed and failed for ends, nothing else', () => {
		expect((['queued', 'processing', 'completed', 'failed'] as const).map(isFinal)).toEqual([false, false, true, true]);
	});

	it('names an event by provider, job and status', () => {
		expect(eventIdOf('assemblyAi', 'job-1', 'completed')).toBe('assemblyAi:job-1:completed');
	});

	it('drops undefined members and keeps all other values', () => {
		expect(withoutAbsent({ a: undefined, b: null, c: 0, d: '', e: false })).toStrictEqual({ b: null, c: 0, d: '', e: false });
	});
});

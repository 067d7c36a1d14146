import { eventIdOf, isFinal, withoutAbsent } from '../../../nodes/Transcription/transcript/model';

describe('transcript model', () => {
	it('only treats completed and failed as final', () => {
		expect((['queued', 'processing', 'completed', 'failed'] as const).map(isFinal)).toEqual([false, false, true, true]);
	});

	it('builds an event ID from the provider, job, and status', () => {
		expect(eventIdOf('assemblyAi', 'job-1', 'completed')).toBe('assemblyAi:job-1:completed');
	});

	it('drops undefined fields and keeps all other values', () => {
		expect(withoutAbsent({ a: undefined, b: null, c: 0, d: '', e: false })).toStrictEqual({
			b: null,
			c: 0,
			d: '',
			e: false,
		});
	});
});

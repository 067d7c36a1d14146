import { eventIdFor } from '../../../nodes/Transcription/trigger/receivedEvent';

const redacted = (url: string) => ({ event: 'redactedAudioReady', details: { redactedAudioUrl: url } });

describe('eventIdFor', () => {
	it('contains the job ID', () => {
		expect(eventIdFor('p', { event: 'completed', id: 'job-1' }, 'ref-1')).toBe('p:job-1:completed');
	});

	it('contains the correlation ID if there is no job ID', () => {
		expect(eventIdFor('p', redacted('https://a'), 'ref-1')).toBe('p:ref-1:redactedAudioReady');
	});

	it('contains a stable hash of the details if there is neither', () => {
		const ids = ['https://a', 'https://b', 'https://a'].map((url) => eventIdFor('p', redacted(url), undefined));
		expect(ids[0]).toBe(ids[2]);
		expect(ids[0]).not.toBe(ids[1]);
	});
});

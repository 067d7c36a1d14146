import { eventIdFor } from '../../../nodes/Transcription/trigger/receivedEvent';

const redacted = (url: string) => ({ event: 'redactedAudioReady', details: { redactedAudioUrl: url } });

describe('eventIdFor', () => {
	it('is made of the ID of the job', () => {
		expect(eventIdFor('p', { event: 'completed', id: 'job-1' }, 'ref-1')).toBe('p:job-1:completed');
	});

	it('is made of the correlation ID where the provider does not name the job', () => {
		expect(eventIdFor('p', redacted('https://a'), 'ref-1')).toBe('p:ref-1:redactedAudioReady');
	});

	it('tells events without either apart by what they say, the same way each time', () => {
		const ids = ['https://a', 'https://b', 'https://a'].map((url) => eventIdFor('p', redacted(url), undefined));
		expect(ids[0]).toBe(ids[2]);
		expect(ids[0]).not.toBe(ids[1]);
	});
});

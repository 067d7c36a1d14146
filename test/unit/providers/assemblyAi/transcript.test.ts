import fc from 'fast-check';
import { toStatus, toTranscript, transcriptSchema } from '../../../../nodes/Transcription/providers/assemblyAi/transcript';

const WORD = { text: 'Hi', start: 240, end: 1055, confidence: 0.9, speaker: 'A', channel: '1' };
const ANSWER = {
	id: 'job-1',
	status: 'completed',
	text: 'Hi there.',
	audio_duration: 12,
	confidence: 0.97,
	language_code: 'en_us',
	language_confidence: 0.99,
	speech_model_used: 'universal-2',
	words: [WORD, { ...WORD, text: 'there.', start: 1055, end: 1500, speaker: 'B' }],
	utterances: [{ ...WORD, text: 'Hi there.', words: [WORD] }],
	translated_texts: { de: 'Hallo.' },
	webhook_url: 'https://n8n.example.com/webhook/a/b',
};
const mapped = (answer: object) => toTranscript(transcriptSchema.parse(answer), answer);

describe('a transcript of AssemblyAI', () => {
	it('becomes ours, with times in seconds', () => {
		expect(mapped(ANSWER)).toEqual({
			eventId: 'assemblyAi:job-1:completed',
			provider: 'assemblyAi',
			id: 'job-1',
			status: 'completed',
			text: 'Hi there.',
			language: 'en_us',
			languageConfidence: 0.99,
			confidence: 0.97,
			durationSeconds: 12,
			model: 'universal-2',
			speakers: ['A'],
			utterances: [{ text: 'Hi there.', start: 0.24, end: 1.055, confidence: 0.9, speaker: 'A', channel: '1' }],
			words: [
				{ text: 'Hi', start: 0.24, end: 1.055, confidence: 0.9, speaker: 'A', channel: '1', kind: 'word' },
				{ text: 'there.', start: 1.055, end: 1.5, confidence: 0.9, speaker: 'B', channel: '1', kind: 'word' },
			],
			translations: { de: 'Hallo.' },
			raw: ANSWER,
		});
	});

	it('names every speaker once, in the order of their first words', () => {
		const utterances = ['B', 'A', 'B', null].map((speaker) => ({ ...WORD, speaker }));
		expect(mapped({ ...ANSWER, utterances }).speakers).toEqual(['B', 'A']);
	});

	it('knows the speakers from the words where there are no utterances', () => {
		expect(mapped({ ...ANSWER, utterances: null }).speakers).toEqual(['A', 'B']);
	});

	it('has no speakers where nobody was told apart', () => {
		const words = [{ ...WORD, speaker: null }];
		expect(mapped({ ...ANSWER, utterances: null, words })).not.toHaveProperty('speakers');
	});

	it('gives the reason of a failed job, not under “error”', () => {
		const transcript = mapped({ id: 'job-1', status: 'error', error: 'Download error' });
		expect(transcript).toMatchObject({ eventId: 'assemblyAi:job-1:failed', status: 'failed', errorMessage: 'Download error' });
		expect(transcript).not.toHaveProperty('error');
	});

	it('leaves out what is null or missing', () => {
		const nulls = Object.fromEntries(Object.keys(ANSWER).map((key) => [key, null]));
		const answer = { ...nulls, id: 'job-1', status: 'queued' };
		expect(mapped(answer)).toEqual({
			eventId: 'assemblyAi:job-1:queued',
			provider: 'assemblyAi',
			id: 'job-1',
			status: 'queued',
			raw: answer,
		});
	});

	it('leaves out null in words', () => {
		const words = [{ text: 'Hi', start: 0, end: 1000, confidence: null, speaker: null, channel: null }];
		expect(mapped({ ...ANSWER, words }).words).toEqual([{ text: 'Hi', start: 0, end: 1, kind: 'word' }]);
	});

	it('keeps an empty text: the recording was silent', () => {
		expect(mapped({ ...ANSWER, text: '' }).text).toBe('');
	});

	it('takes a channel that is a number', () => {
		expect(mapped({ ...ANSWER, words: [{ ...WORD, channel: 2 }] }).words?.[0]?.channel).toBe('2');
	});

	it.each([
		['text', 7],
		['audio_duration', '12 s'],
		['confidence', {}],
		['words', 'none'],
		['translated_texts', { de: 7 }],
		['webhook_url', false],
	])('loses no more than “%s” where that has an undocumented type', (field, value) => {
		const without = mapped({ ...ANSWER, [field]: undefined });
		expect({ ...mapped({ ...ANSWER, [field]: value }), raw: undefined }).toEqual({ ...without, raw: undefined });
	});

	it.each([{ status: 'completed' }, { id: 7, status: 'completed' }, { id: 'job-1' }])('cannot be read without ID and status: %p', (answer) => {
		expect(transcriptSchema.safeParse(answer).success).toBe(false);
	});
});

describe('toStatus', () => {
	it.each([
		['queued', 'queued'],
		['processing', 'processing'],
		['completed', 'completed'],
		['error', 'failed'],
		['something_new', 'processing'],
	])('takes %s for %s', (status, ours) => {
		expect(toStatus(status)).toBe(ours);
	});

	it('takes any text that is not documented for a job on the way', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.constantFrom('constructor', 'toString', '__proto__')), (status) => {
				fc.pre(!['queued', 'completed', 'error'].includes(status));
				expect(toStatus(status)).toBe('processing');
			}),
		);
	});
});

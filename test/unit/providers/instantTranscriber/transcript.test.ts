import fc from 'fast-check';
import { readTranscript } from '../../../../nodes/Transcription/providers/instantTranscriber/transcript';

const ID = '4ac2a89e-1572-4b68-84a7-21d0493df4d5';
const WORDS = [
	{ word: 'Hi', start: 0.24, end: 1.055, confidence: 0.9 },
	{ word: 'there.', start: 1.055, end: 1.5, confidence: 0.8 },
];
const ANSWER = {
	id: ID,
	status: 'completed',
	text: 'Hi there.',
	language: 'en',
	duration: 12.5,
	segments: [{ start: 0.24, end: 1.5, speaker: 'Ada', text: 'Hi there.', words: WORDS }],
	download_urls: { txt: 'https://api.instanttranscriber.com/export/4ac2a89e.txt' },
	created_at: '2026-11-01T10:00:00Z',
	completed_at: '2026-11-01T10:01:00Z',
};
const mapped = (answer: unknown) => readTranscript('instantTranscriber', ID, answer)?.transcript;

describe('a transcript of InstantTranscriber', () => {
	it('becomes ours', () => {
		expect(mapped(ANSWER)).toEqual({
			status: 'completed',
			text: 'Hi there.',
			speakers: ['Ada'],
			language: 'en',
			durationSeconds: 12.5,
			provider: 'instantTranscriber',
			id: ID,
			eventId: `instantTranscriber:${ID}:completed`,
			createdAt: '2026-11-01T10:00:00Z',
			completedAt: '2026-11-01T10:01:00Z',
			utterances: [{ text: 'Hi there.', start: 0.24, end: 1.5, speaker: 'Ada' }],
			words: [
				{ text: 'Hi', start: 0.24, end: 1.055, confidence: 0.9, speaker: 'Ada', kind: 'word' },
				{ text: 'there.', start: 1.055, end: 1.5, confidence: 0.8, speaker: 'Ada', kind: 'word' },
			],
			raw: ANSWER,
		});
	});

	it.each<[object, string]>([
		[{ summary: 'In short.' }, 'In short.'],
		[{ result: { summary: 'In short.' } }, 'In short.'],
		[{ summaries: { detailed: 'At length.', short: 'In short.' } }, 'In short.\n\nAt length.'],
		[{ summaries: { short: null, detailed: 'At length.' } }, 'At length.'],
		[{ summary: { short: 'In short.' } }, 'In short.'],
		[{ short_summary: 'In short.', summary_detailed: 'At length.' }, 'In short.\n\nAt length.'],
	])('brings the summary of %j', (given, summary) => {
		expect(mapped({ ...ANSWER, ...given })?.summary).toBe(summary);
	});

	it.each([{ summaries: null }, { summaries: {} }, { summary: '' }, { summary: 7 }, { summaries: ['short'] }])('has no summary in %j', (given) => {
		expect(mapped({ ...ANSWER, ...given })).not.toHaveProperty('summary');
	});

	it('is no more than its ID and status where the answer is bare', () => {
		const raw = { id: ID, status: 'completed', download_urls: {} };
		expect(mapped(raw)).toEqual({
			status: 'completed',
			provider: 'instantTranscriber',
			id: ID,
			eventId: `instantTranscriber:${ID}:completed`,
			raw,
		});
	});

	it('keeps the ID that was asked for, so that events keep their identity', () => {
		expect(mapped({ ...ANSWER, id: '4ac2a89e' })).toMatchObject({ id: ID, eventId: `instantTranscriber:${ID}:completed` });
	});

	it.each<[string, object]>([
		['text', { text: 'Hello' }],
		['transcript', { transcript: 'Hello' }],
		['transcript.text', { transcript: { text: 'Hello' } }],
		['result.text', { result: { text: 'Hello' } }],
		['result.transcript', { result: { transcript: 'Hello' } }],
		['an envelope', { status: 'success', data: { id: ID, status: 'completed', text: 'Hello' } }],
		['its utterances alone', { utterances: [{ text: 'Hello', start: 0, end: 1 }] }],
		['its words alone', { words: [{ text: 'Hello', start: 0, end: 1 }] }],
	])('has its text from %s', (_what, fields) => {
		expect(mapped({ id: ID, status: 'completed', ...fields })).toMatchObject({ status: 'completed', text: 'Hello' });
	});

	it('has an empty text where nothing was said', () => {
		expect(mapped({ id: ID, status: 'completed', text: '' })).toHaveProperty('text', '');
	});

	it.each(['data', 'transcription', 'job'])('is as far as the answer says that has an ID and a status itself, whatever stands in %s', (name) => {
		expect(mapped({ id: ID, status: 'processing', [name]: { id: 'part', text: 'Hel' } })?.status).toBe('processing');
	});

	it('says why it failed also where the answer has a transcript inside', () => {
		expect(mapped({ id: ID, status: 'failed', error: 'No speech', transcription: { id: 'part' } })).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('does not take the language that was to be detected for one', () => {
		expect(mapped({ ...ANSWER, language: 'auto' })).not.toHaveProperty('language');
		expect(mapped({ ...ANSWER, language: 'auto', detected_language: 'en' })?.language).toBe('en');
	});

	it('is as far as the job in an envelope, not as the request for it', () => {
		expect(mapped({ status: 'success', data: { id: ID, status: 'processing' } })?.status).toBe('processing');
	});

	it.each<[string, object]>([
		['seconds', { start: 1.5, end: 2 }],
		['seconds as text', { start: '1.5', end: '2' }],
		['start_time', { start_time: 1.5, end_time: 2 }],
		['milliseconds', { start_ms: 1500, end_ms: 2000 }],
	])('has times from %s, in seconds', (_what, times) => {
		expect(mapped({ ...ANSWER, segments: [{ text: 'Hi', ...times }] })?.utterances).toEqual([{ text: 'Hi', start: 1.5, end: 2 }]);
	});

	it('has its duration in seconds though it was given in milliseconds', () => {
		expect(mapped({ ...ANSWER, duration: undefined, duration_ms: 12_500 })?.durationSeconds).toBe(12.5);
	});

	it.each<[string, object, string]>([
		['a name that was found', { speaker: 'SPEAKER_00', speaker_name: 'Ada' }, 'Ada'],
		['a number', { speaker: 0 }, '0'],
		['an object', { speaker: { id: 's1', name: 'Ada' } }, 'Ada'],
		['a label', { speaker_label: 'S1' }, 'S1'],
	])('names a speaker by %s', (_what, fields, speaker) => {
		expect(mapped({ ...ANSWER, segments: [{ text: 'Hi', start: 0, end: 1, ...fields }] })?.speakers).toEqual([speaker]);
	});

	it('lists every speaker once, in the order of their first words', () => {
		const segments = ['B', 'A', 'B', null].map((speaker) => ({ text: 'x', start: 0, end: 1, speaker }));
		expect(mapped({ ...ANSWER, segments })?.speakers).toEqual(['B', 'A']);
	});

	it('prefers the words of the whole transcript to those of its segments', () => {
		expect(mapped({ ...ANSWER, words: [{ text: 'Whole', start: 0, end: 1, speaker: 'X' }] })?.words).toEqual([
			{ text: 'Whole', start: 0, end: 1, speaker: 'X', kind: 'word' },
		]);
	});

	it('leaves out what cannot be placed, and keeps the rest', () => {
		const segments = [null, 'x', { text: 'no times' }, { start: 0, end: 1 }, { text: 'Hi', start: 0, end: 1, confidence: 97 }];
		expect(mapped({ ...ANSWER, segments })?.utterances).toEqual([{ text: 'Hi', start: 0, end: 1 }]);
	});

	it.each<[string, object]>([
		['error', { error: 'No speech' }],
		['error.message', { error: { message: 'No speech' } }],
		['error_message', { error_message: 'No speech' }],
		['message', { message: 'No speech' }],
	])('says why the job failed, from %s, and not under “error”', (_what, fields) => {
		const transcript = mapped({ id: ID, status: 'failed', ...fields });
		expect(transcript).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
		expect(transcript).not.toHaveProperty('error');
	});

	it('has no reason of failure where it did not fail', () => {
		expect(mapped({ ...ANSWER, message: 'OK', error: null })).not.toHaveProperty('errorMessage');
	});

	it.each([
		['queued', 'queued'],
		['pending', 'queued'],
		['processing', 'processing'],
		['post_processing', 'processing'],
		['constructor', 'processing'],
		['done', 'completed'],
		['Cancelled', 'failed'],
	])('with the status “%s” is %s', (status, ours) => {
		expect(mapped({ id: ID, status })?.status).toBe(ours);
	});

	it('without a status is completed where it has a text, and failed where it has only an error', () => {
		expect([mapped({ id: ID, text: 'Hi' })?.status, mapped({ id: ID, error: 'x' })?.status]).toEqual(['completed', 'failed']);
	});

	it.each([null, 'text', 7, [], {}, { id: ID }, { ok: true }])('is not made of %j', (answer) => {
		expect(mapped(answer)).toBeUndefined();
	});

	it('has no times of its own that are no ISO dates', () => {
		expect(mapped({ ...ANSWER, created_at: 1_700_000_000 })).not.toHaveProperty('createdAt');
		expect(mapped({ ...ANSWER, completed_at: 'yesterday' })).not.toHaveProperty('completedAt');
	});

	it('never makes reading throw, whatever the answer', () => {
		fc.assert(fc.property(fc.jsonValue(), (answer) => void mapped(answer)));
		fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.keys(ANSWER), 'result', 'words'), fc.jsonValue()), (answer) => void mapped(answer)));
	});
});

describe('what InstantTranscriber repeats of the request', () => {
	const callback_url = 'https://n8n.example.com/webhook/wf/instantTranscriber?ref=r&token=very-secret';

	it('tells the callback URL', () => {
		expect(readTranscript('instantTranscriber', ID, { ...ANSWER, callback_url })?.callbackUrl).toBe(callback_url);
	});

	it.each<[string, object]>([
		['the callback URL', { callback_url }],
		['the callback URL, deep inside', { request: { options: [{ webhook: callback_url }] } }],
		['the secret', { callback_secret: 'very-secret' }],
		['the secret, deep inside', { request: { callback_secret: 'very-secret' } }],
		['the callback URL in the reason of a failure', { status: 'failed', error: `No answer from ${callback_url}` }],
	])('does not come out with %s', (_what, fields) => {
		expect(JSON.stringify(mapped({ ...ANSWER, ...fields }))).not.toContain('very-secret');
	});
});

describe('download links', () => {
	const links = (answer: object) => Object.fromEntries(readTranscript('instantTranscriber', ID, answer)?.downloadUrls ?? []);

	it('are those of the answer, by format', () => {
		expect(links({ ...ANSWER, download_urls: { TXT: 'https://a.example/t', srt: null, vtt: '' } })).toEqual({ txt: 'https://a.example/t' });
	});

	it.each([undefined, null, 'x', []])('are none where download_urls is %j', (download_urls) => {
		expect(links({ ...ANSWER, download_urls })).toEqual({});
	});
});

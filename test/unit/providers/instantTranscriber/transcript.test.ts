import fc from 'fast-check';
import { readTranscript } from '../../../../nodes/Transcription/providers/instantTranscriber/transcript';

const ID = '4ac2a89e-1572-4b68-84a7-21d0493df4d5';
const WORDS = [
	{ word: 'Hi', start: 0.24, end: 1.055, confidence: 0.9 },
	{ word: 'there.', start: 1.055, end: 1.5, confidence: 0.8 },
];
const RESPONSE = {
	id: ID,
	status: 'completed',
	text: 'Hi there.',
	language: 'en',
	duration: 12.5,
	filename: 'call.mp3',
	segments: [{ start: 0.24, end: 1.5, speaker: 'Ada', text: 'Hi there.', words: WORDS }],
	download_urls: { txt: 'https://api.instanttranscriber.com/export/4ac2a89e.txt' },
	created_at: '2026-11-01T10:00:00Z',
	completed_at: '2026-11-01T10:01:00Z',
};
const mapped = (response: unknown) => readTranscript('instantTranscriber', ID, response)?.transcript;

describe('InstantTranscriber transcript', () => {
	it('is converted to our model', () => {
		expect(mapped(RESPONSE)).toEqual({
			status: 'completed',
			text: 'Hi there.',
			speakers: ['Ada'],
			language: 'en',
			durationSeconds: 12.5,
			recordingName: 'call.mp3',
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
			raw: RESPONSE,
		});
	});

	it.each<[object, string]>([
		[{ summary: 'In short.' }, 'In short.'],
		[{ result: { summary: 'In short.' } }, 'In short.'],
		[{ summaries: { detailed: 'At length.', short: 'In short.' } }, 'In short.\n\nAt length.'],
		[{ summaries: { short: null, detailed: 'At length.' } }, 'At length.'],
		[{ summary: { short: 'In short.' } }, 'In short.'],
		[{ short_summary: 'In short.', summary_detailed: 'At length.' }, 'In short.\n\nAt length.'],
		[{ summaries: 'both', result: { summaries: { short: 'In short.' } } }, 'In short.'],
	])('has the summary from %j', (fields, summary) => {
		expect(mapped({ ...RESPONSE, ...fields })?.summary).toBe(summary);
	});

	it.each([
		{ summaries: null },
		{ summaries: {} },
		{ summary: '' },
		{ summary: 7 },
		{ summaries: ['short'] },
		// These only repeat the requested option.
		{ summaries: 'both' },
		{ summaries: 'none' },
	])('has no summary from %j', (fields) => {
		expect(mapped({ ...RESPONSE, ...fields })).not.toHaveProperty('summary');
	});

	it('only has ID and status if the response contains nothing else', () => {
		const raw = { id: ID, status: 'completed', download_urls: {} };
		expect(mapped(raw)).toEqual({
			status: 'completed',
			provider: 'instantTranscriber',
			id: ID,
			eventId: `instantTranscriber:${ID}:completed`,
			raw,
		});
	});

	it('keeps the requested ID, so that event IDs are stable', () => {
		expect(mapped({ ...RESPONSE, id: '4ac2a89e' })).toMatchObject({
			id: ID,
			eventId: `instantTranscriber:${ID}:completed`,
		});
	});

	it.each<[string, object]>([
		['text', { text: 'Hello' }],
		['transcript', { transcript: 'Hello' }],
		['transcript.text', { transcript: { text: 'Hello' } }],
		['result.text', { result: { text: 'Hello' } }],
		['result.transcript', { result: { transcript: 'Hello' } }],
		['an envelope', { status: 'success', data: { id: ID, status: 'completed', text: 'Hello' } }],
		['utterances only', { utterances: [{ text: 'Hello', start: 0, end: 1 }] }],
		['words only', { words: [{ text: 'Hello', start: 0, end: 1 }] }],
	])('reads the text from %s', (_what, fields) => {
		expect(mapped({ id: ID, status: 'completed', ...fields })).toMatchObject({ status: 'completed', text: 'Hello' });
	});

	it('keeps the empty text of a silent recording', () => {
		expect(mapped({ id: ID, status: 'completed', text: '' })).toHaveProperty('text', '');
	});

	it.each(['data', 'transcription', 'job'])(
		'has the status at the top level if there is an ID too, regardless of %s',
		(name) => {
			expect(mapped({ id: ID, status: 'processing', [name]: { id: 'part', text: 'Hel' } })?.status).toBe('processing');
		},
	);

	it('has the error even if the response contains a nested transcript', () => {
		expect(mapped({ id: ID, status: 'failed', error: 'No speech', transcription: { id: 'part' } })).toMatchObject({
			status: 'failed',
			errorMessage: 'No speech',
		});
	});

	it('doesn’t treat “auto” as a language', () => {
		expect(mapped({ ...RESPONSE, language: 'auto' })).not.toHaveProperty('language');
		expect(mapped({ ...RESPONSE, language: 'auto', detected_language: 'en' })?.language).toBe('en');
	});

	it('has the status of the job in an envelope, not of the request', () => {
		expect(mapped({ status: 'success', data: { id: ID, status: 'processing' } })?.status).toBe('processing');
	});

	it.each<[string, object]>([
		['seconds', { start: 1.5, end: 2 }],
		['seconds as text', { start: '1.5', end: '2' }],
		['start_time', { start_time: 1.5, end_time: 2 }],
		['milliseconds', { start_ms: 1500, end_ms: 2000 }],
	])('reads times from %s', (_what, times) => {
		expect(mapped({ ...RESPONSE, segments: [{ text: 'Hi', ...times }] })?.utterances).toEqual([
			{ text: 'Hi', start: 1.5, end: 2 },
		]);
	});

	it('converts a duration from milliseconds to seconds', () => {
		expect(mapped({ ...RESPONSE, duration: undefined, duration_ms: 12_500 })?.durationSeconds).toBe(12.5);
	});

	it.each<[string, object, string]>([
		['a detected name', { speaker: 'SPEAKER_00', speaker_name: 'Ada' }, 'Ada'],
		['a number', { speaker: 0 }, '0'],
		['an object', { speaker: { id: 's1', name: 'Ada' } }, 'Ada'],
		['a label', { speaker_label: 'S1' }, 'S1'],
	])('reads a speaker from %s', (_what, fields, speaker) => {
		expect(mapped({ ...RESPONSE, segments: [{ text: 'Hi', start: 0, end: 1, ...fields }] })?.speakers).toEqual([
			speaker,
		]);
	});

	it('keeps words without times and has them in its text', () => {
		const words = [{ word: 'Pay', start: 0, end: 0.4 }, { word: '2266' }, { word: 'now.', start: 1, end: 1.4 }];
		const { text, words: found } = mapped({ ...RESPONSE, text: null, segments: null, words }) ?? {};
		expect(text).toBe('Pay 2266 now.');
		expect(found?.[1]).toMatchObject({ text: '2266', start: 0.4, end: 1 });
	});

	it('warns if the words lack part of the text', () => {
		expect(mapped({ ...RESPONSE, text: 'Hi there. Bye now.' })?.warnings?.[0]).toContain('“Bye now.”');
	});

	it('has the words of segments without words', () => {
		const segments = [
			{ start: 0, end: 1, speaker: 'Ada', text: 'Please wait.' },
			{ start: 1, end: 2, speaker: 'Bob', words: [{ word: 'Hi.', start: 1, end: 2 }] },
		];
		const words = mapped({ ...RESPONSE, text: undefined, segments })?.words;
		expect(words?.map(({ text, speaker }) => [text, speaker])).toEqual([
			['Please', 'Ada'],
			['wait.', 'Ada'],
			['Hi.', 'Bob'],
		]);
	});

	it('lists every speaker once in order of appearance', () => {
		const segments = ['B', 'A', 'B', null].map((speaker) => ({ text: 'x', start: 0, end: 1, speaker }));
		expect(mapped({ ...RESPONSE, segments })?.speakers).toEqual(['B', 'A']);
	});

	it('prefers words of the transcript to words of its segments', () => {
		expect(mapped({ ...RESPONSE, words: [{ text: 'Whole', start: 0, end: 1, speaker: 'X' }] })?.words).toEqual([
			{ text: 'Whole', start: 0, end: 1, speaker: 'X', kind: 'word' },
		]);
	});

	it('keeps segments without times and drops those without text', () => {
		const segments = [
			null,
			'x',
			{ text: 'no times' },
			{ start: 0, end: 1 },
			{ text: 'Hi', start: 0, end: 1, confidence: 97 },
		];
		expect(mapped({ ...RESPONSE, segments })?.utterances).toEqual([
			{ text: 'no times', start: 0, end: 0 },
			{ text: 'Hi', start: 0, end: 1 },
		]);
	});

	it.each<[string, object]>([
		['error', { error: 'No speech' }],
		['error.message', { error: { message: 'No speech' } }],
		['error_message', { error_message: 'No speech' }],
		['message', { message: 'No speech' }],
	])('has the error of a failed job from %s, but not as “error”', (_what, fields) => {
		const transcript = mapped({ id: ID, status: 'failed', ...fields });
		expect(transcript).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
		expect(transcript).not.toHaveProperty('error');
	});

	it('has no error if it didn’t fail', () => {
		expect(mapped({ ...RESPONSE, message: 'OK', error: null })).not.toHaveProperty('errorMessage');
	});

	it.each([
		['queued', 'queued'],
		['pending', 'queued'],
		['processing', 'processing'],
		['post_processing', 'processing'],
		['constructor', 'processing'],
		['done', 'completed'],
		['Cancelled', 'failed'],
	])('maps the status “%s” to %s', (status, ours) => {
		expect(mapped({ id: ID, status })?.status).toBe(ours);
	});

	it('without a status is completed with text and failed with only an error', () => {
		expect([mapped({ id: ID, text: 'Hi' })?.status, mapped({ id: ID, error: 'x' })?.status]).toEqual([
			'completed',
			'failed',
		]);
	});

	it.each([null, 'text', 7, [], {}, { id: ID }, { ok: true }])('isn’t read from %j', (response) => {
		expect(mapped(response)).toBeUndefined();
	});

	it('ignores dates that aren’t ISO 8601', () => {
		expect(mapped({ ...RESPONSE, created_at: 1_700_000_000 })).not.toHaveProperty('createdAt');
		expect(mapped({ ...RESPONSE, completed_at: 'yesterday' })).not.toHaveProperty('completedAt');
	});

	it('never throws while reading arbitrary responses', () => {
		fc.assert(fc.property(fc.jsonValue(), (response) => void mapped(response)));
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom(...Object.keys(RESPONSE), 'result', 'words'), fc.jsonValue()),
				(response) => void mapped(response),
			),
		);
	});
});

describe('Secrets that InstantTranscriber repeats', () => {
	const callback_url = 'https://n8n.example.com/webhook/wf/instantTranscriber?ref=r&token=very-secret';

	it('don’t hide the callback URL', () => {
		expect(readTranscript('instantTranscriber', ID, { ...RESPONSE, callback_url })?.callbackUrl).toBe(callback_url);
	});

	it.each<[string, object]>([
		['the callback URL', { callback_url }],
		['a nested callback URL', { request: { options: [{ webhook: callback_url }] } }],
		['the secret', { callback_secret: 'very-secret' }],
		['a nested secret', { request: { callback_secret: 'very-secret' } }],
		['the callback URL in an error', { status: 'failed', error: `No response from ${callback_url}` }],
	])('aren’t returned with %s', (_what, fields) => {
		expect(JSON.stringify(mapped({ ...RESPONSE, ...fields }))).not.toContain('very-secret');
	});
});

describe('Download links', () => {
	const links = (response: object) =>
		Object.fromEntries(readTranscript('instantTranscriber', ID, response)?.downloadUrls ?? []);

	it('are read by format', () => {
		expect(links({ ...RESPONSE, download_urls: { TXT: 'https://a.example/t', srt: null, vtt: '' } })).toEqual({
			txt: 'https://a.example/t',
		});
	});

	it.each([undefined, null, 'x', []])('are empty if download_urls is %j', (download_urls) => {
		expect(links({ ...RESPONSE, download_urls })).toEqual({});
	});
});

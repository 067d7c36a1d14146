import fc from 'fast-check';
import {
	stateSchema,
	toStatus,
	toTranscript,
	transcriptSchema,
} from '../../../../nodes/Transcription/providers/soniox/transcript';

const STATE = {
	id: 'job-1',
	status: 'completed',
	created_at: '2026-06-26T00:00:00Z',
	model: 'stt-async-v5',
	audio_url: null,
	file_id: 'file-1',
	filename: 'call.mp3',
	audio_duration_ms: 16_079,
	error_type: null,
	error_message: null,
	webhook_url: 'https://n8n.example.com/webhook/a/b',
	webhook_status_code: 200,
};
const token = (text: string, start: number, more: object = {}) => ({
	text,
	start_ms: start,
	end_ms: start + 90,
	confidence: 0.9,
	speaker: '1',
	language: 'en',
	is_audio_event: null,
	translation_status: null,
	...more,
});
const CONTENT = {
	id: 'job-1',
	text: 'Hello there.',
	tokens: [
		token('Hel', 0),
		token('lo', 100),
		token(' there', 200, { speaker: '2' }),
		token('.', 300, { speaker: '2' }),
	],
};
const mapped = (state: object, content?: object) =>
	toTranscript('soniox', stateSchema.parse(state), content && transcriptSchema.parse(content), { state, content });

describe('Soniox transcript', () => {
	it('is converted to our model with times in seconds', () => {
		expect(mapped(STATE, CONTENT)).toEqual({
			status: 'completed',
			text: 'Hello there.',
			speakers: ['1', '2'],
			language: 'en',
			durationSeconds: 16.079,
			recordingName: 'call.mp3',
			model: 'stt-async-v5',
			provider: 'soniox',
			id: 'job-1',
			eventId: 'soniox:job-1:completed',
			createdAt: '2026-06-26T00:00:00Z',
			utterances: [
				{ text: 'Hello', start: 0, end: 0.19, speaker: '1' },
				{ text: 'there.', start: 0.2, end: 0.39, speaker: '2' },
			],
			words: [
				{ text: 'Hello', start: 0, end: 0.19, confidence: 0.9, speaker: '1', kind: 'word' },
				{ text: 'there.', start: 0.2, end: 0.39, confidence: 0.9, speaker: '2', kind: 'word' },
			],
			raw: { state: STATE, content: CONTENT },
		});
	});

	it('separates the translation from the text', () => {
		const tokens = [
			token('Hello', 0, { translation_status: 'original' }),
			{ text: 'Hallo', confidence: 0.9, language: 'de', translation_status: 'translation', source_language: 'en' },
		];
		expect(mapped(STATE, { text: 'HelloHallo', tokens })).toMatchObject({
			text: 'Hello',
			translations: { de: 'Hallo' },
			words: [{ text: 'Hello' }],
			utterances: [{ text: 'Hello' }],
		});
	});

	it('has the service’s text without translations', () => {
		const tokens = [token('hello', 0, { translation_status: 'none' })];
		expect(mapped(STATE, { text: ' As it says ', tokens }).text).toBe(' As it says ');
	});

	it('has the text of the tokens if the service returns no text', () => {
		expect(mapped(STATE, { tokens: CONTENT.tokens }).text).toBe('Hello there.');
	});

	it('has no speakers or utterances without diarization', () => {
		const transcript = mapped(STATE, { text: 'Hi', tokens: [token('Hi', 0, { speaker: null })] });
		expect(transcript).not.toHaveProperty('speakers');
		expect(transcript).not.toHaveProperty('utterances');
	});

	it('has no language without language identification', () => {
		expect(mapped(STATE, { text: 'Hi', tokens: [token('Hi', 0, { language: null })] })).not.toHaveProperty('language');
	});

	it('accepts a numeric speaker', () => {
		expect(mapped(STATE, { text: 'Hi', tokens: [token('Hi', 0, { speaker: 1 })] }).speakers).toEqual(['1']);
	});

	it('keeps the empty text of a silent recording', () => {
		expect(mapped(STATE, { text: '', tokens: [] })).toMatchObject({ text: '', words: [] });
	});

	it.each([
		['message and type', 'The file is no audio.', 'invalid_audio_file', 'The file is no audio. (invalid_audio_file)'],
		['only a message', 'The file is no audio.', null, 'The file is no audio.'],
		['only a type', null, 'invalid_audio_file', 'invalid_audio_file'],
		['a message that contains the type', 'invalid_audio_file: none', 'invalid_audio_file', 'invalid_audio_file: none'],
	])('has the error of a failed job from %s, but not as “error”', (_what, error_message, error_type, reason) => {
		const transcript = mapped({ id: 'job-1', status: 'error', error_message, error_type });
		expect(transcript).toMatchObject({ eventId: 'soniox:job-1:failed', status: 'failed', errorMessage: reason });
		expect(transcript).not.toHaveProperty('error');
	});

	it('omits null and missing fields', () => {
		const nulls = Object.fromEntries(Object.keys(STATE).map((key) => [key, null]));
		expect(mapped({ ...nulls, id: 'job-1', status: 'queued' })).toEqual({
			status: 'queued',
			provider: 'soniox',
			id: 'job-1',
			eventId: 'soniox:job-1:queued',
			raw: expect.anything(),
		});
	});

	it('warns if the service returns no times', () => {
		const content = { text: 'Hello.', tokens: [{ text: 'Hello.' }] };
		expect(mapped(STATE, content).warnings).toEqual([expect.stringContaining('estimated')]);
	});

	it('has no duration before the recording is analyzed', () => {
		expect(mapped({ ...STATE, status: 'queued', audio_duration_ms: 0 })).not.toHaveProperty('durationSeconds');
	});

	it.each([
		['invalid tokens', { tokens: [null, 7, { text: 1 }, ...CONTENT.tokens] }],
		['confidence of another type', { tokens: CONTENT.tokens.map((one) => ({ ...one, confidence: 'high' })) }],
		['unknown fields', { tokens: CONTENT.tokens.map((one) => ({ ...one, new_field: {} })) }],
	])('is read despite %s', (_what, content) => {
		expect(mapped(STATE, { text: 'Hello there.', ...content }).words?.map(({ text }) => text)).toEqual([
			'Hello',
			'there.',
		]);
	});

	it.each(['tokens', 'text'])('is read without “%s”', (name) => {
		expect(mapped(STATE, { ...CONTENT, [name]: null })).toMatchObject({ status: 'completed' });
	});

	it('never throws while reading arbitrary tokens', () => {
		const values = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.object());
		const odd = fc.dictionary(fc.constantFrom(...Object.keys(token('', 0))), values);
		fc.assert(fc.property(fc.array(odd), (tokens) => expect(() => mapped(STATE, { text: '', tokens })).not.toThrow()));
	});
});

describe('toStatus', () => {
	it.each([
		['queued', 'queued'],
		['processing', 'processing'],
		['completed', 'completed'],
		['error', 'failed'],
		['failed', 'failed'],
		['downloading', 'processing'],
		['constructor', 'processing'],
	])('maps “%s” to %s', (reported, status) => {
		expect(toStatus(reported)).toBe(status);
	});
});

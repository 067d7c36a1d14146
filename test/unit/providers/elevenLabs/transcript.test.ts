import {
	filesIn,
	toTranscript,
	transcriptSchema,
} from '../../../../nodes/Transcription/providers/elevenLabs/transcript';

const read = (body: unknown) => toTranscript('elevenLabs', 'tr-1', transcriptSchema.parse(body), body);
const word = (text: string, start: number, end: number, more: object = {}) => ({
	text,
	start,
	end,
	type: 'word',
	logprob: 0,
	...more,
});
const blank = (at: number, more: object = {}) => ({ ...word(' ', at, at), type: 'spacing', ...more });

const A = { speaker_id: 'speaker_0' };
const B = { speaker_id: 'speaker_1' };
const CHUNK = {
	language_code: 'eng',
	language_probability: 0.98,
	text: 'Hello there. Hi!',
	words: [word('Hello', 0, 0.5, A), blank(0.5, A), word('there.', 0.5, 1, A), blank(1, A), word('Hi!', 1.2, 1.5, B)],
	audio_duration_secs: 2.5,
};

describe('ElevenLabs transcript', () => {
	it('is converted to our model as completed', () => {
		expect(read(CHUNK)).toEqual({
			status: 'completed',
			text: 'Hello there. Hi!',
			speakers: ['speaker_0', 'speaker_1'],
			language: 'eng',
			languageConfidence: 0.98,
			durationSeconds: 2.5,
			provider: 'elevenLabs',
			id: 'tr-1',
			eventId: 'elevenLabs:tr-1:completed',
			utterances: [
				{ speaker: 'speaker_0', start: 0, end: 1, text: 'Hello there.' },
				{ speaker: 'speaker_1', start: 1.2, end: 1.5, text: 'Hi!' },
			],
			words: expect.any(Array),
			raw: CHUNK,
		});
	});

	it('distinguishes words, spacing, and audio events', () => {
		const words = [
			word('Ha', 0, 1),
			blank(1),
			{ ...word('(laughter)', 1, 2), type: 'audio_event' },
			{ ...word('x', 2, 3), type: 'new' },
		];
		expect(read({ ...CHUNK, words }).words?.map(({ kind }) => kind)).toEqual(['word', 'spacing', 'audioEvent', 'word']);
	});

	it.each([
		[0, 1],
		[-0.105, 0.9003],
		[-40, 0],
		[0.2, 1],
	])('converts the logprob %d to the confidence %d', (logprob, confidence) => {
		expect(read({ ...CHUNK, words: [word('a', 0, 1, { logprob })] }).words?.[0]?.confidence).toBe(confidence);
	});

	const entity = (text: string, start_char?: unknown, end_char?: unknown) => ({
		text,
		entity_type: 'greeting',
		start_char,
		end_char,
	});

	it('reads the times of an entity from the words at its characters', () => {
		const entities = [entity('there. Hi', 6, 15), entity('Hello', 0, 5)];
		expect(read({ ...CHUNK, entities }).entities).toEqual([
			{ type: 'greeting', text: 'there. Hi', start: 0.5, end: 1.5 },
			{ type: 'greeting', text: 'Hello', start: 0, end: 0.5 },
		]);
	});

	it.each([
		['its characters contain other text', CHUNK, entity('Hello', 1, 6)],
		['its characters are missing', CHUNK, entity('Hello', null, '5')],
		['its character range is empty', CHUNK, entity('', 3, 3)],
		['the words don’t add up to the text', { ...CHUNK, text: 'Hello  there. Hi!' }, entity('Hello', 0, 5)],
		['there are no words', { ...CHUNK, words: null }, entity('Hello', 0, 5)],
	])('has an entity without times if %s', (_condition, chunk, chunkEntity) => {
		expect(read({ ...chunk, entities: [chunkEntity] }).entities).toEqual([
			{ type: 'greeting', text: chunkEntity.text },
		]);
	});

	it('has the entities of all channels except invalid ones', () => {
		const transcripts = [
			{ ...CHUNK, entities: [entity('Hello', 0, 5), { text: 'x' }, null] },
			{ ...CHUNK, entities: null },
			{ ...CHUNK, entities: [entity('Hi!', 13, 16)] },
		];
		expect(read({ transcripts }).entities?.map(({ text, start }) => [text, start])).toEqual([
			['Hello', 0],
			['Hi!', 1.2],
		]);
	});

	it('keeps a word without times in its place', () => {
		const words = [
			word('Hello', 0, 0.5),
			blank(0.5),
			word('there.', null as never, null as never),
			blank(1),
			word('Hi!', 1.2, 1.5),
		];
		expect(read({ ...CHUNK, words }).words?.[2]).toMatchObject({ text: 'there.', start: 0.5, end: 1 });
	});

	it('keeps the service’s order if times go back', () => {
		const words = [
			word('I', 1, 1.1, A),
			blank(1.1, A),
			word('think', 1.21, 1.3, A),
			blank(1.3, A),
			word('so', 1.2, 1.4, A),
			blank(1.4, A),
			word('too.', 1.7, 2, A),
		];
		const transcript = read({ ...CHUNK, text: 'I think so too.', words });
		expect(transcript.words?.map(({ text }) => text).join('')).toBe('I think so too.');
		expect(transcript.utterances?.[0]?.text).toBe('I think so too.');
	});

	it('warns if the words lack part of the text', () => {
		expect(read({ ...CHUNK, text: 'Hello there. See you soon. Hi!' }).warnings?.[0]).toContain('“See you soon.”');
	});

	it('has no confidence if the service reports none', () => {
		expect(read({ ...CHUNK, words: [word('a', 0, 1, { logprob: null })] }).words?.[0]).not.toHaveProperty('confidence');
	});

	it('has no utterances without diarization', () => {
		expect(read({ ...CHUNK, words: [word('a', 0, 1)] })).not.toHaveProperty('utterances');
	});

	it('has no words without timestamps', () => {
		const transcript = read({ ...CHUNK, words: [word('a', null as never, null as never)] });
		expect([transcript.text, transcript.words, transcript.utterances]).toEqual([CHUNK.text, undefined, undefined]);
	});

	it('assigns an audio event without a speaker to its utterance', () => {
		const words = [word('Ha', 0, 1, A), { ...word('(laughter)', 1, 2), type: 'audio_event' }, word('ha', 2, 3, A)];
		expect(read({ ...CHUNK, words }).utterances).toEqual([
			{ speaker: 'speaker_0', start: 0, end: 3, text: 'Ha (laughter) ha' },
		]);
	});

	it.each([
		[
			'nulls',
			{
				...CHUNK,
				words: null,
				language_code: null,
				audio_duration_secs: null,
				additional_formats: null,
				entities: null,
			},
		],
		['other types than documented', { ...CHUNK, language_probability: 'high', words: 'none', audio_duration_secs: {} }],
		['a word without text', { ...CHUNK, words: [{ start: 0 }, null] }],
		['nothing but its text', { text: CHUNK.text }],
	])('is read despite %s', (_what, body) => {
		expect(read(body)).toMatchObject({ status: 'completed', text: CHUNK.text });
	});

	it('has the edited text', () => {
		const edited_transcript = {
			kind: 'transcript',
			message_type: 'edited_transcript',
			text: 'Hello there. Hi!',
			edited_text: 'Hello. Hi!',
		};
		const transcript = read({ ...CHUNK, edited_transcript });
		expect(transcript).toMatchObject({ text: 'Hello there. Hi!', editedText: 'Hello. Hi!' });
		expect(transcript).not.toHaveProperty('warnings');
	});

	it.each<[string, unknown, string]>([
		[
			'the reason',
			{ kind: 'error', error_type: 'edit_failed', message: 'The edit could not be produced.' },
			'ElevenLabs couldn’t edit the transcript: The edit could not be produced.',
		],
		['the type', { kind: 'error', error_type: 'edit_failed' }, 'ElevenLabs couldn’t edit the transcript: edit_failed'],
		['no reason', { kind: 'error' }, 'ElevenLabs couldn’t edit the transcript.'],
		['an unknown kind', { kind: 'draft', draft: 'x' }, 'ElevenLabs couldn’t edit the transcript.'],
	])('warns if the edit failed with %s', (_what, edited_transcript, warning) => {
		const transcript = read({ ...CHUNK, edited_transcript });
		expect(transcript).toMatchObject({ text: CHUNK.text, warnings: [expect.stringContaining(warning)] });
		expect(transcript).not.toHaveProperty('editedText');
	});

	it.each([null, undefined])('has no edited text if the edit is %p', (edited_transcript) => {
		const transcript = read({ ...CHUNK, edited_transcript });
		expect(Object.keys(transcript)).not.toEqual(expect.arrayContaining(['editedText']));
		expect(transcript).not.toHaveProperty('warnings');
	});

	it('requires a text', () => {
		expect(transcriptSchema.safeParse({ ...CHUNK, text: undefined }).success).toBe(false);
	});
});

describe('ElevenLabs multichannel transcript', () => {
	const left = {
		text: 'Hello Ada. Bye.',
		channel_index: 0,
		language_code: 'eng',
		words: [word('Hello', 0, 1), blank(1), word('Ada.', 1, 2), blank(2), word('Bye.', 5, 6)],
	};
	const right = {
		text: 'Hi Bob.',
		channel_index: 1,
		language_code: 'eng',
		words: [word('Hi', 3, 3.5), blank(3.5), word('Bob.', 3.5, 4)],
	};
	const both = { transcripts: [left, right], audio_duration_secs: 6 };

	it('is merged in chronological order', () => {
		expect(read(both)).toMatchObject({
			text: 'Hello Ada.\nHi Bob.\nBye.',
			durationSeconds: 6,
			language: 'eng',
			utterances: [
				{ channel: '0', start: 0, end: 2, text: 'Hello Ada.' },
				{ channel: '1', start: 3, end: 4, text: 'Hi Bob.' },
				{ channel: '0', start: 5, end: 6, text: 'Bye.' },
			],
		});
		expect(
			read(both)
				.words?.filter(({ kind }) => kind === 'word')
				.map(({ text }) => text),
		).toEqual(['Hello', 'Ada.', 'Hi', 'Bob.', 'Bye.']);
	});

	it('has the speaker and the channel of each word, which the service always returns', () => {
		const spoken = (chunk: typeof left, speaker_id: string) => ({
			...chunk,
			words: chunk.words.map((one) => ({ ...one, speaker_id })),
		});
		const transcripts = [spoken(left, 'speaker_0'), spoken(right, 'speaker_1')];
		expect(read({ transcripts })).toMatchObject({
			speakers: ['speaker_0', 'speaker_1'],
			utterances: [
				{ speaker: 'speaker_0', channel: '0', text: 'Hello Ada.' },
				{ speaker: 'speaker_1', channel: '1', text: 'Hi Bob.' },
				{ speaker: 'speaker_0', channel: '0', text: 'Bye.' },
			],
		});
	});

	it('is a single transcript for a mono recording', () => {
		const words = left.words.map((one) => ({ ...one, speaker_id: 'speaker_0', channel_index: 0 }));
		expect(read({ ...left, words, transcription_id: 'tr-1' })).toMatchObject({
			text: left.text,
			speakers: ['speaker_0'],
			utterances: [{ speaker: 'speaker_0', channel: '0', start: 0, end: 6, text: left.text }],
		});
	});

	it('keeps spaces if channels overlap', () => {
		const words = [word('a', 0, 1), blank(1.5), word('c', 2, 3), blank(3), word('d', 3, 4)];
		const transcripts = [
			{ ...left, words },
			{ ...right, words: [word('b', 1, 2)] },
		];
		expect(read({ transcripts }).utterances?.map(({ text }) => text)).toEqual(['a', 'b', 'c d']);
	});

	it('keeps spaces if the service merged the channels', () => {
		const words = [
			word('a', 0, 1, { channel_index: 0 }),
			word('b', 1, 2, { channel_index: 1 }),
			blank(1.5, { channel_index: 1 }),
			blank(1.6, { channel_index: 0 }),
			word('c', 2, 3, { channel_index: 1 }),
		];
		expect(read({ ...CHUNK, words }).utterances?.map(({ text, channel }) => [text, channel])).toEqual([
			['a', '0'],
			['b c', '1'],
		]);
	});

	it('is concatenated by channel without timestamps', () => {
		const transcripts = [left, right].map((chunk) => ({ ...chunk, words: [] }));
		expect(read({ transcripts }).text).toBe('Hello Ada. Bye.\nHi Bob.');
	});

	it('has the files of all channels', () => {
		const file = { requested_format: 'srt', content: '1' };
		const transcripts = [left, right].map((chunk) => ({ ...chunk, additional_formats: [file, null] }));
		expect(filesIn({ transcripts })).toHaveLength(2);
	});
});

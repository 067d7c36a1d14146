import {
	hasContent,
	jobSchema,
	subtitlesIn,
	toTranscript,
} from '../../../../nodes/Transcription/providers/gladia/transcript';

const utterance = (text: string, start: number, more: object = {}) => ({
	text,
	language: 'en',
	start,
	end: start + 2,
	confidence: 0.98,
	channel: 0,
	words: text.split(' ').map((word, index) => ({
		word: index === 0 ? word : ` ${word}`,
		start: start + index * 0.5,
		end: start + index * 0.5 + 0.4,
		confidence: 0.93,
	})),
	...more,
});

/** Source: a response recorded in September 2026 (`vercel/ai`, `gladia-result-diarization.json`), shortened. */
const JOB = {
	id: '1fa428c1-7d4e-4b86-9a3b-0c5d1e2f4a6b',
	request_id: 'G-1fa428c1',
	version: 2,
	status: 'done',
	created_at: '2026-09-10T17:29:05.821Z',
	completed_at: '2026-09-10T17:29:12.306Z',
	custom_metadata: null,
	error_code: null,
	kind: 'pre-recorded',
	file: { id: 'b878', filename: 'audio.mp3', source: null, audio_duration: 36.736, number_of_channels: 1 },
	request_params: { audio_url: 'https://api.gladia.io/file/b878', model: 'solaria-1', diarization: true },
};
const of = (result: unknown, more: object = {}) =>
	toTranscript(jobSchema.parse({ ...JOB, result, ...more }), { raw: true });
const transcribed = (utterances: unknown, more: object = {}, addons: object = {}) =>
	of({
		metadata: { audio_duration: 36.736 },
		transcription: { full_transcript: 'Galileo was here', languages: ['en'], utterances, ...more },
		...addons,
	});
const addon = (results: unknown, more: object = {}) => ({
	success: true,
	is_empty: false,
	error: null,
	results,
	...more,
});

describe('Gladia transcript', () => {
	describe.each([
		[{ number_of_distinct_channels: 1 }, [0, 0], [undefined, undefined]],
		[{}, [0, 0], [undefined, undefined]],
		[{ number_of_distinct_channels: 2 }, [0, 0], ['0', '0']],
		[{ number_of_distinct_channels: 2 }, [0, 1], ['0', '1']],
		[{}, [1, 0], ['1', '0']],
	])('of a recording with the metadata %j and utterances on the channels %j', (metadata, channels, expected) => {
		const texts = ['Hello there', 'Hi Ada'];
		const { utterances, words, sentiments } = of({
			metadata,
			transcription: {
				full_transcript: texts.join(' '),
				utterances: texts.map((text, index) => utterance(text, index * 3, { channel: channels[index] })),
			},
			sentiment_analysis: addon(texts.map((text, index) => ({ text, sentiment: 'neutral', channel: channels[index] }))),
		});

		it('has channels only if the recording has several', () => {
			expect(utterances?.map(({ channel }) => channel)).toEqual(expected);
			expect(words?.map(({ channel }) => channel)).toEqual(expected.flatMap((channel) => [channel, channel]));
			expect(sentiments?.map(({ channel }) => channel)).toEqual(expected);
		});
	});

	it('contains the job’s details, words without spaces, and speakers from utterances', () => {
		expect(transcribed([utterance('Galileo was here', 0.14, { speaker: 0 })])).toMatchObject({
			id: JOB.id,
			eventId: `gladia:${JOB.id}:completed`,
			status: 'completed',
			text: 'Galileo was here',
			speakers: ['0'],
			language: 'en',
			durationSeconds: 36.736,
			recordingName: 'audio.mp3',
			model: 'solaria-1',
			createdAt: JOB.created_at,
			completedAt: JOB.completed_at,
			utterances: [{ text: 'Galileo was here', start: 0.14, end: 2.14, confidence: 0.98, speaker: '0' }],
			words: [
				{ text: 'Galileo', start: 0.14, confidence: 0.93, speaker: '0', kind: 'word' },
				{ text: 'was' },
				{ text: 'here' },
			],
			raw: { raw: true },
		});
	});

	it('keeps a confidence of 0, which numerals have', () => {
		const words = [{ word: '1610', start: 1, end: 2, confidence: 0 }];
		expect(transcribed([utterance('1610', 1, { words })]).words).toMatchObject([{ confidence: 0 }]);
	});

	it('reads the utterances once, although diarization repeats them', () => {
		const utterances = [utterance('Galileo was here', 1, { speaker: 0 })];
		const transcript = transcribed(utterances, {}, { diarization: addon(utterances) });
		expect(transcript.utterances).toHaveLength(1);
		expect(transcript.words).toHaveLength(3);
	});

	it('has no speakers without diarization', () => {
		expect(transcribed([utterance('Galileo was here', 1)])).not.toHaveProperty('speakers');
	});

	it('has no language if there are several', () => {
		expect(transcribed([], { languages: ['en', 'fr'] })).not.toHaveProperty('language');
	});

	it.each([
		['empty lists', { full_transcript: '', utterances: [], languages: [] }],
		['no utterances', { utterances: [] }],
		['no text', { full_transcript: '' }],
	])('is empty without speech: %s', (_what, transcription) => {
		expect(of({ transcription })).toMatchObject({ status: 'completed', text: '' });
		expect(hasContent(jobSchema.parse({ ...JOB, result: { transcription } }))).toBe(true);
	});

	it.each([null, undefined, {}, { transcription: null }, { transcription: {} }, { transcription: { languages: [] } }])(
		'isn’t empty but missing if the result is %j',
		(result) => {
			expect(hasContent(jobSchema.parse({ ...JOB, result }))).toBe(false);
		},
	);

	it('completes words of utterances without words', () => {
		const transcript = transcribed([utterance('Galileo was here', 1, { words: null }), utterance('Yes', 4)]);
		expect(transcript.words?.map(({ text }) => text)).toEqual(['Galileo', 'was', 'here', 'Yes']);
	});

	it('contains analyses', () => {
		const transcript = transcribed(
			[],
			{},
			{
				summarization: addon('A summary'),
				translation: addon([{ full_transcript: 'Galileo war hier', languages: ['de'], error: null }]),
				named_entity_recognition: addon([
					{ entity_type: 'NAME', text: 'Galileo', start: 0.1, end: 0.6 },
					{ text: 'x' },
				]),
				sentiment_analysis: addon([
					{ text: 'Galileo was here', sentiment: 'Neutral', emotion: 'x', start: 0, end: 1, channel: 0, speaker: 1 },
				]),
			},
		);
		expect(transcript).toMatchObject({
			summary: 'A summary',
			translations: { de: 'Galileo war hier' },
			entities: [{ type: 'NAME', text: 'Galileo', start: 0.1, end: 0.6 }],
			sentiments: [{ text: 'Galileo was here', sentiment: 'neutral', start: 0, end: 1, speaker: '1' }],
		});
		expect(transcript).not.toHaveProperty('warnings');
	});

	it('reads sentiments as text, as they are specified', () => {
		const results = JSON.stringify([{ text: 'Hi', sentiment: 'positive' }]);
		expect(transcribed([], {}, { sentiment_analysis: addon(results) }).sentiments).toEqual([
			{ text: 'Hi', sentiment: 'positive' },
		]);
	});

	it('warns about each analysis that failed although the job is done', () => {
		const failed = { success: false, results: null, error: { status_code: 500, exception: 'E', message: 'Too long' } };
		const { warnings } = transcribed(
			[],
			{},
			{
				summarization: failed,
				audio_to_llm: { ...failed, error: null },
				translation: addon([{ languages: ['de'], error: { message: 'No model' } }]),
			},
		);
		expect(warnings).toEqual([
			'Gladia couldn’t create the responses to the prompts',
			'Gladia couldn’t create a summary: Too long',
			'Gladia couldn’t create a translation into de: No model',
		]);
	});

	it('warns about each prompt that failed although the others succeeded', () => {
		const { warnings } = transcribed(
			[],
			{},
			{
				audio_to_llm: addon([
					addon({ prompt: 'Who?', response: 'Ada' }),
					{ success: false, results: null, error: { message: 'model not found' } },
					null,
					{ success: false, results: { prompt: 'Why?' }, error: null },
				]),
			},
		);
		expect(warnings).toEqual([
			'Gladia couldn’t create the response to prompt 2: model not found',
			'Gladia couldn’t create the response to prompt 4',
		]);
	});

	it.each<[string, unknown, string]>([
		['without a success flag', { success: null, error: { message: 'boom' } }, ': boom'],
		['without a success flag or a reason', { error: { status_code: 500 } }, ''],
		['in spite of its success flag', { success: true, error: { message: 'boom' } }, ': boom'],
		['as text', { success: false, error: 'boom' }, ': boom'],
	])('warns about an analysis that reports an error %s', (_how, summarization, reason) => {
		expect(transcribed([], {}, { summarization }).warnings).toEqual([`Gladia couldn’t create a summary${reason}`]);
	});

	it.each<[string, object, unknown[], object]>([
		['one language', { target_languages: ['de'] }, [{ full_transcript: 'Hallo', languages: [] }], { de: 'Hallo' }],
		[
			'the second language',
			{ target_languages: ['fr', 'de'] },
			[{ full_transcript: 'Salut', languages: ['fr'] }, { full_transcript: 'Hallo' }],
			{ fr: 'Salut', de: 'Hallo' },
		],
		[
			'the second language, after an invalid entry',
			{ target_languages: ['fr', 'de'] },
			[null, { full_transcript: 'Hallo' }],
			{ de: 'Hallo' },
		],
	])('names a translation without a language as requested: %s', (_what, config, results, translations) => {
		const transcript = of(
			{ transcription: { utterances: [] }, translation: addon(results) },
			{ request_params: { translation_config: config } },
		);
		expect(transcript.translations).toEqual(translations);
		expect(transcript).not.toHaveProperty('warnings');
	});

	it.each<[string, object | null]>([
		['is unknown', null],
		['belongs to another translation', { translation_config: { target_languages: ['en', 'de'] } }],
	])('warns about a translation whose language %s', (_what, request_params) => {
		const results = [
			{ full_transcript: 'Hallo', languages: ['de'] },
			{ full_transcript: 'Salut', languages: [] },
		];
		const { translations, warnings } = of(
			{ transcription: { utterances: [] }, translation: addon(results) },
			{ request_params },
		);
		expect(translations).toEqual({ de: 'Hallo' });
		expect(warnings).toEqual([expect.stringContaining('didn’t report the language of a translation')]);
	});

	it('names a translation that failed as requested', () => {
		const { warnings } = of(
			{ transcription: { utterances: [] }, translation: addon([{ error: { message: 'No model' } }]) },
			{ request_params: { translation_config: { target_languages: ['de'] } } },
		);
		expect(warnings).toEqual(['Gladia couldn’t create a translation into de: No model']);
	});

	it('warns if the words lack part of the text', () => {
		const text = 'Galileo was here and then he left the room for good';
		expect(transcribed([utterance('Galileo was here', 1)], { full_transcript: text }).warnings).toEqual([
			expect.stringContaining('lack part of the text'),
		]);
	});
});

describe('Gladia job', () => {
	it.each([
		['queued', 'queued'],
		['processing', 'processing'],
		['done', 'completed'],
		['error', 'failed'],
		['a new one', 'processing'],
		[undefined, 'processing'],
	])('with the status %s is %s', (status, expected) => {
		expect(of(null, { status }).status).toBe(expected);
	});

	// Source: Gladia OpenAPI, an example of a failed job.
	const FAILED = { status: 'error', error_code: 500, file: null, request_params: null };

	it('contains the code of a failure', () => {
		expect(of(null, FAILED).errorMessage).toContain('error code 500');
		const { errorMessage } = of(null, { ...FAILED, error_code: null });
		expect(errorMessage).toContain('only sends the reason with a callback');
		expect(errorMessage).toContain('Check that the recording');
	});

	it('contains the reason from the callback, if there is one', () => {
		const job = jobSchema.parse({ ...JOB, ...FAILED, result: null });
		expect(toTranscript(job, {}, 'Out of order').errorMessage).toBe('Out of order');
	});

	it('contains subtitles by format', () => {
		const subtitles = [{ format: 'srt', subtitles: '1\n…' }, { format: 'vtt' }];
		expect([...subtitlesIn({ result: { transcription: { subtitles } } })]).toEqual([['srt', '1\n…']]);
	});

	it.each([{}, null, { result: null }, { result: { transcription: {} } }])('may have no subtitles: %j', (raw) => {
		expect(subtitlesIn(raw).size).toBe(0);
	});
});

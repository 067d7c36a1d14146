import fc from 'fast-check';
import { jobResponseSchema } from '../../../../nodes/Transcription/providers/speechmatics/transcript/jobDetails';
import { toTranscript, transcriptSchema } from '../../../../nodes/Transcription/providers/speechmatics/transcript';

const JOB = {
	id: 'job-1',
	status: 'done',
	created_at: '2018-01-09T12:29:01.853047Z',
	data_name: 'a.mp3',
	duration: 244,
};

type Facts = { speaker?: string; channel?: string; language?: string; attaches_to?: string; confidence?: number };
function item(
	type: string,
	content: string,
	start: number,
	end: number,
	{ channel, attaches_to, ...more }: Facts = {},
) {
	return {
		type,
		start_time: start,
		end_time: end,
		channel,
		attaches_to,
		alternatives: [{ content, confidence: 0.9, language: 'en', ...more }],
	};
}
const word = (content: string, start = 0, facts: Facts = {}) => item('word', content, start, start + 0.5, facts);
const mark = (content: string, attaches_to?: string, facts: Facts = {}) =>
	item('punctuation', content, 9, 9, { attaches_to, ...facts });

const RESPONSE = {
	format: '2.9',
	job: { id: 'job-1', created_at: JOB.created_at, data_name: 'a.mp3', duration: 244 },
	metadata: {
		created_at: '2018-01-09T12:31:46.918860Z',
		type: 'transcription',
		transcription_config: { language: 'auto', model: 'enhanced' },
		language_pack_info: { word_delimiter: ' ' },
		language_identification: {
			results: [{ alternatives: [{ language: 'en', confidence: 0.98 }], start_time: 0, end_time: 5 }],
		},
	},
	results: [
		word('Hello', 0.5, { speaker: 'S1' }),
		mark('.', 'previous', { speaker: 'S1' }),
		word('Hi', 2, { speaker: 'S2' }),
	],
	translations: { de: [{ content: 'Hallo.' }, { content: 'Hi.' }] },
};

const mapped = (response: object | undefined, job: object = {}) =>
	toTranscript(
		'speechmatics',
		jobResponseSchema.parse({ job: { ...JOB, ...job } }).job,
		response && transcriptSchema.parse(response),
		response,
	);
const withResults = (...results: unknown[]) => mapped({ ...RESPONSE, results });
const metadata = (more: object) => ({ ...RESPONSE, metadata: { ...RESPONSE.metadata, ...more } });

describe('Speechmatics transcript', () => {
	it('is converted to our model', () => {
		expect(mapped(RESPONSE)).toEqual({
			status: 'completed',
			text: 'Hello. Hi',
			speakers: ['S1', 'S2'],
			language: 'en',
			languageConfidence: 0.98,
			durationSeconds: 244,
			recordingName: 'a.mp3',
			model: 'enhanced',
			translations: { de: 'Hallo. Hi.' },
			provider: 'speechmatics',
			id: 'job-1',
			eventId: 'speechmatics:job-1:completed',
			createdAt: '2018-01-09T12:29:01.853047Z',
			completedAt: '2018-01-09T12:31:46.918860Z',
			utterances: [
				{ text: 'Hello.', start: 0.5, end: 1, speaker: 'S1' },
				{ text: 'Hi', start: 2, end: 2.5, speaker: 'S2' },
			],
			words: [
				{ text: 'Hello.', start: 0.5, end: 1, confidence: 0.9, speaker: 'S1', kind: 'word' },
				{ text: 'Hi', start: 2, end: 2.5, confidence: 0.9, speaker: 'S2', kind: 'word' },
			],
			raw: RESPONSE,
		});
	});

	it.each([
		['to the previous word', [word('Yes'), mark('.', 'previous'), word('No')], 'Yes. No'],
		['to the previous word by default', [word('Yes'), mark('.'), word('No')], 'Yes. No'],
		['to the next word', [word('Yes'), mark('¿', 'next'), word('No')], 'Yes ¿No'],
		['to both', [word('Yes'), mark('-', 'both'), word('No')], 'Yes-No'],
		['to none', [word('Yes'), mark('–', 'none'), word('No')], 'Yes – No'],
		['to a missing previous word', [mark('.', 'previous'), word('No')], '. No'],
	])('attaches punctuation %s', (_where, results, text) => {
		expect(withResults(...results).text).toBe(text);
	});

	it('includes analyses', () => {
		const segment = { text: 'Hello.', sentiment: 'positive', start_time: 0.5, end_time: 1, confidence: 0.8 };
		const found = mapped({
			...RESPONSE,
			summary: { content: 'A greeting.' },
			chapters: [{ title: 'A hello', summary: 'They greet.', start_time: 0.5, end_time: 2.5 }],
			sentiment_analysis: {
				segments: [
					{ ...segment, speaker: 'S1' },
					{ ...segment, speaker: 'UU' },
				],
				summary: { overall: {} },
			},
			topics: {
				segments: [{ text: 'Hello.', start_time: 0.5, end_time: 1, topics: [{ topic: 'Events' }] }],
				summary: {},
			},
			audio_events: [{ type: 'music', start_time: 0, end_time: 9.5, confidence: 0.7 }],
		});
		const sentiment = { text: 'Hello.', start: 0.5, end: 1, sentiment: 'positive', confidence: 0.8 };
		expect(found).toMatchObject({
			summary: 'A greeting.',
			chapters: [{ title: 'A hello', summary: 'They greet.', start: 0.5, end: 2.5 }],
			topics: [{ text: 'Hello.', start: 0.5, end: 1, topics: [{ name: 'Events' }] }],
			audioEvents: [{ type: 'music', start: 0, end: 9.5, confidence: 0.7 }],
		});
		expect(found.sentiments).toEqual([{ ...sentiment, speaker: 'S1' }, sentiment]);
	});

	it('reads nested sentiments', () => {
		const segments = [{ text: 'Hello.', sentiment: 'neutral' }];
		expect(mapped({ ...RESPONSE, sentiment_analysis: { sentiment_analysis: { segments } } }).sentiments).toEqual(
			segments,
		);
	});

	it('lists entities and keeps them as words', () => {
		const entity = { ...item('entity', '25 July', 1, 2), entity_class: 'date' };
		const { entities, text } = withResults(word('On'), entity, item('entity', 'of no class', 2, 3));
		expect(entities).toEqual([{ type: 'date', text: '25 July', start: 1, end: 2 }]);
		expect(text).toBe('On 25 July of no class');
	});

	it.each<[string, object, object]>([
		[
			'chapters',
			{ chapters: [{ title: 'No times' }, { title: 7, start_time: 0, end_time: 1 }] },
			{ chapters: [{ start: 0, end: 1 }] },
		],
		[
			'sentiments',
			{ sentiment_analysis: { segments: [{ text: 'a' }, { text: 'b', sentiment: 'negative', start_time: '1' }] } },
			{ sentiments: [{ text: 'b', sentiment: 'negative' }] },
		],
		[
			'topics',
			{ topics: { segments: [null, { text: 'a', start_time: 0, end_time: 1, topics: [{}, { topic: 'b' }] }] } },
			{ topics: [{ text: 'a', start: 0, end: 1, topics: [{ name: 'b' }] }] },
		],
		[
			'sounds',
			{ audio_events: [{ type: 'music' }, { type: 'applause', start_time: 0, end_time: 1, confidence: 'much' }] },
			{ audioEvents: [{ type: 'applause', start: 0, end: 1 }] },
		],
	])('drops only invalid entries of %s', (_, fields, expected) => {
		expect({ ...mapped({ ...RESPONSE, ...fields }), raw: undefined }).toEqual({
			...mapped(RESPONSE),
			...expected,
			raw: undefined,
		});
	});

	it.each([
		{ summary: 'text' },
		{ chapters: {} },
		{ sentiment_analysis: [] },
		{ topics: null },
		{ audio_events: 'music' },
	])('ignores a field of another type: %j', (fields) => {
		expect({ ...mapped({ ...RESPONSE, ...fields }), raw: undefined }).toEqual({ ...mapped(RESPONSE), raw: undefined });
	});

	it('adds no spaces if the language has none', () => {
		const japanese = metadata({ language_pack_info: { word_delimiter: '' } });
		expect(mapped({ ...japanese, results: [word('日本'), word('語'), mark('。', 'previous')] }).text).toBe('日本語。');
	});

	it('uses the word delimiter of each language', () => {
		const several = metadata({ language_pack_info: { per_language_word_delimiters: { en: ' ', ja: '' } } });
		const results = [
			word('Hello', 0, { language: 'en' }),
			word('Ada', 1, { language: 'en' }),
			word('日', 2, { language: 'ja' }),
		];
		expect(mapped({ ...several, results }).text).toBe('Hello Ada日');
	});

	it('has no language if there are several', () => {
		expect(mapped(metadata({ transcription_config: { language: 'multi', model: 'melia-1' } }))).not.toHaveProperty(
			'language',
		);
	});

	it('has the requested language without speech', () => {
		expect(mapped({ ...metadata({ transcription_config: { language: 'de' } }), results: [] })).toMatchObject({
			language: 'de',
			text: '',
		});
	});

	it('has no language without speech if none was requested', () => {
		expect(mapped({ ...RESPONSE, results: [] })).not.toHaveProperty('language');
	});

	it('has no language confidence if parts were identified separately', () => {
		const results = [...RESPONSE.metadata.language_identification.results, { alternatives: [] }];
		expect(mapped(metadata({ language_identification: { results } }))).not.toHaveProperty('languageConfidence');
	});

	it('reads the model from the operating point', () => {
		expect(mapped(metadata({ transcription_config: { operating_point: 'standard' } })).model).toBe('standard');
	});

	it('has no speaker for unknown speakers', () => {
		const { speakers, utterances, words } = withResults(word('Hello', 0, { speaker: 'UU' }));
		expect([speakers, utterances, words?.[0]?.speaker]).toEqual([undefined, undefined, undefined]);
	});

	it('begins a new utterance if the channel changes', () => {
		const results = [
			word('Hello', 0, { channel: 'Agent' }),
			word('Hi', 1, { channel: 'Caller' }),
			word('Yes', 2, { channel: 'Agent' }),
		];
		expect(withResults(...results).utterances).toEqual([
			{ text: 'Hello', start: 0, end: 0.5, channel: 'Agent' },
			{ text: 'Hi', start: 1, end: 1.5, channel: 'Caller' },
			{ text: 'Yes', start: 2, end: 2.5, channel: 'Agent' },
		]);
	});

	it('keeps the utterances of overlapping channels together', () => {
		const results = [
			word('I', 0, { channel: 'Agent' }),
			word('think', 0.4, { channel: 'Agent' }),
			word('mhm', 0.2, { channel: 'Caller' }),
			word('so', 0.8, { channel: 'Agent' }),
			mark('.', 'previous'),
		];
		expect(withResults(...results).utterances?.map(({ channel, text }) => [channel, text])).toEqual([
			['Agent', 'I think so.'],
			['Caller', 'mhm'],
		]);
	});

	it('has utterances with the same spacing as the text', () => {
		const several = metadata({ language_pack_info: { per_language_word_delimiters: { en: ' ', ja: '' } } });
		const spoken = (text: string, at: number, language: string) => word(text, at, { language, speaker: 'S1' });
		const results = [
			spoken('well', 0, 'en'),
			mark('-', 'both'),
			spoken('known', 1, 'en'),
			spoken('日', 2, 'ja'),
			spoken('iPad', 3, 'ja'),
			spoken('No', 4, 'en'),
		];
		const { text, utterances } = mapped({ ...several, results });
		expect(text).toBe('well-known日iPad No');
		expect(utterances?.map((one) => one.text)).toEqual([text]);
	});

	it('replaces words with their entity', () => {
		const entity = {
			...item('entity', '17th of January', 1, 3),
			spoken_form: [word('seventeenth')],
			entity_class: 'date',
		};
		const { text, words } = withResults(word('On'), entity, mark('.'));
		expect(text).toBe('On 17th of January.');
		expect(words?.[1]).toEqual({ text: '17th of January.', start: 1, end: 3, confidence: 0.9, kind: 'word' });
	});

	it('ignores unknown item types', () => {
		expect(withResults(word('Yes'), item('new_type', '???', 1, 2), word('No')).text).toBe('Yes No');
	});

	it.each<[string, unknown]>([
		['no alternatives', { type: 'word', start_time: 0, end_time: 1, alternatives: [] }],
		['null', null],
	])('ignores an item with %s', (_what, odd) => {
		expect(withResults(word('Yes'), odd).text).toBe('Yes');
	});

	it('keeps an item without times', () => {
		const { text, words } = withResults(word('Yes'), { type: 'word', alternatives: [{ content: 'x' }] }, word('No', 1));
		expect(text).toBe('Yes x No');
		expect(words).toMatchObject([{ text: 'Yes' }, { text: 'x', start: 0.5, end: 1 }, { text: 'No' }]);
	});

	it('warns if the service returns no times', () => {
		const results = [{ type: 'word', alternatives: [{ content: 'Hello' }] }];
		expect(mapped({ ...RESPONSE, results }).warnings).toEqual([expect.stringContaining('estimated')]);
	});

	it('attaches punctuation to the last word of its own channel', () => {
		const { text, utterances } = withResults(
			word('there', 0, { channel: 'Agent' }),
			word('Yes', 0.3, { channel: 'Caller' }),
			mark('?', 'previous', { channel: 'Agent' }),
		);
		expect(text).toBe('there? Yes');
		expect(utterances?.map((one) => [one.channel, one.text])).toEqual([
			['Agent', 'there?'],
			['Caller', 'Yes'],
		]);
	});

	it('attaches punctuation to both words of its own channel', () => {
		const { utterances } = withResults(
			word('and', 0, { channel: 'Agent' }),
			mark('/', 'both', { channel: 'Agent' }),
			word('Yes', 0.3, { channel: 'Caller' }),
			word('or', 0.5, { channel: 'Agent' }),
		);
		expect(utterances?.map((one) => one.text)).toEqual(['and/or', 'Yes']);
	});

	it('keeps punctuation for a next word that doesn’t exist', () => {
		expect(withResults(word('Yes'), mark('(', 'next')).text).toBe('Yes (');
	});

	it('is read even if everything except words is missing or invalid', () => {
		const odd = { job: 7, metadata: 'x', results: [word('Yes', 1)], translations: [] };
		expect(mapped(odd)).toMatchObject({ text: 'Yes', durationSeconds: 244 });
	});

	it('only has the state while the job is in progress', () => {
		const raw = { job: JOB };
		const job = jobResponseSchema.parse({ job: { ...JOB, status: 'running', duration: 0 } }).job;
		expect(toTranscript('speechmatics', job, undefined, raw)).toEqual({
			status: 'processing',
			recordingName: 'a.mp3',
			provider: 'speechmatics',
			id: 'job-1',
			eventId: 'speechmatics:job-1:processing',
			createdAt: JOB.created_at,
			raw,
		});
	});

	it('has the error of a failed job, but not as “error”', () => {
		const errors = [{ message: 'unable to fetch audio: http status code 404', timestamp: 't' }];
		expect(mapped(undefined, { status: 'rejected', errors })).toMatchObject({
			status: 'failed',
			errorMessage: errors[0]?.message,
		});
	});

	it('loses no character of arbitrary words and never throws', () => {
		const sides = fc.constantFrom(undefined, 'previous', 'next', 'both', 'none', 'odd');
		const items = fc.array(
			fc.oneof(
				fc.string().map((text) => word(text)),
				fc.tuple(fc.string(), sides).map(([text, side]) => mark(text, side)),
			),
		);
		fc.assert(
			fc.property(items, (results) => {
				const { text, words } = withResults(...results, word('end'));
				const spoken = results.map(({ alternatives }) => alternatives[0]?.content).join('') + 'end';
				expect(words?.map((one) => one.text).join('')).toBe(spoken);
				expect(text?.replaceAll(' ', '')).toBe(spoken.replaceAll(' ', ''));
			}),
		);
	});
});

import fc from 'fast-check';
import {
	isDeleted,
	toStatus,
	toTranscript,
	transcriptSchema,
} from '../../../../nodes/Transcription/providers/assemblyAi/transcript';

const WORD = { text: 'Hi', start: 240, end: 1055, confidence: 0.9, speaker: 'A', channel: '1' };
const RESPONSE = {
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
const mapped = (response: object) => toTranscript(transcriptSchema.parse(response), response);

describe('AssemblyAI transcript', () => {
	it('is converted to our model with times in seconds', () => {
		expect(mapped(RESPONSE)).toEqual({
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
			raw: RESPONSE,
		});
	});

	it('warns if a completed job has neither text nor words, which isn’t the same as no speech', () => {
		const { text: _, words: __, utterances: ___, ...bare } = RESPONSE;
		const warnings = [expect.stringContaining('neither text nor words')];
		expect(mapped({ ...bare, text: null, words: null })).toMatchObject({ warnings });
		expect(mapped({ ...bare, status: 'processing' })).not.toHaveProperty('warnings');
		expect(mapped({ ...bare, text: '', words: [] })).not.toHaveProperty('warnings');
		expect(mapped({ ...bare, words: [] })).not.toHaveProperty('warnings');
	});

	it('has the recording’s name if it was submitted by URL', () => {
		const submitted = (url: string) => mapped({ ...RESPONSE, audio_url: url }).recordingName;
		expect(submitted('https://example.com/calls/ada.mp3?signature=secret')).toBe('ada.mp3');
		expect(submitted('https://cdn.assemblyai.com/upload/9ea68fd3-f953-42c1-9742-976c447fb463')).toBeUndefined();
	});

	it('lists every speaker once in order of appearance', () => {
		const utterances = ['B', 'A', 'B', null].map((speaker) => ({ ...WORD, speaker }));
		expect(mapped({ ...RESPONSE, utterances }).speakers).toEqual(['B', 'A']);
	});

	it('reads the speakers from words if there are no utterances', () => {
		expect(mapped({ ...RESPONSE, utterances: null }).speakers).toEqual(['A', 'B']);
	});

	it('has no speakers without diarization', () => {
		const words = [{ ...WORD, speaker: null }];
		expect(mapped({ ...RESPONSE, utterances: null, words })).not.toHaveProperty('speakers');
	});

	it('has the error of a failed job, but not as “error”', () => {
		const transcript = mapped({ id: 'job-1', status: 'error', error: 'Download error' });
		expect(transcript).toMatchObject({
			eventId: 'assemblyAi:job-1:failed',
			status: 'failed',
			errorMessage: 'Download error',
		});
		expect(transcript).not.toHaveProperty('error');
	});

	it('includes analyses with times in seconds', () => {
		const found = mapped({
			...RESPONSE,
			summary: 'A greeting.',
			chapters: [{ gist: 'Hi', headline: 'A hello', summary: 'They greet.', start: 240, end: 1500 }],
			entities: [{ entity_type: 'person_name', text: 'Ada', start: 240, end: 1055 }],
			sentiment_analysis_results: [{ ...WORD, text: 'Hi there.', sentiment: 'POSITIVE' }],
			iab_categories_result: {
				status: 'success',
				results: [
					{ text: 'Hi there.', labels: [{ relevance: 0.8, label: 'Hobbies' }], timestamp: { start: 240, end: 1500 } },
				],
			},
			unredacted_text: 'Hi Ada.',
		});
		expect(found).toMatchObject({
			summary: 'A greeting.',
			chapters: [{ title: 'A hello', summary: 'They greet.', start: 0.24, end: 1.5 }],
			entities: [{ type: 'person_name', text: 'Ada', start: 0.24, end: 1.055 }],
			sentiments: [
				{
					text: 'Hi there.',
					start: 0.24,
					end: 1.055,
					sentiment: 'positive',
					confidence: 0.9,
					speaker: 'A',
					channel: '1',
				},
			],
			topics: [{ text: 'Hi there.', start: 0.24, end: 1.5, topics: [{ name: 'Hobbies', relevance: 0.8 }] }],
			unredactedText: 'Hi Ada.',
		});
	});

	const understood = (response: object) => mapped({ ...RESPONSE, speech_understanding: { response } });
	const SECTIONS = [
		{ start: 240, end: 37100, text: 'Smoke drifts south.', headline: 'Smoke' },
		{ start: 37100, end: 60000, text: ' Rain follows. ', headline: 'Rain' },
	];

	it('reads the summary of the whole recording', () => {
		const summarization = { status: 'success', summary: SECTIONS, block_summary: 'Smoke, then rain.' };
		expect(understood({ summarization })).toMatchObject({
			summary: 'Smoke, then rain.',
			chapters: [{ title: 'Smoke' }, { title: 'Rain' }],
		});
	});

	it('joins the summaries of the topics if there is no other summary', () => {
		const summarization = { status: 'success', summary: SECTIONS, block_summary: '' };
		expect(understood({ summarization }).summary).toBe('Smoke drifts south.\nRain follows.');
	});

	it('prefers the summary of the deprecated task', () => {
		const speech_understanding = { response: { summarization: { summary: SECTIONS } } };
		expect(mapped({ ...RESPONSE, summary: 'A greeting.', speech_understanding }).summary).toBe('A greeting.');
	});

	it('reads summaries in bullets', () => {
		const bullets = ['Smoke drifts south.', 'Skies are gray.', 7];
		const summarization = { status: 'success', summary: [{ start: 0, end: 1000, bullets, headline: 'Smoke' }] };
		expect(understood({ summarization })).toMatchObject({
			summary: 'Smoke drifts south.\nSkies are gray.',
			chapters: [{ title: 'Smoke', summary: 'Smoke drifts south.\nSkies are gray.', start: 0, end: 1 }],
		});
	});

	it('reads action items with their time and quote', () => {
		const items = [
			{ action_item: 'Send the contract.', quote: 'I’ll send you the contract.', timestamp: 9520 },
			{ action_item: 'Call back.' },
			{ quote: 'No text.' },
			null,
		];
		const { actionItems } = understood({ action_items: { status: 'success', effort: 'low', items } });
		expect(actionItems).toEqual([
			{ text: 'Send the contract.', quote: 'I’ll send you the contract.', start: 9.52 },
			{ text: 'Call back.' },
		]);
	});

	it('has an empty list if no action items were found, and none if none were requested', () => {
		expect(understood({ action_items: { status: 'success', items: [] } }).actionItems).toEqual([]);
		expect(mapped(RESPONSE)).not.toHaveProperty('actionItems');
	});

	it('passes on the service’s warnings', () => {
		const metadata = {
			domain_used: null,
			warning: 'The domain was skipped.',
			warnings: [
				{ message: 'The domain was skipped.' },
				{ message: ' ' },
				{ message: 'No speech.' },
				null,
				'Old model.',
			],
		};
		expect(mapped({ ...RESPONSE, metadata }).warnings).toEqual(['The domain was skipped.', 'No speech.', 'Old model.']);
		expect(mapped({ ...RESPONSE, metadata: { warning: 'Alone.' } }).warnings).toEqual(['Alone.']);
		expect(mapped({ ...RESPONSE, metadata: { warning: null, warnings: [] } })).not.toHaveProperty('warnings');
	});

	it('warns of requested results that the service couldn’t create', () => {
		const response = {
			...RESPONSE,
			auto_highlights_result: { status: 'unavailable', results: [] },
			content_safety_labels: { status: 'success', results: [] },
			iab_categories_result: { status: 'unavailable' },
			speech_understanding: { response: { summarization: { status: 'error' }, translation: { status: 'success' } } },
		};
		expect(mapped(response).warnings).toEqual([
			'AssemblyAI returned no key phrases (status: unavailable)',
			'AssemblyAI returned no topics (status: unavailable)',
			'AssemblyAI didn’t complete the task “summarization” (status: error)',
		]);
	});

	it('reads summary sections as chapters', () => {
		const summary = [{ start: 240, end: 37100, text: 'Smoke drifts south.', headline: 'Smoke' }];
		const response = {
			...RESPONSE,
			chapters: null,
			speech_understanding: { response: { summarization: { status: 'success', summary } } },
		};
		expect(mapped(response).chapters).toEqual([
			{ title: 'Smoke', summary: 'Smoke drifts south.', start: 0.24, end: 37.1 },
		]);
	});

	it.each([
		[
			'chapters',
			[{ headline: 'Late' }, { headline: 7, summary: 'Whole', start: 0, end: 1000 }],
			[{ summary: 'Whole', start: 0, end: 1 }],
		],
		[
			'entities',
			[{ text: 'Ada' }, null, { entity_type: 'date', text: 'Friday', start: 'x' }],
			[{ type: 'date', text: 'Friday' }],
		],
	] as const)('drops only invalid entries of %s', (name, value, expected) => {
		expect(mapped({ ...RESPONSE, [name]: value })[name]).toEqual(expected);
	});

	it('drops only invalid sentiments', () => {
		const results = [
			{ ...WORD, sentiment: null },
			{ text: 'Well.', start: 0, end: 1000, sentiment: 'NEUTRAL', confidence: 'high', speaker: null },
		];
		expect(mapped({ ...RESPONSE, sentiment_analysis_results: results }).sentiments).toEqual([
			{ text: 'Well.', start: 0, end: 1, sentiment: 'neutral' },
		]);
	});

	it('omits null and missing fields', () => {
		const nulls = Object.fromEntries(Object.keys(RESPONSE).map((key) => [key, null]));
		const response = { ...nulls, id: 'job-1', status: 'queued' };
		expect(mapped(response)).toEqual({
			eventId: 'assemblyAi:job-1:queued',
			provider: 'assemblyAi',
			id: 'job-1',
			status: 'queued',
			raw: response,
		});
	});

	it('omits null in words', () => {
		const words = [{ text: 'Hi', start: 0, end: 1000, confidence: null, speaker: null, channel: null }];
		expect(mapped({ ...RESPONSE, words }).words).toEqual([{ text: 'Hi', start: 0, end: 1, kind: 'word' }]);
	});

	it('keeps a word without times in its place', () => {
		const words = [
			{ text: 'Pay', start: 0, end: 400 },
			{ text: '2266', start: null, end: null },
			{ text: 'now.', start: 1000, end: 1400 },
		];
		const transcript = mapped({ ...RESPONSE, text: 'Pay 2266 now.', words, utterances: null });
		expect(transcript.words?.[1]).toEqual({ text: '2266', start: 0.4, end: 1, kind: 'word' });
		expect(transcript).not.toHaveProperty('warnings');
	});

	it('has the times of its words for an utterance without times', () => {
		const utterances = [{ ...WORD, start: null, end: null, words: RESPONSE.words }];
		expect(mapped({ ...RESPONSE, utterances }).utterances).toMatchObject([{ start: 0.24, end: 1.5 }]);
	});

	it('warns if the words lack part of the text', () => {
		expect(mapped({ ...RESPONSE, text: 'Hi there. We will call you.' }).warnings).toEqual([
			'The words lack part of the text: “We will call you.”. Files may lack it too.',
		]);
	});

	it('warns if the utterances lack part of the text and there are no words', () => {
		const utterances = [{ ...WORD, text: 'Hi there.', words: null }];
		const { warnings } = mapped({ ...RESPONSE, text: 'Hi there. Please call back.', words: null, utterances });
		expect(warnings).toEqual([expect.stringContaining('“Please call back.”')]);
	});

	it('has no times below 0', () => {
		const chapters = [{ headline: 'A', start: -20, end: 1000 }];
		const found = mapped({ ...RESPONSE, words: [{ ...WORD, start: -20 }], chapters });
		expect([found.words?.[0]?.start, found.chapters?.[0]?.start]).toEqual([0, 0]);
	});

	it('keeps the empty text of a silent recording', () => {
		expect(mapped({ ...RESPONSE, text: '' }).text).toBe('');
	});

	it('accepts a numeric channel', () => {
		expect(mapped({ ...RESPONSE, words: [{ ...WORD, channel: 2 }] }).words?.[0]?.channel).toBe('2');
	});

	it.each([
		['text', 7],
		['audio_duration', '12 s'],
		['confidence', {}],
		['words', 'none'],
		['translated_texts', { de: 7 }],
		['summary', ['a']],
		['chapters', {}],
		['entities', 'none'],
		['sentiment_analysis_results', 7],
		['iab_categories_result', { results: 7 }],
		['speech_understanding', { response: 'soon' }],
		['speech_understanding', { response: { summarization: 'soon', action_items: [7] } }],
		['metadata', ['a']],
		['metadata', { warnings: 'many' }],
		['unredacted_text', {}],
		['webhook_url', false],
	])('ignores “%s” with an undocumented type', (field, value) => {
		const without = mapped({ ...RESPONSE, [field]: undefined });
		expect({ ...mapped({ ...RESPONSE, [field]: value }), raw: undefined }).toEqual({ ...without, raw: undefined });
	});

	it.each([0, 99, 600, 200.5, '404', null])('ignores the invalid callback status %p', (status) => {
		expect(transcriptSchema.parse({ ...RESPONSE, webhook_status_code: status }).webhook_status_code).toBeUndefined();
	});

	it.each([{ status: 'completed' }, { id: true, status: 'completed' }, { id: 'job-1' }])(
		'requires ID and status: %p',
		(response) => {
			expect(transcriptSchema.safeParse(response).success).toBe(false);
		},
	);
});

describe('A deleted transcript', () => {
	const deleted = (response: object) =>
		isDeleted(transcriptSchema.parse({ id: 'job-1', status: 'completed', ...response }));

	it.each([
		['its audio URL', { audio_url: 'http://deleted_by_user' }],
		['its webhook URL', { webhook_url: 'http://deleted_by_user' }],
		['its text', { text: 'Deleted by user.', words: null }],
		['its text, without a list of words', { text: 'Deleted by user.' }],
		['a flag', { is_deleted: true }],
	])('is recognized by %s', (_what, response) => {
		expect(deleted(response)).toBe(true);
	});

	it.each([
		['another transcript', RESPONSE],
		['a recording of the same words', { text: 'Deleted by user.', words: [WORD] }],
		['a false flag', { is_deleted: false }],
	])('isn’t confused with %s', (_what, response) => {
		expect(deleted(response)).toBe(false);
	});
});

describe('toStatus', () => {
	it.each([
		['queued', 'queued'],
		['processing', 'processing'],
		['completed', 'completed'],
		['error', 'failed'],
		['something_new', 'processing'],
	])('maps %s to %s', (status, ours) => {
		expect(toStatus(status)).toBe(ours);
	});

	it('treats any undocumented status as processing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.constantFrom('constructor', 'toString', '__proto__')), (status) => {
				fc.pre(!['queued', 'completed', 'error'].includes(status));
				expect(toStatus(status)).toBe('processing');
			}),
		);
	});
});

import fc from 'fast-check';
import {
	contentOf,
	jobSchema,
	toStatus,
	toTranscript,
	unwrapped,
} from '../../../../nodes/Transcription/providers/scriptix/transcript';

describe('toStatus', () => {
	it.each([
		['uploaded', 'queued'],
		['new', 'queued'],
		['created', 'queued'],
		['queued', 'queued'],
		['processing', 'processing'],
		['done', 'completed'],
		['Completed', 'completed'],
		['finished', 'completed'],
		['failed', 'failed'],
		['cancelled', 'failed'],
		['error', 'failed'],
		['something_new', 'processing'],
		['constructor', 'processing'],
		['', 'processing'],
	])('maps “%s” to %s', (reported, status) => {
		expect(toStatus(reported)).toBe(status);
	});
});

describe('Result of a Scriptix session', () => {
	const RESULT = {
		count: 1,
		total_results: 1,
		result: {
			duration: 4.5,
			status: 'done',
			results: [
				{
					result: [
						['Hello', 0.1, 0.5, 0.98],
						['Ada.', 0.6, 1, 0.9],
					],
					speaker: 'S1',
					text: 'Hello Ada.',
					sconf: 0.94,
					channel: 0,
				},
				{ result: [['Hi.', 1.5, 2.25, 1]], speaker: 'S2', text: 'Hi.', sconf: 1, channel: 0 },
			],
		},
	};

	it('is put in chronological order if it is grouped by channel', () => {
		const part = (text: string, start: number, channel: number) => ({
			result: [[text, start, start + 1, 1]],
			text,
			channel,
		});
		const content = contentOf({ result: { results: [part('How?', 0, 0), part('Oh.', 4, 0), part('So.', 2, 1)] } });
		expect(content?.text).toBe('How? So. Oh.');
		expect(content?.words?.map(({ text }) => text)).toEqual(['How?', 'So.', 'Oh.']);
	});

	it('contains text, utterances, and words with times in seconds', () => {
		expect(contentOf(RESULT)).toEqual({
			text: 'Hello Ada. Hi.',
			utterances: [
				{ text: 'Hello Ada.', start: 0.1, end: 1, speaker: 'S1', channel: '0', confidence: 0.94 },
				{ text: 'Hi.', start: 1.5, end: 2.25, speaker: 'S2', channel: '0', confidence: 1 },
			],
			words: [
				{ text: 'Hello', start: 0.1, end: 0.5, confidence: 0.98, speaker: 'S1', channel: '0', kind: 'word' },
				{ text: 'Ada.', start: 0.6, end: 1, confidence: 0.9, speaker: 'S1', channel: '0', kind: 'word' },
				{ text: 'Hi.', start: 1.5, end: 2.25, confidence: 1, speaker: 'S2', channel: '0', kind: 'word' },
			],
		});
	});

	it('places words without times within their segment', () => {
		const segments = [{ start: 60, end: 62, text: 'Hi me', words: [{ word: 'Hi' }, { word: 'me' }] }];
		expect(contentOf({ segments })?.words).toMatchObject([
			{ start: 60, end: 61 },
			{ start: 61, end: 62 },
		]);
	});

	it('keeps a segment without times', () => {
		const segments = [{ start: 0, end: 1, text: 'One.' }, { text: 'Two.' }, { start: 2, end: 3, text: 'Three.' }];
		expect(contentOf({ segments })?.utterances).toMatchObject([
			{ text: 'One.' },
			{ text: 'Two.', start: 1, end: 2 },
			{ text: 'Three.' },
		]);
	});

	it('has the text of its words in a language without spaces', () => {
		expect(
			contentOf({
				results: [
					{
						result: [
							['コーヒー', 0, 1],
							['を', 1, 2],
							['3', 2, 3],
							['月', 3, 4],
						],
					},
				],
			})?.text,
		).toBe('コーヒーを3月');
	});

	it('warns if the words have no times at all, or lack part of the text', () => {
		const warnings = contentOf({ text: 'Hi there. Bye now.', words: [{ word: 'Hi' }, { word: 'there.' }] })?.warnings;
		expect(warnings).toEqual([expect.stringContaining('“Bye now.”'), expect.stringContaining('no times')]);
	});

	it('warns if segments without words lack part of the text', () => {
		const segments = [{ text: 'Hello.', start: 0, end: 1 }];
		expect(contentOf({ text: 'Hello. Please call back.', segments })?.warnings).toEqual([
			expect.stringContaining('“Please call back.”'),
		]);
	});

	it('has the words of every segment, even if only some segments have words', () => {
		const segments = [
			{ text: 'Hello Ada.', start: 0, end: 1, speaker: 'A' },
			{ text: 'Hi.', start: 1, end: 2, speaker: 'B', words: [{ word: 'Hi.', start: 1, end: 2 }] },
		];
		const content = contentOf({ segments });
		expect(content?.words?.map(({ text, speaker }) => [text, speaker])).toEqual([
			['Hello', 'A'],
			['Ada.', 'A'],
			['Hi.', 'B'],
		]);
		expect(content).not.toHaveProperty('warnings');
	});

	it('has no blanks around words', () => {
		const content = contentOf({
			results: [
				{
					result: [
						[' Hello', 0, 1],
						['', 1, 1],
						[' Ada.', 1, 2],
					],
				},
			],
		});
		expect(content).toMatchObject({ text: 'Hello Ada.', words: [{ text: 'Hello' }, { text: 'Ada.' }] });
	});

	it('may be empty', () => {
		expect(contentOf({ result: { results: [] } })).toEqual({ text: '' });
	});

	it('may lack optional fields', () => {
		const content = contentOf({ results: [{ text: 'Hello', speaker: null, result: null, sconf: 97 }] });
		expect(content).toEqual({ text: 'Hello' });
	});

	it('reads the text of a segment from its words if needed', () => {
		expect(
			contentOf({
				results: [
					{
						result: [
							['a', 0, 1],
							['b', 1, 2],
						],
					},
				],
			}),
		).toMatchObject({
			text: 'a b',
			utterances: [{ text: 'a b', start: 0, end: 2 }],
		});
	});

	it('drops entries without text and keeps words without times', () => {
		const words = contentOf({
			results: [{ text: 'a c', result: [['a', 0, 1, 1], ['b'], 7, ['c', 2, 3, 'x']] }],
		})?.words;
		expect(words).toMatchObject([{ text: 'a' }, { text: 'b', start: 1, end: 2 }, { text: 'c' }]);
	});
});

describe('Content of a job of the batch upload API', () => {
	it.each<[string, unknown]>([
		['as text', { text: 'Hello Ada.' }],
		['as transcript', { transcript: 'Hello Ada.' }],
		['in a transcript object', { transcript: { text: 'Hello Ada.' } }],
		[
			'in the content of a document',
			{
				id: 456,
				content: {
					segments: [
						{ text: 'Hello', start: 0, end: 1 },
						{ text: 'Ada.', start: 1, end: 2 },
					],
				},
			},
		],
		[
			'in segments',
			{
				data: {
					segments: [
						{ text: 'Hello', start: 0, end: 1 },
						{ text: 'Ada.', start: 1, end: 2 },
					],
				},
			},
		],
		[
			'in words alone',
			{
				words: [
					{ word: 'Hello', start: 0, end: 1 },
					{ text: 'Ada.', start: 1, end: 2 },
				],
			},
		],
		['in an envelope', { result: { document: { text: 'Hello Ada.' } } }],
	])('is found %s', (_where, response) => {
		expect(contentOf(response)?.text).toBe('Hello Ada.');
	});

	it.each<[string, unknown]>([
		['a response without content', { id: 'stt_1', status: 'completed', document_id: 4 }],
		['a text', 'Hello'],
		['nothing', undefined],
		['null', null],
	])('isn’t found in %s', (_what, response) => {
		expect(contentOf(response)).toBeUndefined();
	});

	it('includes the words of segments with speakers and times', () => {
		const segments = [
			{
				text: 'Hello',
				start: 0,
				end: 1,
				speaker: 1,
				words: [{ word: 'Hello', start: 0.2, end: 0.9, confidence: 0.5 }],
			},
		];
		expect(contentOf({ segments })).toEqual({
			text: 'Hello',
			utterances: [{ text: 'Hello', start: 0, end: 1, speaker: '1' }],
			words: [{ text: 'Hello', start: 0.2, end: 0.9, confidence: 0.5, speaker: '1', kind: 'word' }],
		});
	});

	it('never throws while reading arbitrary responses', () => {
		fc.assert(fc.property(fc.jsonValue(), (response) => void contentOf(response)));
	});
});

describe('Scriptix job', () => {
	const transcriptOf = (session: Record<string, unknown>) => {
		const job = jobSchema.parse(session);
		return toTranscript('s-1', toStatus(job.status ?? ''), job, undefined, { session });
	};

	it('is converted to our model with the requested ID', () => {
		const session = {
			id: 7,
			session_id: 's-1',
			status: 'done',
			language: 'en',
			duration: 12.5,
			filename: 'call.mp3',
			custom_model_id: 3,
			created_at: '2025-12-01T10:00:00Z',
			finished_at: '2025-12-01T10:01:00Z',
			error: null,
		};
		expect(transcriptOf(session)).toEqual({
			status: 'completed',
			provider: 'scriptix',
			id: 's-1',
			eventId: 'scriptix:s-1:completed',
			language: 'en',
			durationSeconds: 12.5,
			recordingName: 'call.mp3',
			model: '3',
			createdAt: '2025-12-01T10:00:00Z',
			completedAt: '2025-12-01T10:01:00Z',
			raw: { session },
		});
	});

	it.each<[string, unknown]>([
		['a text', 'No speech found'],
		['an object', { code: 'NO_SPEECH', message: 'No speech found' }],
	])('has an error that is %s', (_what, error) => {
		expect(transcriptOf({ status: 'failed', error })).toMatchObject({
			status: 'failed',
			errorMessage: 'No speech found',
		});
	});

	it.each([false, '', {}, null, 0])('has no error if it is %j', (error) => {
		expect(transcriptOf({ status: 'failed', error })).not.toHaveProperty('errorMessage');
	});

	it('is read despite fields with undocumented types', () => {
		expect(transcriptOf({ status: 'done', language: 5, duration: 'long', created_at: 'yesterday' })).toMatchObject({
			status: 'completed',
		});
	});

	it('is unwrapped from envelopes', () => {
		expect([unwrapped({ result: { a: 1 } }), unwrapped({ data: { a: 1 } }), unwrapped({ a: 1, result: [] })]).toEqual([
			{ a: 1 },
			{ a: 1 },
			{ a: 1, result: [] },
		]);
	});
});

import { jobOf, jobSchema, isUnsettled } from '../../../../nodes/Transcription/providers/revAi/jobDetails';
import {
	summarySchema,
	summaryText,
	toTranscript,
	transcriptSchema,
} from '../../../../nodes/Transcription/providers/revAi/transcript';

// Source: Rev AI docs, “Asynchronous API reference”, Job.
const JOB = {
	id: 'Umx5c6F7pH7r',
	status: 'transcribed',
	created_on: '2018-05-05T23:23:22.29Z',
	completed_on: '2018-05-05T23:24:22.29Z',
	duration_seconds: 356.24,
	name: 'call.mp3',
	metadata: 'https://n8n.example.com/webhook/w/revAi?ref=a',
	language: 'en',
	type: 'async',
	transcriber: 'machine',
};

const text = (value: string, ts?: number, more: object = {}) => ({
	type: 'text',
	value,
	...(ts !== undefined && { ts, end_ts: ts + 0.5 }),
	confidence: 0.9,
	...more,
});
const punct = (value: string) => ({ type: 'punct', value });

const job = (fields: object = {}) => jobSchema.parse({ ...JOB, ...fields });
const of = (monologues: unknown, fields: object = {}) =>
	toTranscript(job(fields), { response: transcriptSchema.parse({ monologues }) }, {});
/** The transcript of one speaker. */
const said = (...elements: object[]) => of([{ speaker: 0, elements }]);

describe('Rev AI transcript', () => {
	it('contains the job’s details', () => {
		expect(said(text('Hello', 0.5))).toMatchObject({
			id: 'Umx5c6F7pH7r',
			eventId: 'revAi:Umx5c6F7pH7r:completed',
			status: 'completed',
			durationSeconds: 356.24,
			recordingName: 'call.mp3',
			language: 'en',
			model: 'machine',
			createdAt: '2018-05-05T23:23:22.29Z',
			completedAt: '2018-05-05T23:24:22.29Z',
			speakers: ['0'],
			words: [{ text: 'Hello', start: 0.5, end: 1, confidence: 0.9, speaker: '0', kind: 'word' }],
		});
	});

	it.each<[string, object[], string, string[]]>([
		['after words', [text('Hi', 1), punct(','), punct(' '), text('you', 2), punct('.')], 'Hi, you.', ['Hi,', 'you.']],
		['with its space', [text('Hi', 1), punct(', '), text('you', 2)], 'Hi, you', ['Hi,', 'you']],
		['before words', [text('Hi', 1), punct(' '), punct('“'), text('you', 2), punct('”')], 'Hi “you”', ['Hi', '“you”']],
		['in between', [text('a', 1), punct(' '), punct('–'), punct(' '), text('b', 2)], 'a – b', ['a –', 'b']],
		['in between, in one element', [text('a', 1), punct(' – '), text('b', 2)], 'a – b', ['a –', 'b']],
		['at the beginning', [punct('¿'), text('Qué', 1), punct('?')], '¿Qué?', ['¿Qué?']],
		['at the end after a space', [text('Hi', 1), punct(' '), punct('…')], 'Hi …', ['Hi …']],
		['alone', [punct('…')], '…', ['…']],
		['without spaces', [text('東', 1), text('京', 2), punct('。')], '東京。', ['東', '京。']],
	])('keeps punctuation %s', (_where, elements, expected, words) => {
		const transcript = said(...elements);
		expect(transcript.text).toBe(expected);
		expect(transcript.words?.map((word) => word.text)).toEqual(words);
		expect(transcript.utterances?.map((utterance) => utterance.text).join(' ')).toBe(expected);
	});

	it('joins words with spaces if there is no punctuation', () => {
		expect(said(text('Hi', 1), text('you', 2)).text).toBe('Hi you');
	});

	it('keeps sounds and inaudible parts, with estimated times', () => {
		const { words } = said(
			text('Hi', 1),
			punct(' '),
			{ type: 'unknown', value: '<inaudible>' },
			punct(' '),
			text('you', 4),
		);
		expect(words?.[1]).toMatchObject({ text: '<inaudible>', kind: 'audioEvent', speaker: '0' });
		expect(words?.[1]?.start).toBeGreaterThanOrEqual(1.5);
		expect(words?.[1]?.end).toBeLessThanOrEqual(4);
	});

	it('accepts the old name of the end', () => {
		expect(said({ type: 'text', value: 'Hi', ts: 1, ts_end: 1.4 }).words?.[0]).toMatchObject({ start: 1, end: 1.4 });
	});

	it('separates speakers, with their names if they are known', () => {
		const { text: all, utterances } = of([
			{ speaker: 0, speaker_info: { id: 'x', display_name: 'Ada' }, elements: [text('Hello', 1), punct('.')] },
			{ speaker: 1, elements: [text('Hi', 2), punct('.')] },
		]);
		expect(all).toBe('Hello. Hi.');
		expect(utterances).toMatchObject([
			{ speaker: 'Ada', text: 'Hello.' },
			{ speaker: '1', text: 'Hi.' },
		]);
	});

	it('keeps speakers with the same name apart', () => {
		const turn = (speaker: number, name: string, word: string) => ({
			speaker,
			speaker_info: { display_name: name },
			elements: [text(word, speaker + 1)],
		});
		const monologues = [turn(0, 'Ada', 'One'), turn(1, 'Ada', 'two'), turn(2, 'Bob', 'three'), turn(0, 'Ada', 'four')];
		expect(of(monologues).speakers).toEqual(['Ada (0)', 'Ada (1)', 'Bob']);
	});

	it('separates channels', () => {
		const monologues = [
			{ speaker: 0, elements: [text('Hello', 1)] },
			{ speaker: 1, elements: [text('Hi', 2)] },
		];
		const transcript = of(monologues, { speaker_channels_count: 2 });
		expect(transcript).not.toHaveProperty('speakers');
		expect(transcript.utterances).toMatchObject([{ channel: '0' }, { channel: '1' }]);
	});

	it('has no speakers if diarization was off', () => {
		expect(of([{ speaker: 0, elements: [text('Hi', 1)] }], { skip_diarization: true })).not.toHaveProperty('speakers');
	});

	it.each([[[]], [[{ speaker: 0, elements: [] }]]])('is empty without speech: %j', (monologues) => {
		expect(of(monologues)).toMatchObject({ status: 'completed', text: '', words: [] });
	});

	it.each([undefined, null, 'oops', {}])('can’t be read without a list of monologues: %j', (monologues) => {
		expect(transcriptSchema.safeParse({ monologues }).success).toBe(false);
	});

	it('skips elements that can’t be read', () => {
		expect(of([null, 'x', { elements: [null, 7, { value: 3 }, text('Hi', 1)] }]).text).toBe('Hi');
	});

	it('warns if no word has times', () => {
		expect(said(text('Hi'), punct(' '), text('you')).warnings).toEqual([expect.stringContaining('estimated')]);
	});

	it.each([
		[{ summary: 'A call' }, 'A call'],
		[{ bullet_points: ['One', 'Two'] }, 'One\nTwo'],
		[{ summary: '', bullet_points: ['One'] }, 'One'],
		[{}, undefined],
	])('contains the summary %j', (summary, expected) => {
		const responses = { response: { monologues: [] }, summary: summaryText(summarySchema.parse(summary)) };
		expect(toTranscript(job(), responses, {}).summary).toBe(expected);
	});

	it('contains translations as text', () => {
		const translated = transcriptSchema.parse({ monologues: [{ elements: [text('Hallo', 1), punct('.')] }] });
		const responses = { response: { monologues: [] }, translations: [['de', translated]] as const };
		expect(toTranscript(job(), responses, {}).translations).toEqual({ de: 'Hallo.' });
	});
});

describe('Rev AI job', () => {
	it.each([
		['in_progress', 'processing'],
		['transcribed', 'completed'],
		['failed', 'failed'],
		['a new one', 'processing'],
		[undefined, 'processing'],
	])('with the status %s is %s', (status, expected) => {
		expect(toTranscript(job({ status }), {}, {}).status).toBe(expected);
	});

	it.each<[object, string | undefined]>([
		[{ failure: 'invalid_media', failure_detail: 'Not audio' }, 'Not audio (invalid_media)'],
		[{ failure: 'internal_processing' }, 'internal_processing'],
		[{ failure_detail: 'Not audio' }, 'Not audio'],
		[{ failure: 'insufficient_balance' }, expect.stringContaining('out of credits')],
		[{ failure: 'invoicing_limit_exceeded', failure_detail: 'x' }, expect.stringContaining('invoicing limit')],
		[{}, undefined],
	])('has the reason of its failure: %j', (fields, expected) => {
		expect(toTranscript(job({ status: 'failed', ...fields }), {}, {}).errorMessage).toEqual(expected);
	});

	it('contains the callback URL from its metadata', () => {
		const transcript = said(text('Hi', 1));
		expect(jobOf(JOB, transcript).callbackUrl).toBe(JOB.metadata);
		expect(jobOf({ ...JOB, metadata: 'call 7 of another program' }, transcript)).not.toHaveProperty('callbackUrl');
	});

	it.each<[object, boolean, string[] | undefined]>([
		[{}, false, undefined],
		[{ summarization: { status: 'completed' } }, false, undefined],
		[
			{ summarization: { status: 'in_progress' } },
			true,
			['Rev AI hasn’t finished the summary yet. Get the transcript again later.'],
		],
		[{ summarization: { status: 'failed', failure: 'x' } }, false, ['Rev AI couldn’t create the summary (x).']],
		[
			{ translation: { target_languages: [{ language: 'de', status: 'completed' }, { language: 'fr' }] } },
			true,
			['Rev AI hasn’t finished the translation into fr yet. Get the transcript again later.'],
		],
	])('with %j is unsettled: %s', (fields, expected, warnings) => {
		expect(isUnsettled(job(fields))).toBe(expected);
		const response = transcriptSchema.parse({ monologues: [] });
		expect(toTranscript(job(fields), { response }, {}).warnings).toEqual(warnings);
	});
});

import { rmSync } from 'node:fs';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import mammoth from 'mammoth';
import {
	API_KEY,
	exportTranscript,
	fileOf,
	get,
	inFilesystem,
	inMemory,
	run,
	type Setup,
	submit,
	textOfFile,
} from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(30_000);
const service = useSandbox();

/** Returns the ID of a finished job with two speakers. */
async function aFinishedJob(): Promise<string> {
	const { json } = await submit(
		{ callback: 'none', options: { diarize: true } },
		[inMemory(RECORDING)],
		service.setup(),
	);
	await service.sandbox.settled();
	return String(json[0]?.id);
}

/** A node without a credential, which sends no requests. */
const ALONE: Setup = { baseUrl: 'http://127.0.0.1:9', credentialState: 'absent' };

const words = TEXT.split(' ').map((text, i) => ({
	text,
	start: i * 2,
	end: i * 2 + 1.5,
	kind: 'word',
	speaker: i < 4 ? 'A' : 'B',
}));
const CALL: IDataObject = {
	eventId: 'p:job-1:completed',
	provider: 'p',
	id: 'job-1',
	status: 'completed',
	text: TEXT,
	language: 'en',
	words,
	metadata: { deal: '7' },
};
const item = (json: IDataObject = CALL): INodeExecutionData => ({ json });
const exported = async (parameters: Parameters<typeof exportTranscript>[0], json: IDataObject = CALL) =>
	await exportTranscript(parameters, [item(json)], ALONE);

describe('Export creates files', () => {
	it('of the transcript in the item, without a credential, and keeps its metadata', async () => {
		const result = await exported({ files: ['srt', 'vtt', 'txt', 'md', 'html', 'csv', 'json', 'svg', 'docx'] });
		expect(result.error).toBeUndefined();
		const { words: _, ...simplified } = CALL;
		expect(result.json).toEqual([simplified]);
		const binary = result.outputs[0]?.[0]?.binary ?? {};
		expect(Object.entries(binary).map(([field, { fileName, mimeType }]) => [field, fileName, mimeType])).toEqual([
			['srt', 'job-1.srt', 'application/x-subrip'],
			['vtt', 'job-1.vtt', 'text/vtt'],
			['txt', 'job-1.txt', 'text/plain'],
			['md', 'job-1.md', 'text/markdown'],
			['html', 'job-1.html', 'text/html'],
			['csv', 'job-1.csv', 'text/csv'],
			['json', 'job-1.json', 'application/json'],
			['svg', 'job-1.svg', 'image/svg+xml'],
			['docx', 'job-1.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
		]);
		expect(await textOfFile(result, 'txt')).toBe('A: Hello, this is Ada.\n\nB: Hi Ada, Charles here.\n');
		expect(JSON.parse(await textOfFile(result, 'json'))).toEqual(CALL);
		expect(await textOfFile(result, 'svg')).toContain('Speaker A: 0:08 (50%), Speaker B: 0:08 (50%)');
	});

	it('with HTML as a fragment for a CMS, if requested', async () => {
		const result = await exported({ files: ['html'], options: { htmlFragment: true } });
		expect(await textOfFile(result, 'html')).toBe(
			'<p><strong>A:</strong> Hello, this is Ada.</p>\n<p><strong>B:</strong> Hi Ada, Charles here.</p>\n',
		);
	});

	it('as Markdown with links to the recording, if requested', async () => {
		const options = { includeTimestamps: true, recordingUrl: 'https://example.com/call.mp3#old' };
		expect(await textOfFile(await exported({ files: ['md'], options }), 'md')).toBe(
			'[0:00](https://example.com/call.mp3#t=0) **A:** Hello, this is Ada.\n\n' +
				'[0:08](https://example.com/call.mp3#t=8) **B:** Hi Ada, Charles here.\n',
		);
	});

	it('with their text in the item, if requested', async () => {
		const result = await exported({
			files: ['html', 'txt'],
			options: { htmlFragment: true, includeText: true, title: 'Call' },
		});
		const { words: _, ...simplified } = CALL;
		const files = { html: await textOfFile(result, 'html'), txt: await textOfFile(result, 'txt') };
		expect(files.txt).toBe('A: Hello, this is Ada.\n\nB: Hi Ada, Charles here.\n');
		expect(result.json).toEqual([{ ...simplified, files }]);
	});

	it('as a Word document, whose bytes aren’t in the item', async () => {
		const result = await exported({ files: ['docx', 'txt'], options: { includeText: true, title: 'Call' } });
		expect(Object.keys(result.json[0]?.files as IDataObject)).toEqual(['txt']);
		const buffer = await fileOf(result, 'docx');
		expect((await mammoth.extractRawText({ buffer })).value).toMatch(/^Call\n\n.*Hello, this is Ada\./s);
	});

	it('in subtitle and plain text format by default', async () => {
		expect(Object.keys((await exported({})).outputs[0]?.[0]?.binary ?? {})).toEqual(['srt', 'txt']);
	});

	it('of a transcript that it fetches by ID', async () => {
		const transcriptId = await aFinishedJob();
		const result = await exportTranscript(
			{ from: 'id', transcriptId: ` ${transcriptId} `, files: ['vtt', 'json'] },
			[{ json: {} }],
			service.setup(),
		);
		expect(await textOfFile(result, 'vtt')).toContain('<v B>Charles here.');
		expect(JSON.parse(await textOfFile(result, 'json'))).toMatchObject({
			id: transcriptId,
			words: expect.any(Array),
			utterances: expect.any(Array),
		});
		expect(result.json[0]).not.toHaveProperty('words');
	});

	it('of a JSON file that it created before, wherever n8n stores it', async () => {
		const made = await textOfFile(await exported({ files: ['json'] }), 'json');
		const direct = await textOfFile(await exported({ files: ['srt'] }), 'srt');
		const file = { mimeType: 'application/json', fileName: 'job-1.json' };
		for (const source of [inMemory(Buffer.from(made), file), await inFilesystem(Buffer.from(`\ufeff${made}`), file)]) {
			const result = await exportTranscript(
				{ from: 'binary', binaryPropertyName: 'data', files: ['srt'] },
				[source],
				ALONE,
			);
			expect(result.error).toBeUndefined();
			expect(await textOfFile(result, 'srt')).toBe(direct);
			expect(direct).toContain('Charles here.');
		}
	});

	it('of a JSON file that n8n no longer has, with an explanation', async () => {
		const item = await inFilesystem(Buffer.from('{}'), { mimeType: 'application/json', fileName: 'job-1.json' });
		rmSync(Container.get(BinaryDataService).getPath(item.binary?.data?.id ?? ''));
		const { error } = await exportTranscript(
			{ from: 'binary', binaryPropertyName: 'data', files: ['srt'] },
			[item],
			ALONE,
		);
		expect(error?.message).toBe('The file “job-1.json” in item 0 is no longer in n8n’s storage');
	});

	it('with summary and chapters, and everything else in the JSON file', async () => {
		const about = {
			summary: 'A greeting.',
			chapters: [{ title: 'Hello', start: 0, end: 8 }],
			actionItems: [{ text: 'Say hi.', quote: 'Hi Ada', start: 1 }],
		};
		const found = {
			entities: [{ type: 'name', text: 'Ada' }],
			sentiments: [{ text: 'Hi', sentiment: 'positive' }],
			unredactedText: TEXT,
		};
		const result = await exported({ files: ['md', 'json'] }, { ...CALL, ...about, ...found });
		expect(await textOfFile(result, 'md')).toMatch(
			/^> A greeting\.\n\n- \*\*Hello\*\*\n\n\*\*Action items\*\*\n\n- Say hi\.\n\n\*\*A:\*\* Hello/,
		);
		expect(JSON.parse(await textOfFile(result, 'json'))).toEqual({ ...CALL, ...about, ...found });
	});

	it.each([
		{ summary: { short: 'x' } },
		{ summary: 7 },
		{ chapters: 'none' },
		{ chapters: [{ title: 'No times' }] },
		{ actionItems: 'none' },
		{ actionItems: [{ quote: 'No text' }] },
		{ summary: null, chapters: null, actionItems: null },
	])('without invalid summaries and lists from a node in between: %j', async (foreign) => {
		const result = await exported({ files: ['md'] }, { ...CALL, ...foreign });
		expect(await textOfFile(result, 'md')).toBe('**A:** Hello, this is Ada.\n\n**B:** Hi Ada, Charles here.\n');
	});

	it('with the selected settings', async () => {
		const options = {
			charactersPerLine: 12,
			linesPerCue: 1,
			fileName: '../call: 7.srt',
			offsetSeconds: '100',
			includeSpeakers: 'true',
			speakerNames: {
				pair: [
					{ speaker: 'A', name: 'Ada' },
					{ speaker: '', name: 'nobody' },
				],
			},
		};
		const result = await exported({ files: ['srt'], options });
		expect(await textOfFile(result, 'srt')).toMatch(/^1\n00:01:40,000 --> .*\nAda: Hello,\n/);
		expect(result.outputs[0]?.[0]?.binary?.srt?.fileName).toBe('_call_ 7.srt');
	});

	it('for every item separately and continues after an item that can’t be read', async () => {
		const items = [item(), item({ id: 'x' }), item({ ...CALL, id: 'job-3' })];
		const result = await exportTranscript({ files: ['txt'] }, items, { ...ALONE, onError: 'continueRegularOutput' });
		expect(result.json.map(({ id, error }) => id ?? error)).toEqual([
			'job-1',
			'Item 1 doesn’t contain a transcript',
			'job-3',
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('of a transcript that an AI agent or a Code node changed', async () => {
		const changed = {
			...CALL,
			id: 7,
			metadata: null,
			words: [{ text: 'Hi', start: '1', end: '2', speaker: 3, extra: true }],
		};
		expect(await textOfFile(await exported({ files: ['txt'] }, changed as unknown as IDataObject), 'txt')).toBe(
			'3: Hi\n',
		);
	});
});

describe('Export returns items', () => {
	it.each([
		['utterance', ['Hello, this is Ada.', 'Hi Ada, Charles here.']],
		['sentence', ['Hello, this is Ada.', 'Hi Ada, Charles here.']],
		['paragraph', ['Hello, this is Ada.', 'Hi Ada, Charles here.']],
		['cue', ['Hello, this is Ada.', 'Hi Ada, Charles here.']],
	])('per %s, paired with the transcript', async (itemPer, texts) => {
		const { outputs, json } = await exportTranscript(
			{ exportAs: 'items', itemPer },
			[item({ id: 'other', text: '', words: [] }), item()],
			ALONE,
		);
		expect(json.filter(({ transcriptId }) => transcriptId === 'job-1').length).toBeGreaterThanOrEqual(texts.length);
		expect(outputs[0]?.every(({ pairedItem }) => (pairedItem as { item: number }).item === 1)).toBe(true);
		expect(json.map(({ text }) => text).join(' ')).toBe(texts.join(' '));
	});

	it('with times, speaker, and index', async () => {
		const options = { speakerNames: { pair: [{ speaker: 'B', name: 'Charles' }] }, offsetSeconds: 0.5 };
		expect((await exported({ exportAs: 'items', options })).json).toEqual([
			{ text: 'Hello, this is Ada.', start: 0.5, end: 8, speaker: 'A', index: 0, transcriptId: 'job-1' },
			{ text: 'Hi Ada, Charles here.', start: 8.5, end: 16, speaker: 'Charles', index: 1, transcriptId: 'job-1' },
		]);
	});

	it('without times if the transcript has none', async () => {
		const { json } = await exported({ exportAs: 'items', itemPer: 'sentence' }, { id: '1', text: 'One. Two.' });
		expect(json).toEqual([
			{ text: 'One.', index: 0, transcriptId: '1' },
			{ text: 'Two.', index: 1, transcriptId: '1' },
		]);
	});

	describe('per chunk', () => {
		const LONG = { ...CALL, words: undefined, text: 'This is a sentence for the index. '.repeat(90).trim() };

		it('with times, all speakers, and an ID for vector stores', async () => {
			const options = { speakerNames: { pair: [{ speaker: 'B', name: 'Charles' }] } };
			expect((await exported({ exportAs: 'items', itemPer: 'chunk', options })).json).toEqual([
				{
					text: 'A: Hello, this is Ada.\nCharles: Hi Ada, Charles here.',
					start: 0,
					end: 15.5,
					speakers: ['A', 'Charles'],
					index: 0,
					transcriptId: 'job-1',
					id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
				},
			]);
		});

		it('without speakers if they aren’t included', async () => {
			const parameters = { exportAs: 'items', itemPer: 'chunk', options: { includeSpeakers: false } };
			const [chunk] = (await exported(parameters)).json;
			expect(chunk).toMatchObject({ text: 'Hello, this is Ada.\nHi Ada, Charles here.' });
			expect(chunk).not.toHaveProperty('speakers');
		});

		it('up to 1,000 characters by default, and an overlap of 200', async () => {
			const { json } = await exported({ exportAs: 'items', itemPer: 'chunk' }, LONG as unknown as IDataObject);
			const sizes = json.map(({ text }) => String(text).length);
			expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
			expect(Math.max(...sizes)).toBeGreaterThan(900);
			// 90 sentences are 3,059 characters long. 5 sentences are repeated in each chunk but the first.
			expect(sizes).toEqual([985, 985, 985, 611]);
		});

		it('up to a number of tokens', async () => {
			const parameters = { exportAs: 'items', itemPer: 'chunk', chunkUnit: 'tokens', chunkSize: 100, chunkOverlap: 0 };
			const { json } = await exported(parameters, LONG as unknown as IDataObject);
			expect(json.map(({ text }) => String(text).length)).toEqual([...Array<number>(9).fill(339)]);
		});

		it('with the same IDs each time, which differ between chunks and transcripts', async () => {
			const idsOf = async (json: unknown) =>
				(await exported({ exportAs: 'items', itemPer: 'chunk' }, json as IDataObject)).json.map(({ id }) => id);
			const ids = await idsOf(LONG);
			expect(await idsOf(LONG)).toEqual(ids);
			const others = [
				...(await idsOf({ ...LONG, id: 'job-2' })),
				...(await idsOf({ ...LONG, provider: 'q' })),
				...(await idsOf({ text: 'One.' })),
				...(await idsOf({ text: 'Two.' })),
				...(await idsOf({ provider: 'p', text: 'Three.' })),
				...(await idsOf({ provider: 'p', text: 'Four.' })),
			];
			expect(new Set([...ids, ...others]).size).toBe(ids.length + others.length);
		});

		it.each([
			[{ chunkSize: 399, chunkOverlap: 200 }, '“Chunk Overlap” is 200, which is more than half of “Chunk Size”, 399'],
			[{ chunkSize: 20 }, '“Chunk Size” has an invalid value: 20'],
			[{ chunkUnit: '={{ "words" }}' }, '“Chunk Unit” is “words”, which isn’t a valid option'],
		])('rejects %j', async (parameters, message) => {
			const { error } = await exported({ exportAs: 'items', itemPer: 'chunk', ...parameters });
			expect(error?.message).toBe(message);
			expect(error?.description).toBeTruthy();
		});
	});

	it('with statistics', async () => {
		const options = { speakerNames: { pair: [{ speaker: 'B', name: 'Charles' }] }, offsetSeconds: 0.5 };
		// Each word lasts 1.5 s, and the next one starts 0.5 s later. That is too short for a pause.
		const speaker = {
			talkSeconds: 7.5,
			talkShare: 0.5,
			utterances: 1,
			words: 4,
			wordsPerMinute: 32,
			longestMonologueSeconds: 7.5,
			questions: 0,
		};
		expect((await exported({ exportAs: 'statistics', options })).json).toEqual([
			{
				durationSeconds: 15.5,
				talkSeconds: 15,
				silenceSeconds: 0.5,
				silenceShare: 0.0323,
				overlaps: 0,
				overlapSeconds: 0,
				turnsPerMinute: 7.74,
				words: 8,
				wordsPerMinute: 32,
				questions: 0,
				speakers: [
					{ speaker: 'A', ...speaker, longestMonologueStart: 0.5 },
					{ speaker: 'Charles', ...speaker, longestMonologueStart: 8.5 },
				],
				timeline: [{ start: 0, talkSeconds: 15, silenceSeconds: 0.5, speakerSeconds: [7.5, 7.5] }],
				metadata: { deal: '7' },
				transcriptId: 'job-1',
			},
		]);
	});

	it('with anonymous statistics, if requested', async () => {
		const [{ speakers } = {}] = (await exported({ exportAs: 'statistics', options: { includeSpeakers: false } })).json;
		expect(speakers).toHaveLength(2);
		expect(JSON.stringify(speakers)).not.toMatch(/"speaker"|"channel"/);
	});

	it('for each occurrence of a search term', async () => {
		expect((await exported({ exportAs: 'search', terms: 'ada, charles HERE' })).json).toEqual([
			{
				term: 'ada',
				text: 'Ada.',
				start: 6,
				end: 7.5,
				speaker: 'A',
				context: 'Hello, this is Ada.',
				index: 0,
				transcriptId: 'job-1',
			},
			{
				term: 'ada',
				text: 'Ada,',
				start: 10,
				end: 11.5,
				speaker: 'B',
				context: 'Hi Ada, Charles here.',
				index: 1,
				transcriptId: 'job-1',
			},
			{
				term: 'charles HERE',
				text: 'Charles here.',
				start: 12,
				end: 15.5,
				speaker: 'B',
				context: 'Hi Ada, Charles here.',
				index: 2,
				transcriptId: 'job-1',
			},
		]);
	});

	it('only if there is a match', async () =>
		expect((await exported({ exportAs: 'search', terms: 'never' })).json).toEqual([]));
});

describe('Export of an item with Output: Simplified', () => {
	const simplified = { ...CALL, provider: 'soniox', words: undefined };

	it.each([
		['subtitles', { files: ['txt', 'vtt'] }, 'subtitles'],
		['cues', { exportAs: 'items', itemPer: 'cue' }, 'subtitles'],
		['charts', { files: ['svg'] }, 'charts'],
	])('explains how to get %s', async (_what, parameters, files) => {
		const { error } = await exported(parameters, simplified as unknown as IDataObject);
		expect(error?.message).toBe(`Item 0 has no timestamps, which ${files} need`);
		expect(error?.description).toContain('set “Output” to Words in the node that returned the transcript');
		expect(error?.description).toContain('choose Provider: Soniox, From: ID, and {{ $json.id }} as the Transcript ID');
	});

	it.each([
		['a table', { files: ['csv'] }],
		['the JSON file', { files: ['json'] }],
		['items', { exportAs: 'items', itemPer: 'sentence' }],
		['a word search', { exportAs: 'search', terms: 'Ada' }],
		['statistics', { exportAs: 'statistics' }],
	])('creates %s without a request and says that timestamps are missing', async (_what, parameters) => {
		const { error, json, hints } = await exported(parameters, simplified as unknown as IDataObject);
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		expect(hints).toEqual([expect.stringMatching(/^Item 0 only has the text .+ set “Output” to Words/)]);
	});

	it('creates text files without a request or a hint', async () => {
		const result = await exported({ files: ['txt', 'md', 'html'] }, simplified as unknown as IDataObject);
		expect([result.error, result.hints]).toEqual([undefined, []]);
		expect(await textOfFile(result, 'txt')).toContain('Hi Ada, Charles here.');
	});
});

describe('Export explains errors and how to fix them', () => {
	it.each<[string, Parameters<typeof exportTranscript>[0], IDataObject, RegExp, RegExp]>([
		[
			'subtitles of a transcript without times',
			{ files: ['srt'] },
			{ id: '1', text: 'Hi.' },
			/has no times/,
			/“Output” to Words in the node that returned/,
		],
		[
			'cues of a transcript without times',
			{ exportAs: 'items', itemPer: 'cue' },
			{ id: '1', text: 'Hi.' },
			/has no times/,
			/“Output” to Words in the node that returned/,
		],
		['an item without transcript', {}, { hello: 'world' }, /^Item 0 doesn’t contain a transcript$/, /From: ID/],
		['a job in progress', {}, { id: '1', status: 'processing' }, /is “processing”, not completed/, /From: ID/],
		[
			'damaged words',
			{},
			{ id: '1', words: [{ text: 'a', start: 'soon', end: 1 }] },
			/“words.0.start” isn’t valid/,
			/unchanged/,
		],
		['no file', { files: '={{ [] }}' }, CALL, /“Files” is empty/, /file format/],
		['an unknown file', { files: '={{ ["pdf"] }}' }, CALL, /“pdf”/, /srt/],
		[
			'an unknown choice for One Item Per',
			{ exportAs: 'items', itemPer: '={{ "word" }}' },
			CALL,
			/“One Item Per” is “word”/,
			/sentence/,
		],
		['no search terms', { exportAs: 'search', terms: ' , ' }, CALL, /is empty/, /commas/],
		['a missing binary field', { from: 'binary' }, CALL, /“json”/, /no binary data/],
		['settings out of range', { options: { charactersPerLine: 2 } }, CALL, /Characters per Line/, /10 to 200/],
		[
			'settings that contradict each other',
			{ options: { minCueDuration: 9 } },
			CALL,
			/“Min Cue Duration \(Seconds\)” is 9/,
			/Change one/,
		],
	])('about %s', async (_what, parameters, json, message, description) => {
		const { error } = await exported(parameters, json);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
	});

	it('for a file that isn’t JSON', async () => {
		const source = inMemory(Buffer.from('WEBVTT'), { fileName: 'a.vtt', mimeType: 'text/vtt' });
		const { error } = await exportTranscript({ from: 'binary', binaryPropertyName: 'data' }, [source], ALONE);
		expect(error?.message).toBe('The file “a.vtt” in item 0 isn’t valid JSON');
	});

	it('for a failed job', async () => {
		service.sandbox.jobs.failNext('File does not appear to contain audio.');
		const { error } = await exportTranscript(
			{ from: 'id', transcriptId: await aFinishedJob() },
			[{ json: {} }],
			service.setup(),
		);
		expect(error?.message).toMatch(/failed, so there is no transcript/);
		expect(error?.description).toContain('does not appear to contain audio');
	});

	it('for settings before it sends a request', async () => {
		const { error } = await exportTranscript(
			{ from: 'id', transcriptId: 'x', options: { cueGap: 9 } },
			[{ json: {} }],
			service.setup(),
		);
		expect(error?.message).toContain('Gap Between Cues');
		expect(service.asked()).toEqual([]);
	});
});

describe('the option Files', () => {
	it('of Get attaches the selected files, with all details in the JSON file', async () => {
		const transcriptId = await aFinishedJob();
		const result = await get({ transcriptId, options: { files: ['json', 'srt'] } }, [{ json: {} }], service.setup());
		expect(result.json[0]).not.toHaveProperty('words');
		expect(JSON.parse(await textOfFile(result, 'json'))).toMatchObject({
			...result.json[0],
			words: { length: 8 },
			utterances: { length: 2 },
		});
		expect(await textOfFile(result, 'srt')).toContain('00:00:08,000 -->');
		expect(await textOfFile(result, 'json')).not.toContain(API_KEY);
	});

	it('of the trigger does the same, with the metadata', async () => {
		service.sandbox.callbacks.addFault({ kind: 'lost', next: 1 });
		const pair = [{ key: 'deal', value: '7' }];
		const { json } = await submit({ metadata: { pair } }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const id = String(json[0]?.id);
		const received: IDataObject = {
			eventId: `assemblyAi:${id}:completed`,
			provider: 'assemblyAi',
			id,
			status: 'completed',
		};
		const result = await run(
			'transcriptionTrigger',
			{ options: { files: ['json', 'vtt'] } },
			[{ json: received }],
			service.setup({ mode: 'webhook' }),
		);
		expect(JSON.parse(await textOfFile(result, 'json'))).toMatchObject({
			id,
			metadata: { deal: '7' },
			words: { length: 8 },
		});
		expect(await textOfFile(result, 'vtt')).toContain('WEBVTT');
	});

	it('attaches nothing to a job that is not completed', async () => {
		service.sandbox.jobs.failNext('No audio.');
		const { outputs, error } = await get(
			{ transcriptId: await aFinishedJob(), options: { files: ['srt'] } },
			[{ json: {} }],
			service.setup(),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]).not.toHaveProperty('binary');
	});
});

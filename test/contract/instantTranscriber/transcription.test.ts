import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleTruth } from '../support/assemblyAi';
import { call, formWith, keyOf } from '../support/instantTranscriber';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

async function transcribed(fields: Record<string, string> = {}, file = 'sales-call.mp3', key = keyOf(sandbox)) {
	const { body } = await call(sandbox, '/v1/transcriptions', { form: formWith(file, fields), key });
	await sandbox.settled();
	return (await call(sandbox, `/v1/transcriptions/${body.id}`, { key })).body;
}
const truth = sampleTruth('sales-call.mp3');
const spoken = truth.words.map(({ text }) => text).join(' ');

it('accepts a file as the documented form and starts processing it', async () => {
	const { status, body } = await call(sandbox, '/v1/transcriptions', { form: formWith('thank-you.wav') });
	expect(status).toBe(201);
	expect(body).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'queued' });
	expect(body).not.toHaveProperty('text');
});

it('accepts a public URL as JSON', async () => {
	const json = { file_url: `${sandbox.origin}/samples/thank-you.wav`, timestamps: true, num_speakers: 1 };
	const { status, body } = await call(sandbox, '/v1/transcriptions', { json });
	expect([status, body.status]).toEqual([201, 'queued']);
	await sandbox.settled();
	expect((await call(sandbox, `/v1/transcriptions/${body.id}`)).body).toMatchObject({ status: 'completed' });
});

it('returns the exact transcript, with times in seconds and speakers', async () => {
	const body = await transcribed();
	expect(body).toMatchObject({
		status: 'completed',
		text: spoken,
		language: truth.language,
		duration: truth.durationSeconds,
	});
	expect(body.segments).toHaveLength(truth.utterances.length);
	expect(body.segments[0]).toMatchObject({
		start: truth.utterances[0]!.start,
		end: truth.utterances[0]!.end,
		speaker: 'Speaker 1',
	});
	const words = body.segments.flatMap((segment: { words: object[] }) => segment.words);
	expect(words.map(({ word, start, end }: Record<string, unknown>) => [word, start, end])).toEqual(
		truth.words.map(({ text, start, end }) => [text, start, end]),
	);
});

it.each<[string, Record<string, string>, (body: never) => unknown, unknown]>([
	['no speakers', { speaker_labels: 'none' }, ({ segments }) => 'speaker' in segments[0], false],
	[
		'enhanced speakers',
		{ speaker_labels: 'enhanced' },
		({ options }) => (options as { speaker_labels: string }).speaker_labels,
		'enhanced',
	],
	['a language', { language: 'de' }, ({ language }) => language, 'de'],
	['no timestamps', { timestamps: 'false' }, ({ segments }) => segments, null],
	['both summaries', { summaries: 'both' }, ({ summaries }) => Object.keys(summaries), ['short', 'detailed']],
	['no summaries', {}, ({ summaries }) => summaries, null],
])('returns %s on request', async (_name, fields, part, expected) => {
	expect(part((await transcribed(fields)) as never)).toEqual(expected);
});

it('keeps the request open with wait until the job has finished', async () => {
	const { body } = await call(sandbox, '/v1/transcriptions', { form: formWith('thank-you.wav', { wait: '20' }) });
	expect(body).toMatchObject({ status: 'completed', text: expect.stringMatching(/\w/) });
});

it('keeps the request open no longer than requested', async () => {
	sandbox.jobs.hold('processing');
	const { body } = await call(sandbox, '/v1/transcriptions', { form: formWith('thank-you.wav', { wait: '0.05' }) });
	expect(['queued', 'processing']).toContain(body.status);
});

describe('exports', () => {
	it('are linked as in the documented example: short ID and format, outside /v1', async () => {
		const { id, download_urls: links } = await transcribed();
		const base = `${sandbox.baseUrl('instantTranscriber')}/export/${id.slice(0, 8)}`;
		expect(links).toEqual({ txt: `${base}.txt`, srt: `${base}.srt`, vtt: `${base}.vtt` });
	});

	it('return only the text as txt', async () => {
		const { download_urls: links } = await transcribed();
		expect((await call(sandbox, links.txt)).text).toBe(`${spoken}\n`);
	});

	it('return one cue per segment as srt and vtt', async () => {
		const { download_urls: links, segments } = await transcribed();
		const [srt, vtt] = [(await call(sandbox, links.srt)).text, (await call(sandbox, links.vtt)).text];
		expect(srt.match(/ --> /g)).toHaveLength(segments.length);
		expect(srt).toMatch(/^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\nSpeaker 1: /);
		expect(vtt).toMatch(/^WEBVTT\n\n00:00:\d\d\.\d{3} --> /);
	});

	it('include no subtitles without timestamps', async () => {
		expect(Object.keys((await transcribed({ timestamps: 'false' })).download_urls)).toEqual(['txt']);
	});

	it('require the key of the account', async () => {
		const { download_urls: links } = await transcribed();
		const statuses = [{ key: 'wrong' }, { key: keyOf(sandbox, 'other') }, {}].map(
			async (init) => (await call(sandbox, links.txt, init)).status,
		);
		expect(await Promise.all(statuses)).toEqual([401, 404, 200]);
	});

	it('are the whole response for the bare account', async () => {
		const body = await transcribed({}, 'sales-call.mp3', keyOf(sandbox, 'bare'));
		expect(Object.keys(body).sort()).toEqual(['download_urls', 'id', 'status']);
	});
});

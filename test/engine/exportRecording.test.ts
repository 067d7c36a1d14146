import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { exportTranscript, inFilesystem, inMemory, type Setup, textOfFile } from './harness';
import { RECORDING } from './recording';

jest.setTimeout(30_000);

/** A node without a credential, which sends no requests. */
const ALONE: Setup = { baseUrl: 'http://127.0.0.1:9', credentialState: 'absent' };

const CALL = { id: 'job-1', text: 'Hello there.', utterances: [{ text: 'Hello there.', start: 0, end: 1 }] };

const withCall = (item: INodeExecutionData): INodeExecutionData => ({ ...item, json: CALL });

const exported = async (options: INodeParameters, item: INodeExecutionData = { json: {} }, files = ['html']) =>
	await exportTranscript({ files, options }, [withCall(item)], ALONE);

const errorOf = async (...parameters: Parameters<typeof exported>) => {
	const { error } = await exported(...parameters);
	return `${error?.message} | ${error?.description}`;
};

describe('Export with Recording URL', () => {
	it('adds a player for the URL, which an expression can return', async () => {
		const result = await exported({ recordingUrl: '={{ " https://example.com/" + $json.id + ".mp3?a=1&b=2#t=5 " }}' });
		expect(await textOfFile(result, 'html')).toContain('src="https://example.com/job-1.mp3?a=1&amp;b=2"');
	});

	it('adds none if the URL is empty', async () => {
		expect(await textOfFile(await exported({ recordingUrl: '={{ null }}' }), 'html')).not.toContain('<audio');
	});

	it.each([
		['ftp://example.com/a.mp3', '“Recording URL” isn’t an HTTP(S) URL: ftp://example.com/a.mp3'],
		['javascript:alert(1)', '“Recording URL” isn’t an HTTP(S) URL: javascript:alert(1)'],
		[
			'https://e;script-src-elem;x.com/a.mp3',
			'The host of “Recording URL” contains characters that hosts can’t have: e;script-src-elem;x.com',
		],
		['call.mp3', '“Recording URL” isn’t an HTTP(S) URL: call.mp3'],
		['https://me:secret@example.com/a.mp3', '“Recording URL” contains a username or password'],
	])('rejects %s', async (recordingUrl, message) => {
		const { error } = await exported({ recordingUrl });
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
	});
});

describe('Export with Embed Recording', () => {
	const EMBEDDED = `src="data:audio/wav;base64,${RECORDING.toString('base64')}"`;

	it('embeds the file, wherever n8n stores it', async () => {
		for (const item of [inMemory(RECORDING), await inFilesystem(RECORDING)]) {
			const result = await exported({ embedRecording: '={{ "data" }}' }, item);
			expect(result.error).toBeUndefined();
			expect(await textOfFile(result, 'html')).toContain(EMBEDDED);
		}
	});

	it('prefers the embedded recording to the URL', async () => {
		const options = { embedRecording: 'data', recordingUrl: 'https://example.com/a.mp3' };
		const page = await textOfFile(await exported(options, inMemory(RECORDING)), 'html');
		expect(page).toContain(EMBEDDED);
		expect(page).not.toContain('example.com');
	});

	it('adds the text of all other files to the item, but not the page with the recording', async () => {
		const result = await exported({ embedRecording: 'data', includeText: true }, inMemory(RECORDING), ['html', 'txt']);
		expect(result.json[0]?.files).toEqual({ txt: 'Hello there.\n' });
	});

	it.each<[string, Partial<IBinaryData>, string]>([
		['a name only', { mimeType: undefined, fileName: 'a.mp3' }, 'audio/mpeg'],
		['an unknown type', { mimeType: 'application/octet-stream', fileName: 'a.m4a' }, 'audio/mp4'],
		['neither', { mimeType: 'application/octet-stream', fileName: undefined }, 'audio/wav'],
		['parameters', { mimeType: 'Audio/OGG; codecs="opus"' }, 'audio/ogg'],
		['an application type', { mimeType: 'application/ogg' }, 'audio/ogg'],
		['a video', { mimeType: 'video/mp4' }, 'video/mp4'],
	])('determines the type of a file with %s', async (_, more, type) => {
		const page = await textOfFile(await exported({ embedRecording: 'data' }, inMemory(RECORDING, more)), 'html');
		expect(page).toContain(`src="data:${type};base64,`);
	});

	it('accepts 20 MB and rejects more without reading the file', async () => {
		const limit = Buffer.alloc(20_000_000);
		expect((await exported({ embedRecording: 'data' }, await inFilesystem(limit))).error).toBeUndefined();
		const larger = Buffer.alloc(20_000_001);
		for (const item of [inMemory(larger), await inFilesystem(larger)]) {
			expect(await errorOf({ embedRecording: 'data' }, item)).toMatch(
				/^The file “.*” in item 0 is 20\.1 MB, but only recordings of up to 20 MB can be embedded \| .*“Recording URL”/,
			);
		}
	});

	it.each<[string, INodeExecutionData, RegExp]>([
		[
			'a field that doesn’t exist',
			inMemory(RECORDING),
			/no file in the binary field “audio” \| Set “Embed Recording” to .*: data\.$/,
		],
		['an item without files', { json: {} }, /no file in the binary field “audio” \| .*Merge node/],
		[
			'a file that isn’t a recording',
			{ json: {}, binary: { audio: { data: 'JVBERg==', mimeType: 'application/pdf', fileName: 'a.pdf' } } },
			/^The file “a.pdf” in item 0 isn’t audio or video: its type is application\/pdf \| /,
		],
		[
			'an empty file',
			{ json: {}, binary: { audio: { data: '', mimeType: 'audio/wav', fileName: 'a.wav' } } },
			/^The file “a.wav” in item 0 is empty \| /,
		],
	])('rejects %s', async (_, item, message) => {
		expect(await errorOf({ embedRecording: 'audio' }, item)).toMatch(message);
	});

	it('ignores the option if no page is created', async () => {
		for (const { files, ...options } of [{ files: ['txt'] }, { files: ['html'], htmlFragment: true }]) {
			const { error } = await exported({ ...options, embedRecording: 'missing' }, { json: {} }, files);
			expect(error).toBeUndefined();
		}
	});
});

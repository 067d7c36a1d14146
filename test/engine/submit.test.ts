import type { IBinaryData } from 'n8n-workflow';
import { get, inFilesystem, inMemory, submit, type Result } from './harness';
import { startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';

const service = useSandbox();
const NO_CALLBACK = { callback: 'none' };

/** Returns the text of every submitted job, once the service has finished. */
async function textsOf({ json }: Result): Promise<unknown[]> {
	await service.sandbox.settled();
	const items = json.map(({ id }) => ({ json: { id } }));
	return (await get({ transcriptId: '={{ $json.id }}' }, items, service.setup())).json.map(({ text }) => text);
}

describe('Submit', () => {
	it('uploads a file that is stored in the item', async () => {
		const result = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(result.error).toBeUndefined();
		expect(await textsOf(result)).toEqual([TEXT]);
	});

	it('uploads a file from the filesystem', async () => {
		const result = await submit(NO_CALLBACK, [await inFilesystem(RECORDING)], service.setup());
		expect(result.error).toBeUndefined();
		expect(await textsOf(result)).toEqual([TEXT]);
	});

	it('uploads a file with line breaks in its base64, as in emails', async () => {
		const data = RECORDING.toString('base64').replace(/.{76}/g, '$&\r\n');
		const result = await submit(NO_CALLBACK, [inMemory(RECORDING, { data })], service.setup());
		expect(await textsOf(result)).toEqual([TEXT]);
	}, 10_000);

	it.each(['', 'application/octet-stream', 'video/mp4'])('accepts a file of type “%s”', async (mimeType) => {
		const result = await submit(NO_CALLBACK, [inMemory(RECORDING, { mimeType })], service.setup());
		expect(result.json).toEqual([expect.objectContaining({ status: 'queued' })]);
	});

	it('reads the file from the configured field', async () => {
		const { binary, ...item } = inMemory(RECORDING);
		const items = [{ ...item, binary: { voice: binary?.data as never } }];
		expect(
			await textsOf(await submit({ ...NO_CALLBACK, binaryPropertyName: 'voice' }, items, service.setup())),
		).toEqual([TEXT]);
	});

	it.each([
		['a voice note', { mimeType: 'audio/ogg', fileName: 'file_7.oga', fileExtension: 'oga' }],
		['a voice note with its codec', { mimeType: 'audio/ogg; codecs=opus', fileName: undefined }],
		['a video', { mimeType: 'video/mp4', fileName: 'meeting.mp4' }],
		['an audio file of unknown type', { mimeType: 'application/octet-stream', fileName: 'call.opus' }],
		['an audio file without a type', { mimeType: undefined as never, fileName: 'call.MP3' }],
	])('reads %s from any field if the field “data” is missing and it is the only recording', async (_what, file) => {
		const { data: recording } = inMemory(RECORDING, file).binary as Record<string, IBinaryData>;
		const photo = { data: 'AA==', mimeType: 'image/jpeg', fileName: 'photo.jpg' };
		const items = [{ json: {}, binary: { photo, attachment_0: recording as IBinaryData } }];
		const result = await submit(NO_CALLBACK, items, service.setup());
		expect(result.error).toBeUndefined();
		expect(await textsOf(result)).toEqual([TEXT]);
	});

	it('reads the field “data” even if another field has a recording', async () => {
		const other = { data: 'AA==', mimeType: 'audio/wav', fileName: 'broken.wav' };
		const items = [{ json: {}, binary: { other, ...inMemory(RECORDING).binary } }];
		expect(await textsOf(await submit(NO_CALLBACK, items, service.setup()))).toEqual([TEXT]);
	});

	it('submits a URL without uploading anything', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const result = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		expect(service.asked()).toEqual(['POST /v2/transcript']);
		expect(await textsOf(result)).toEqual([TEXT]);
	});

	it('returns only the job and the recording’s name', async () => {
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(json).toEqual([
			{ eventId: `assemblyAi:${id}:queued`, provider: 'assemblyAi', id, status: 'queued', recordingName: 'call.wav' },
		]);
	});

	it('submits several items in order and pairs each output with its input', async () => {
		const items = [inMemory(RECORDING), await inFilesystem(RECORDING), inMemory(RECORDING)];
		const { outputs, json } = await submit({ ...NO_CALLBACK, options: { concurrency: 1 } }, items, service.setup());
		expect(json.map(({ id }) => id)).toEqual(service.sandbox.jobs.list().map(({ id }) => id));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('sends the options of each item', async () => {
		const items = [{ json: { diarize: true } }, { json: { diarize: false } }];
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const options = { diarize: '={{ $json.diarize }}', language: { __rl: true, mode: 'id', value: 'en' } };
		const submitted = await submit({ ...NO_CALLBACK, source: 'url', audioUrl, options }, items, service.setup());
		await service.sandbox.settled();
		const jobs = submitted.json.map(({ id }) => ({ json: { id } }));
		const { json } = await get({ transcriptId: '={{ $json.id }}', output: 'raw' }, jobs, service.setup());
		expect(json.map(({ raw }) => raw)).toEqual([
			expect.objectContaining({ speaker_labels: true, language_code: 'en' }),
			expect.objectContaining({ language_code: 'en' }),
		]);
		expect(json[1]?.raw).not.toMatchObject({ speaker_labels: true });
	});
});

describe('requests that Submit sends', () => {
	it('streams the upload with its exact length and only the API key as authentication', async () => {
		const server = await startServer((request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify(
					request.url === '/v2/upload' ? { upload_url: 'https://cdn/x' } : { id: 'job-1', status: 'queued' },
				),
			);
		});
		await submit(NO_CALLBACK, [await inFilesystem(RECORDING)], { baseUrl: server.origin });
		await server.close();
		const [upload, job] = server.seen;
		expect(upload?.headers).toMatchObject({
			'content-type': 'application/octet-stream',
			'content-length': String(RECORDING.length),
			authorization: 'api-key-that-nobody-may-see',
		});
		expect(upload?.body.equals(RECORDING)).toBe(true);
		expect(JSON.parse(String(job?.body))).toEqual({ audio_url: 'https://cdn/x', language_detection: true });
	});
});

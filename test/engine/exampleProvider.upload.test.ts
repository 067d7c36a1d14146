import fs, { type ReadStream } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';
import { sha256 } from './exampleProvider/form';
import { setupFor, submitExample, useService } from './exampleProvider/nodes';
import { inFilesystem, inMemory } from './harness';
import { RECORDING } from './recording';

jest.setTimeout(10_000);
const used = useService();
const NO_CALLBACK = { callback: 'none' };
const submitted = async (items: INodeExecutionData[], more = {}) =>
	await submitExample({ ...NO_CALLBACK, ...more }, items, setupFor(used.service));

/** The files that n8n opened, so that tests can check whether they were closed. */
function watchedStreams(): ReadStream[] {
	const streams: ReadStream[] = [];
	const { createReadStream } = fs;
	jest.spyOn(fs, 'createReadStream').mockImplementation((...args: Parameters<typeof createReadStream>) => {
		const stream = createReadStream(...args);
		streams.push(stream);
		return stream;
	});
	return streams;
}
afterEach(() => jest.restoreAllMocks());

async function closed(stream: ReadStream | undefined): Promise<boolean> {
	for (let i = 0; stream && !stream.closed && i < 50; i++) await new Promise((resolve) => setTimeout(resolve, 20));
	return stream?.closed === true;
}

const KEPT = [
	['in memory', inMemory],
	['in the filesystem', inFilesystem],
] as const;

describe.each(KEPT)('a recording stored %s, sent in a form', (_where, item) => {
	it('arrives byte for byte, with its name, type and exact Content-Length', async () => {
		const { error } = await submitted([await item(RECORDING)]);
		expect(used.service.badForms).toEqual([]);
		expect(error).toBeUndefined();
		const [form] = used.service.forms.values();
		expect(form).toEqual({
			fields: { model: 'known-in-advance' },
			file: {
				field: 'audio',
				fileName: 'call.wav',
				type: 'audio/wav',
				bytes: RECORDING.length,
				sha256: sha256(RECORDING),
			},
			contentLength: expect.any(Number),
		});
	});

	it.each([
		'Grüße aus „Köln“ & Brno – ěščř.wav',
		'the "final" cut; v=2.wav',
		'back\\slash 100%.wav',
		'會議.mp3',
		'🎙️.wav',
	])('arrives under the name %s', async (fileName) => {
		const { json } = await submitted([await item(RECORDING, { fileName })]);
		expect(json).toHaveLength(1);
		const [form] = used.service.forms.values();
		expect(form?.file).toMatchObject({ fileName, sha256: sha256(RECORDING) });
	});

	it('can’t inject a form part through its name', async () => {
		const fileName = 'a"\r\nContent-Type: text/html\r\n\r\n<b>.wav';
		const { json } = await submitted([await item(RECORDING, { fileName })]);
		expect(json).toHaveLength(1);
		const [form] = used.service.forms.values();
		expect(form?.file).toMatchObject({ type: 'audio/wav', bytes: RECORDING.length, sha256: sha256(RECORDING) });
	});

	it('arrives even if it is one byte long', async () => {
		await submitted([await item(Buffer.from('x'))]);
		const [form] = used.service.forms.values();
		expect(form?.file).toMatchObject({ bytes: 1, sha256: sha256(Buffer.from('x')) });
	});

	it('is reopened and arrives complete after the service requested a delay', async () => {
		used.service.faults.push({ request: /jobs/, status: 429 });
		const refused = submitted([await item(RECORDING)]);
		while (used.service.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
		used.service.faults.length = 0;
		expect((await refused).json).toHaveLength(1);
		const [form] = used.service.forms.values();
		expect([used.service.asked.length, form?.file.sha256]).toEqual([2, sha256(RECORDING)]);
	});

	it('is submitted once and reported as uncertain if the connection is lost', async () => {
		used.service.onFormBytes = (total) => {
			if (total > 200_000) throw new Error('cut');
		};
		const { error } = await submitted([await item(RECORDING)]);
		expect(error?.message).toBe('Example Speech may or may not have accepted the job: no valid response was received');
		expect(error?.description).toContain('before you submit the recording again');
		expect(used.service.asked).toEqual(['POST /v2/jobs']);
	});
});

describe('a recording in the filesystem is closed', () => {
	it('after it was sent', async () => {
		const streams = watchedStreams();
		await submitted([await inFilesystem(RECORDING)]);
		expect(streams).toHaveLength(1);
		expect(await closed(streams[0])).toBe(true);
	});

	it('after the connection was lost', async () => {
		const streams = watchedStreams();
		used.service.onFormBytes = () => {
			throw new Error('cut');
		};
		const { error } = await submitted([await inFilesystem(RECORDING)]);
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(streams).toHaveLength(1);
		expect(await closed(streams[0])).toBe(true);
	});

	it('after the service rejected it', async () => {
		const streams = watchedStreams();
		used.service.faults.push({ request: /jobs/, status: 402 });
		const { error } = await submitted([await inFilesystem(RECORDING)]);
		expect(error?.message).toContain('out of credits');
		expect(streams).toHaveLength(1);
		expect(await closed(streams[0])).toBe(true);
	});
});

it('sends each of several items in a separate form', async () => {
	const contents = [RECORDING, Buffer.from('second'), Buffer.from('third')];
	const items = [
		inMemory(contents[0] as Buffer),
		await inFilesystem(contents[1] as Buffer),
		await inFilesystem(contents[2] as Buffer),
	];
	const { json } = await submitted(items);
	expect(json.map(({ id }) => used.service.forms.get(String(id))?.file.sha256)).toEqual(contents.map(sha256));
});

it('sends fields with umlauts, quotes and line breaks unchanged', async () => {
	const model = { __rl: true, mode: 'id', value: 'große "Modelle"\r\nB' };
	await submitted([inMemory(RECORDING)], { options: { model } });
	const [form] = used.service.forms.values();
	expect(form?.fields).toEqual({ model: model.value });
});

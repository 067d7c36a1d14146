import fs, { type ReadStream } from 'node:fs';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
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

/** Returns the files that n8n opened, so that tests can check whether they were closed. */
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

	it.each([
		['nothing but content', { fileName: '', mimeType: null }, 'recording.wav', 'audio/wav'],
		['a type but no name', { fileName: '', mimeType: 'audio/ogg' }, 'recording.ogg', 'audio/ogg'],
		['a name but no type', { fileName: 'voice.oga', mimeType: null }, 'voice.oga', 'audio/ogg'],
		['neither, as null', { fileName: null, mimeType: '' }, 'recording.wav', 'audio/wav'],
	])('arrives with a name and a type if it has %s', async (_, given, fileName, type) => {
		const { error } = await submitted([await item(RECORDING, given as never)]);
		expect(error).toBeUndefined();
		const [form] = used.service.forms.values();
		expect(form?.file).toMatchObject({ fileName, type, bytes: RECORDING.length, sha256: sha256(RECORDING) });
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

describe('a recording that is no longer in n8n’s storage', () => {
	const gone = async (which: 'both' | 'file'): Promise<INodeExecutionData> => {
		const item = await inFilesystem(RECORDING);
		const path = Container.get(BinaryDataService).getPath(item.binary?.data?.id ?? '');
		fs.rmSync(path);
		if (which === 'both') fs.rmSync(`${path}.metadata`);
		return item;
	};

	it('is explained before anything is submitted', async () => {
		const { error } = await submitted([inMemory(RECORDING), await gone('both')]);
		expect(error?.message).toBe('The file “call.wav” in item 1 is no longer in n8n’s storage');
		expect(error?.description).toContain('n8n deletes files together with the execution that stored them');
		expect(error?.description).toContain('EXECUTIONS_DATA_MAX_AGE');
		expect(error?.context.itemIndex).toBe(1);
		expect(used.service.asked).toEqual([]);
	});

	it('is explained even if n8n still has its metadata', async () => {
		const { error } = await submitted([await gone('file')]);
		expect(error?.message).toBe('The file “call.wav” in item 0 is no longer in n8n’s storage');
		expect(used.service.asked).toEqual([]);
	});

	it('doesn’t stop the other items if the node continues on errors', async () => {
		const items = [await gone('both'), inMemory(RECORDING)];
		const setup = { ...setupFor(used.service), onError: 'continueRegularOutput' as const };
		const { json } = await submitExample(NO_CALLBACK, items, setup);
		expect(json).toEqual([
			expect.objectContaining({ error: expect.stringContaining('no longer in n8n’s storage') }),
			expect.objectContaining({ id: expect.any(String) }),
		]);
	});

	it('is reported as unreadable if n8n can’t access its storage', async () => {
		const item = await inFilesystem(RECORDING);
		const id = item.binary?.data?.id?.replace(/^[^:]+/, 's3');
		const { error } = await submitted([{ ...item, binary: { data: { ...item.binary?.data, id } as never } }]);
		expect(error?.message).toBe('The file “call.wav” in item 0 can’t be read from n8n’s storage');
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

it('sends fields with umlauts, quotes, and line breaks unchanged', async () => {
	const model = { __rl: true, mode: 'id', value: 'große "Modelle"\r\nB' };
	await submitted([inMemory(RECORDING)], { options: { model } });
	const [form] = used.service.forms.values();
	expect(form?.fields).toEqual({ model: model.value });
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { inMemory, submit } from './harness';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

const service = useSandbox();

/** A case: the problem, the parameters, the second item, and the expected message and description. */
type Case = [string, INodeParameters, INodeExecutionData, string, string];

const url = (audioUrl: string): INodeParameters => ({ callback: 'none', source: 'url', audioUrl });
const SPEAKERS: INodeParameters = { callback: 'none', options: { speakerCount: '={{ $json.speakers }}' } };
const bad = (more: object): INodeExecutionData => inMemory(RECORDING, more);
const pairs = (key: string, value: unknown): INodeExecutionData => ({
	...inMemory(RECORDING),
	json: { pair: { key, value } } as never,
});
const METADATA: INodeParameters = {
	callback: 'url',
	callbackUrl: 'http://127.0.0.1:9/elsewhere',
	metadata: { pair: [{ key: '={{ $json.pair?.key ?? "ok" }}', value: '={{ $json.pair?.value ?? "ok" }}' }] },
};

const A_RECORDING = { data: 'AA==', mimeType: 'audio/wav' };
const A_PHOTO = { data: 'AA==', mimeType: 'image/jpeg' };

const CASES: Case[] = [
	[
		'no binary field at all',
		{ callback: 'none' },
		{ json: {} },
		'Item 1 has no file in the binary field “data”',
		'Source: URL',
	],
	[
		'several recordings in other binary fields',
		{ callback: 'none' },
		{ json: {}, binary: { left: A_RECORDING, photo: A_PHOTO, right: { ...A_RECORDING, mimeType: 'video/mp4' } } },
		'Item 1 has no file in the binary field “data”',
		'several recordings. Set “Input Binary Field” to one of them: left (audio/wav), right (video/mp4).',
	],
	[
		'another binary field without a recording',
		{ callback: 'none' },
		{ json: {}, binary: { photo: A_PHOTO, note: { data: 'AA==', mimeType: null as never } } },
		'Item 1 has no file in the binary field “data”',
		'a field the item has: photo (image/jpeg), note (unknown type).',
	],
	[
		'a recording in another field than the chosen one',
		{ callback: 'none', binaryPropertyName: '={{ $itemIndex === 1 ? "voice" : "data" }}' },
		inMemory(RECORDING),
		'Item 1 has no file in the binary field “voice”',
		'a field the item has: data (audio/wav).',
	],
	['an empty file', { callback: 'none' }, bad({ data: '' }), '“call.wav” in item 1 is empty', 'node that loads it'],
	[
		'a PDF',
		{ callback: 'none' },
		bad({ mimeType: 'application/pdf', fileName: 'a.pdf' }),
		'“a.pdf” in item 1 is application/pdf',
		'MIME type',
	],
	['a web page', { callback: 'none' }, bad({ mimeType: 'text/html' }), 'is text/html, not audio', 'MIME type'],
	[
		'contradictory options',
		SPEAKERS,
		{ ...inMemory(RECORDING), json: { speakers: 2 } },
		'“Speaker Count” requires “Diarize”',
		'Add the “Diarize” option',
	],
	[
		'a model of another service',
		{ callback: 'none', options: { model: '={{ $json.model }}' } },
		{ ...inMemory(RECORDING), json: { model: 'stt-async-v5' } },
		'“Model” is “stt-async-v5”, which is a model from Soniox, not AssemblyAI',
		'remove the option',
	],
	[
		'a reserved metadata key',
		METADATA,
		pairs('ref', '1'),
		'The metadata key “ref” is reserved',
		'Choose a different name',
	],
	['an odd metadata key', METADATA, pairs('a[b]', '1'), '“a[b]” contains unsupported characters', 'letters, digits'],
	['an object as metadata', METADATA, pairs('contact', { id: 1 }), '“contact” is an object', 'JSON.stringify'],
	['too much metadata', METADATA, pairs('note', 'x'.repeat(8000)), 'characters, but the limit is 8000', 'Shorten'],
];

describe.each(CASES)('Submit with %s', (_what, parameters, item, message, description) => {
	const items = [inMemory(RECORDING), item, inMemory(RECORDING)];

	it('explains the problem and how to fix it, names the item, and submits nothing', async () => {
		const { error } = await submit(parameters, items, service.setup());
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(description);
		expect(error?.context.itemIndex).toBe(1);
		expect(service.asked()).toEqual([]);
	});

	it('continues with the other items if the node continues on errors', async () => {
		const { json, outputs } = await submit(parameters, items, service.setup({ onError: 'continueRegularOutput' }));
		expect(json).toEqual([
			expect.objectContaining({ status: 'queued' }),
			{ error: expect.stringContaining(message), message: expect.stringContaining(description) },
			expect.objectContaining({ status: 'queued' }),
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});
});

describe('Submit', () => {
	it.each([
		['', '“Audio URL” is empty', 'https://'],
		['example.com/a.mp3', 'isn’t an HTTP(S) URL: example.com/a.mp3', 'https://'],
		['ftp://example.com/a.mp3', 'isn’t an HTTP(S) URL', 'Binary File'],
		['file:///etc/passwd', 'isn’t an HTTP(S) URL', 'Binary File'],
	])('rejects the audio URL “%s”', async (audioUrl, message, description) => {
		const { error } = await submit(url('={{ $json.at }}'), [{ json: { at: audioUrl } }], service.setup());
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(description);
		expect(service.asked()).toEqual([]);
	});

	it.each(['', 'n8n.example.com/webhook/a/b'])('rejects the callback URL “%s”', async (callbackUrl) => {
		const item = { ...inMemory(RECORDING), json: { at: callbackUrl } };
		const { error } = await submit({ callback: 'url', callbackUrl: '={{ $json.at }}' }, [item], service.setup());
		expect(error?.message).toContain('“Callback URL”');
		expect(error?.description).toContain('Production URL');
	});

	it('drops metadata without a callback', async () => {
		const parameters = { callback: 'none', metadata: { pair: [{ key: 'a', value: 'b' }] } };
		const { error, json } = await submit(parameters, [inMemory(RECORDING)], service.setup());
		// In this case, the editor hides Metadata, and n8n drops hidden parameters.
		expect([error, json]).toEqual([undefined, [expect.not.objectContaining({ metadata: expect.anything() })]]);
	});

	it('rejects an invalid callback base URL', async () => {
		const parameters = { options: { callbackBaseUrl: 'n8n.example.com' } };
		const { error } = await submit(parameters, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('“Callback Base URL” isn’t a valid HTTP(S) URL');
	});

	it('explains what to do if n8n’s webhook endpoints were renamed', async () => {
		const { error } = await submit(
			{},
			[inMemory(RECORDING)],
			service.setup({ webhookBase: 'http://127.0.0.1:9/hooks' }),
		);
		expect(error?.message).toContain('renamed');
		expect(error?.description).toContain('“Callback Base URL”');
	});

	it('rejects a webhook secret that can’t be sent in a header', async () => {
		const { error } = await submit(
			{},
			[inMemory(RECORDING)],
			service.setup({ credential: { webhookSecret: 'pässword' } }),
		);
		expect(error?.message).toContain('can’t use the credential’s “Webhook Secret”');
		expect(error?.message).not.toContain('pässword');
		expect(service.asked()).toEqual([]);
	});
});

describe('with the service on the internet', () => {
	// No request is sent, because the node rejects every item beforehand.
	const PUBLIC = { baseUrl: 'https://api.assemblyai.example.com' };

	it('rejects an audio URL in a private network', async () => {
		const { error } = await submit(url('http://nas.local/a.mp3'), [{ json: {} }], PUBLIC);
		expect(error?.message).toContain('can’t reach “nas.local”');
		expect(error?.description).toContain('Binary File');
	});

	it.each<[string, INodeParameters]>([
		['of the trigger in this workflow', {}],
		['from the parameters', { callback: 'url', callbackUrl: 'http://localhost:5678/webhook/a/assemblyAi' }],
	])('rejects a callback URL in a private network %s', async (_what, parameters) => {
		const { error } = await submit(parameters, [inMemory(RECORDING)], PUBLIC);
		expect(error?.message).toContain('AssemblyAI can’t reach the callback URL');
		expect(error?.description).toContain('WEBHOOK_URL');
	});
});

describe('credential', () => {
	it.each([
		['has no API key', { credential: { apiKey: ' ' } }, 'no API key'],
		['has no base URL', { credential: { baseUrl: '' } }, 'Base URL'],
		['can’t be decrypted', { credentialState: 'unreadable' as const }, 'could not be decrypted'],
		['is missing', { credentialState: 'absent' as const }, 'credentials'],
	])('%s: Submit reports it and sends no request', async (_what, more, message) => {
		const { error } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup(more));
		expect(error?.message).toContain(message);
		expect(service.asked()).toEqual([]);
	});
});

import { HookContext, LoadOptionsContext } from 'n8n-core';
import type { INodeParameters, IWebhookData, IWebhookDescription, WorkflowExecuteMode } from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import {
	additionalData,
	aWorkflow,
	exportTranscript,
	inMemory,
	record,
	type Result,
	run,
	type Setup,
	submit,
	textOfFile,
	WORKFLOW_ID,
} from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const service = useSandbox();
const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

/** Publishes the workflow, or presses the trigger's button in the editor. */
async function create(mode: WorkflowExecuteMode, setup: Setup): Promise<boolean> {
	const trigger = new TranscriptionTrigger();
	const { workflow, node } = aWorkflow('transcriptionTrigger', {}, setup);
	const webhook = {
		httpMethod: 'POST',
		node: node.name,
		path: `${workflow.id}/assemblyAi`,
		webhookDescription: trigger.description.webhooks?.[0] as IWebhookDescription,
		workflowId: workflow.id,
		isTest: mode === 'manual',
	} as unknown as IWebhookData;
	const context = new HookContext(
		workflow,
		node,
		additionalData(setup),
		mode,
		mode === 'manual' ? 'manual' : 'activate',
		webhook,
	);
	return await trigger.webhookMethods.default.create.call(context);
}

/** A trigger whose test URL is served by the endpoint. */
async function listening(parameters: INodeParameters = {}): Promise<TriggerEndpoint> {
	const endpoint = await startTrigger(parameters, service.setup({ mode: 'manual' }));
	open.push(endpoint);
	return endpoint;
}

/** Returns the output of the execution that the trigger's sample starts. */
async function sampled(endpoint: TriggerEndpoint): Promise<Result | undefined> {
	for (let i = 0; endpoint.executions.length === 0 && i < 200; i++)
		await new Promise((resolve) => setTimeout(resolve, 50));
	return (await Promise.all(endpoint.executions))[0];
}

describe('publishing a trigger', () => {
	it('sends no request to the service', async () => {
		await expect(create('trigger', service.setup())).resolves.toBe(true);
		expect(service.asked()).toEqual([]);
	});

	it.each<[string, Partial<Setup>, string]>([
		['without an API key', { credential: { apiKey: '' } }, 'no API key'],
		['without a credential', { credentialState: 'absent' }, 'credentials'],
	])('is rejected %s, because its callbacks couldn’t be verified', async (_what, more, message) => {
		await expect(create('trigger', service.setup(more))).rejects.toThrow(message);
	});
});

describe('trigger button in the editor', () => {
	it('returns the account’s latest finished transcript, regardless of where it was submitted, and records nothing', async () => {
		await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const endpoint = await listening();
		await create('manual', service.setup({ testBase: endpoint.base }));
		const result = await sampled(endpoint);
		expect(result?.json[0]).toMatchObject({ id: service.sandbox.jobs.list()[0]?.id, text: TEXT });
	});

	it('offers a marked example if the account has no finished transcript, without further requests', async () => {
		const endpoint = await listening();
		await create('manual', service.setup({ testBase: endpoint.base }));
		const result = await sampled(endpoint);
		expect(result?.error).toBeUndefined();
		expect(result?.json).toEqual([
			expect.objectContaining({
				isExample: true,
				status: 'completed',
				id: 'example',
				eventId: 'assemblyAi:example:completed',
				text: expect.any(String),
				textWithSpeakers: expect.stringMatching(/\nSpeaker B: |\nB: /),
				summary: expect.any(String),
				speakers: ['A', 'B'],
				metadata: { exampleKey: 'example value' },
			}),
		]);
		expect(result?.outputs[1]).toEqual([]);
		expect(result?.hints).toEqual([expect.stringContaining('This is an example, because this AssemblyAI account')]);
		expect(service.asked()).toEqual([expect.stringMatching(/^GET \/v2\/transcript(\?|$)/)]);
		expect(record.recorded(WORKFLOW_ID).join()).not.toContain('example');
	});

	it.each([
		['simplified', [], ['utterances', 'words', 'raw']],
		['utterances', ['utterances', 'entities', 'sentiments', 'topics'], ['words', 'raw']],
		['words', ['utterances', 'words'], ['raw']],
		['raw', ['raw'], ['utterances', 'words']],
	])('offers the example in the shape of Output: %s', async (output, present, absent) => {
		const endpoint = await listening({ output });
		await create('manual', service.setup({ testBase: endpoint.base }));
		const keys = Object.keys((await sampled(endpoint))?.json[0] ?? {});
		expect(keys).toEqual(expect.arrayContaining(['isExample', 'text', ...present]));
		expect(keys.filter((key) => absent.includes(key))).toEqual([]);
	});

	it('offers an example that Export can convert', async () => {
		const endpoint = await listening({
			output: 'words',
			options: { files: ['srt'], deleteAfterFetching: 'everything' },
		});
		await create('manual', service.setup({ testBase: endpoint.base }));
		const result = (await sampled(endpoint)) as Result;
		expect(await textOfFile(result, 'srt')).toContain('Thanks for calling.');
		const exported = await exportTranscript({ files: ['srt', 'json'] }, result.outputs[0] ?? [], service.setup());
		expect(exported.error).toBeUndefined();
		expect(await textOfFile(exported, 'srt')).toContain('Thanks for calling.');
		expect(exported.json[0]).toMatchObject({ isExample: true, id: 'example' });
		expect(service.asked()).toHaveLength(1);
	});

	it('offers only the notification if fetching is off', async () => {
		const endpoint = await listening({ fetchTranscript: false });
		await create('manual', service.setup({ testBase: endpoint.base }));
		const [json] = (await sampled(endpoint))?.json ?? [];
		expect(json).toMatchObject({ isExample: true, id: 'example', metadata: { exampleKey: 'example value' } });
		expect(json).not.toHaveProperty('text');
	});

	it.each(['get', 'delete', 'export'])(
		'offers an example that %s doesn’t look up at the service',
		async (operation) => {
			const parameters = { resource: 'transcript', operation, from: 'id', transcriptId: 'example' };
			const { error } = await run('transcription', parameters, [{ json: {} }], service.setup());
			expect(error?.message).toBe(
				'“example” is the ID of the trigger’s example transcript, which AssemblyAI doesn’t have',
			);
			expect(service.asked()).toEqual([]);
		},
	);

	it.each([
		['this workflow', WORKFLOW_ID, { contactId: '4711' }],
		['another workflow', 'Another', undefined],
	])(
		'returns a sample with the metadata only if it was submitted by this workflow: %s',
		async (_, workflowId, kept) => {
			const metadata = { pair: [{ key: 'contactId', value: '4711' }] };
			const source = await startTrigger({}, service.setup({ workflowId }));
			open.push(source);
			const submitted = await submit(
				{ metadata },
				[inMemory(RECORDING)],
				service.setup({ workflowId, webhookBase: source.base }),
			);
			await service.sandbox.settled();
			for (const output of ['simplified', 'raw']) {
				const endpoint = await listening({ output });
				await create('manual', service.setup({ testBase: endpoint.base }));
				const [json] = (await sampled(endpoint))?.json ?? [];
				expect(json).toMatchObject({ text: TEXT, id: submitted.json[0]?.id });
				expect([json?.metadata, json?.ref]).toEqual(kept ? [kept, submitted.json[0]?.ref] : [undefined, undefined]);
				if (!kept) expect(JSON.stringify(json)).not.toMatch(/4711|contactId/);
			}
		},
	);

	it('reports a wrong API key in the editor', async () => {
		await expect(create('manual', service.setup({ credential: { apiKey: 'wrong' } }))).rejects.toThrow(
			'didn’t accept the API key',
		);
	});
});

describe('dropdowns in the editor', () => {
	const search = async (method: 'searchModels' | 'searchLanguages', filter?: string) => {
		const setup = service.setup();
		const { workflow, node } = aWorkflow('transcription', { provider: 'assemblyAi' }, setup);
		const data = { ...additionalData(setup), currentNodeParameters: node.parameters };
		const context = new LoadOptionsContext(workflow, node, data, '');
		return (await new Transcription().methods.listSearch[method].call(context, filter)).results;
	};

	it('offer models that can be combined with a fallback', async () => {
		expect((await search('searchModels')).map(({ value }) => value)).toContain('assemblyai-stt-3-7, universal-2');
	});

	it('find a language by name, ignoring case', async () => {
		expect(await search('searchLanguages', ' gERman')).toContainEqual({ name: 'German', value: 'de' });
	});

	it('find a language by code', async () => {
		expect((await search('searchLanguages', 'en_uk')).map(({ name }) => name)).toEqual(['British English']);
	});

	it('are empty if nothing matches', async () => {
		expect(await search('searchModels', 'no such model')).toEqual([]);
	});

	it('contain everything without a filter', async () => {
		expect((await search('searchLanguages')).length).toBeGreaterThan(90);
	});
});

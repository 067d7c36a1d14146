import { HookContext, LoadOptionsContext } from 'n8n-core';
import type { IWebhookData, IWebhookDescription, WorkflowExecuteMode } from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { additionalData, aWorkflow, inMemory, type Setup, submit } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

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
async function listening(): Promise<TriggerEndpoint> {
	const endpoint = await startTrigger({}, service.setup({ mode: 'manual' }));
	open.push(endpoint);
	return endpoint;
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
		for (let i = 0; endpoint.executions.length === 0 && i < 50; i++)
			await new Promise((resolve) => setTimeout(resolve, 50));
		const [result] = await Promise.all(endpoint.executions);
		expect(result?.json[0]).toMatchObject({ id: service.sandbox.jobs.list()[0]?.id, text: TEXT });
	});

	it('only listens if the account has no finished transcript', async () => {
		const endpoint = await listening();
		await expect(create('manual', service.setup({ testBase: endpoint.base }))).resolves.toBe(true);
		await new Promise((resolve) => setTimeout(resolve, 800));
		expect(endpoint.seen).toEqual([]);
	});

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

import type { ICredentialDataDecryptedObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type Account, type Sandbox, startSandbox } from '../../sandbox';
import { elevenLabs } from '../../sandbox/providers/elevenLabs';
import { get, inMemory, type Result, type Setup, submit } from './harness';
import { aTrigger, type PublishedTrigger } from './publishedTrigger';
import { RECORDING, samplesFolder } from './recording';

export const KEY = 'sandbox-elevenlabs-key';
/** Another key of the same workspace, for tests of key rotation. */
export const ROTATED_KEY = 'sandbox-elevenlabs-rotated-key';
/** A key of the same workspace without access to its webhooks. */
export const RESTRICTED_KEY = 'sandbox-elevenlabs-restricted-key';

export interface SandboxWebhook {
	webhook_id: string;
	webhook_url: string;
	name: string;
	is_disabled: boolean;
	is_auto_disabled: boolean;
	events: string[];
}

/** The sandbox for ElevenLabs with its own accounts, reset after each test. Jobs end immediately. */
export function useElevenLabs() {
	let sandbox: Sandbox;
	const open: PublishedTrigger[] = [];
	beforeAll(async () => {
		const accounts = [...elevenLabs.accounts, { ...(elevenLabs.accounts[0] as Account), apiKey: ROTATED_KEY }];
		sandbox = await startSandbox({
			port: 0,
			jobSeconds: 0,
			samplesFolder: samplesFolder(),
			accounts: { elevenLabs: accounts },
		});
	});
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (trigger) => await trigger.close()));
		sandbox.reset();
	});
	afterAll(async () => await sandbox.close());

	const provider = 'elevenLabs';
	const setup = (credential: ICredentialDataDecryptedObject = {}, more: Partial<Setup> = {}): Setup => ({
		baseUrl: sandbox.baseUrl(provider),
		...more,
		credential: { apiKey: KEY, webhookSetup: 'automatic', ...credential },
	});
	const call = async (method: string, path: string, body?: object): Promise<unknown> => {
		const response = await fetch(sandbox.baseUrl(provider) + path, {
			method,
			headers: { 'xi-api-key': KEY },
			body: body && JSON.stringify(body),
		});
		const answer: unknown = await response.json();
		if (!response.ok) throw new Error(JSON.stringify(answer));
		return answer;
	};
	return {
		get sandbox() {
			return sandbox;
		},
		setup,
		trigger: async (credential: ICredentialDataDecryptedObject = {}, parameters: INodeParameters = {}) => {
			const options = setup(credential);
			const trigger = await aTrigger({ provider, ...parameters }, options);
			open.push(trigger);
			/** Changes the credential, because the URL must be known before a webhook with a secret can be created manually. */
			const edit = (more: ICredentialDataDecryptedObject) => void Object.assign(options.credential ?? {}, more);
			return { ...trigger, edit };
		},
		submit: async (
			parameters: INodeParameters,
			trigger?: PublishedTrigger,
			credential: ICredentialDataDecryptedObject = {},
			items: INodeExecutionData[] = [inMemory(RECORDING)],
		): Promise<Result> =>
			await submit({ provider, ...parameters }, items, setup(credential, trigger && { webhookBase: trigger.base })),
		get: async (id: unknown, parameters: INodeParameters = {}): Promise<Result> =>
			await get({ provider, transcriptId: String(id), ...parameters }, [{ json: {} }], setup()),
		webhooks: async () =>
			((await call('GET', '/v1/workspace/webhooks?include_usages=true')) as { webhooks: SandboxWebhook[] }).webhooks,
		/** Creates a webhook the way a user does in the dashboard. @returns ID and secret */
		makeWebhook: async (url: string, events: string[] = ['speech_to_text']) => {
			const settings = { auth_type: 'hmac', name: 'Manual', webhook_url: url };
			const created = (await call('POST', '/v1/workspace/webhooks', { settings })) as {
				webhook_id: string;
				webhook_secret: string;
			};
			await call('PATCH', `/v1/workspace/webhooks/${created.webhook_id}`, {
				is_disabled: false,
				name: 'Manual',
				events,
			});
			return created;
		},
		change: async (id: string, change: object) => await call('PATCH', `/v1/workspace/webhooks/${id}`, change),
		remove: async (id: string) => await call('DELETE', `/v1/workspace/webhooks/${id}`),
		/** The requests that reached the service. */
		asked: (): string[] =>
			sandbox.requests
				.list()
				.map(
					({ method, path }) => `${method} ${path.replace('/elevenlabs', '').replace(/\/[A-Za-z0-9]{20}$/, '/:id')}`,
				),
	};
}

import { createHmac } from 'node:crypto';
import { HookContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeParameters, IWebhookData, IWebhookDescription } from 'n8n-workflow';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { tokenFor } from '../../nodes/Transcription/callback/token';
import { additionalData, API_KEY, aWorkflow, everyTextIn, type Result, WORKFLOW_ID } from './harness';
import { sendJson, startServer } from './localServer';
import { TEXT } from './recording';
import { DEFAULTS, SESSIONS, SIGNING_SECRET, STT, STT_TOKEN, useScriptix, WORKING } from './scriptix.setup';
import type { TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(30_000);
const scriptix = useScriptix();
const { service } = scriptix;

/** Submits a recording for a trigger and waits for the executions that its callback starts. */
async function delivered(
	credential: ICredentialDataDecryptedObject,
	job: INodeParameters = {},
	trigger: INodeParameters = {},
): Promise<Result[]> {
	const endpoint = await scriptix.trigger(credential, trigger);
	const submitted = await scriptix.submit(job, credential, { webhookBase: endpoint.base });
	expect(submitted.error).toBeUndefined();
	expect(submitted.hints).toEqual([]);
	await service.sandbox.settled();
	return await Promise.all(endpoint.executions);
}
const shape = ({ outputs }: Result) => outputs.map((items) => items.length);
const states = () => service.sandbox.callbacks.deliveries().map(({ state, attempts }) => [state, attempts[0]?.status]);

describe.each(WORKING)('Scriptix callback with %s', (_name, credential) => {
	it('outputs the transcript with metadata', async () => {
		const [result] = await delivered(credential, { metadata: { pair: [{ key: 'contactId', value: 'Grüße & 4711' }] } });
		expect(result && shape(result)).toEqual([1, 0]);
		expect(result?.json[0]).toMatchObject({ status: 'completed', text: TEXT, metadata: { contactId: 'Grüße & 4711' } });
	});

	it('outputs one item if it arrives three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const results = await delivered(credential);
		expect(results.map(({ json }) => json.length).sort()).toEqual([0, 0, 1]);
	});

	it('doesn’t let n8n store a secret', async () => {
		const [result] = await delivered(credential, {}, { output: 'raw' });
		const stored = `${everyTextIn(result?.run)}${JSON.stringify(result?.run)}`;
		const url = new URL(service.sandbox.callbacks.deliveries()[0]?.url ?? '');
		for (const secret of [API_KEY, SIGNING_SECRET, url.searchParams.get('token') ?? API_KEY])
			expect(stored).not.toContain(secret);
	});
});

describe.each(WORKING.filter(([name]) => !name.includes('token')))(
	'Forged Scriptix callback with %s',
	(_name, credential) => {
		it.each(['wrongHeader', 'missingHeader', 'emptyHeader'] as const)('starts no execution: %s', async (forgery) => {
			service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'none' });
			expect(await delivered(credential)).toEqual([]);
			expect(states()).toEqual([[expect.any(String), 401]]);
		});
	},
);

it('rejects a modified body', async () => {
	service.sandbox.callbacks.addFault({ kind: 'forged', forgery: 'alteredBody', genuine: 'none' });
	expect(await delivered(STT)).toEqual([]);
	expect(states()).toEqual([[expect.any(String), 401]]);
});

it('reports a body with a different session than the header at Failed', async () => {
	service.sandbox.callbacks.addFault({ kind: 'forged', forgery: 'alteredBody', genuine: 'none' });
	const [run, ...others] = await delivered(SESSIONS);
	expect(others).toEqual([]);
	const [completed, failed] = run?.outputs ?? [];
	expect(completed).toEqual([]);
	expect(failed?.map(({ json }) => json)).toEqual([
		expect.objectContaining({ status: 'failed', errorMessage: expect.stringContaining('different session IDs') }),
	]);
	// Neither ID can be trusted.
	expect(failed?.[0]?.json).not.toHaveProperty('id');
	expect(states()).toEqual([[expect.any(String), 200]]);
});

describe('Request to the trigger', () => {
	const post = async ({ base }: TriggerEndpoint, body: string, headers: Record<string, string>, query = '') =>
		(
			await fetch(`${base}/${WORKFLOW_ID}/scriptix${query}`, {
				method: 'POST',
				body,
				headers: { 'content-type': 'application/json', ...headers },
			})
		).status;
	const TEST_PAYLOAD =
		'{\n"event": "transcription.completed",\n"timestamp": "2025-01-17T10:30:00Z",\n"data": {\n"id": "stt_test123",\n"status": "completed",\n"document_id": 999\n}\n}';
	const signed = (body: string, secret = SIGNING_SECRET) => ({
		'X-Scriptix-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
	});

	it('is rejected with the documented test payload, whose signature isn’t valid', async () => {
		expect(await post(await scriptix.trigger(STT), TEST_PAYLOAD, { 'X-Scriptix-Signature': 'sha256=test123' })).toBe(
			401,
		);
	});

	it('is accepted with the test payload and a valid signature', async () => {
		const endpoint = await scriptix.trigger(STT, { fetchTranscript: false });
		expect(await post(endpoint, TEST_PAYLOAD, signed(TEST_PAYLOAD))).toBe(200);
		const [result] = await Promise.all(endpoint.executions);
		expect(result?.json[0]).toMatchObject({ id: 'stt_test123', status: 'completed', documentId: '999' });
	});

	it('passes on everything it says if the transcript isn’t fetched', async () => {
		const endpoint = await scriptix.trigger(DEFAULTS, { fetchTranscript: false });
		await scriptix.submit({ options: { language: 'en' } }, DEFAULTS, { webhookBase: endpoint.base });
		await service.sandbox.settled();
		const [result] = await Promise.all(endpoint.executions);
		expect(result?.json[0]).toEqual({
			eventId: expect.stringMatching(/^scriptix:stt_\w+:completed$/),
			provider: 'scriptix',
			id: expect.stringMatching(/^stt_/),
			status: 'completed',
			ref: expect.any(String),
			documentId: expect.stringMatching(/^\d+$/),
			durationSeconds: 20,
			language: 'en',
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		});
	});

	it('is rejected with only a token once there is a Webhook Secret', async () => {
		const endpoint = await scriptix.trigger(STT);
		const token = tokenFor(SIGNING_SECRET, `${WORKFLOW_ID}/scriptix`);
		expect(await post(endpoint, TEST_PAYLOAD, {}, `?token=${token}`)).toBe(401);
		expect(await post(endpoint, TEST_PAYLOAD, signed(TEST_PAYLOAD), `?token=${token}`)).toBe(200);
	});

	it('is rejected with a signature of an unknown secret if there is no Webhook Secret', async () => {
		expect(await post(await scriptix.trigger(DEFAULTS), TEST_PAYLOAD, signed(TEST_PAYLOAD))).toBe(401);
	});

	it('is rejected with another token', async () => {
		expect(await post(await scriptix.trigger(STT_TOKEN), TEST_PAYLOAD, {}, `?token=${'0'.repeat(64)}`)).toBe(401);
	});

	it('is accepted with the old secret during a rotation', async () => {
		const endpoint = await scriptix.trigger(
			{ ...STT, webhookSecret: 'new', previousWebhookSecret: SIGNING_SECRET },
			{ fetchTranscript: false },
		);
		expect(await post(endpoint, TEST_PAYLOAD, signed(TEST_PAYLOAD))).toBe(200);
	});
});

describe('Job of a batch upload API with incomplete responses', () => {
	/** Returns the trigger's execution for a callback, with a service that only knows these paths. */
	async function executed(
		event: string,
		data: object,
		answers: Record<string, unknown> = {},
		parameters: INodeParameters = {},
	): Promise<Result | undefined> {
		const silent = await startServer(({ url }, response) => {
			if (url in answers) sendJson(response, 200, answers[url]);
			else sendJson(response, 404, { error: 'not_found', message: 'Not found' });
		});
		const credential = { ...STT, baseUrl: silent.origin };
		const endpoint = await scriptix.trigger(credential, parameters);
		const body = JSON.stringify({ event, data });
		const signature = createHmac('sha256', SIGNING_SECRET).update(body).digest('hex');
		const headers = { 'content-type': 'application/json', 'x-scriptix-signature': `sha256=${signature}` };
		await fetch(`${endpoint.base}/${WORKFLOW_ID}/scriptix`, { method: 'POST', body, headers });
		const [result] = await Promise.all(endpoint.executions);
		await silent.close();
		return result;
	}

	it('is output at Failed with the reason from the callback if it failed', async () => {
		const result = await executed('transcription.failed', { id: 'stt_gone1', status: 'failed', error: 'No speech' });
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({
			id: 'stt_gone1',
			status: 'failed',
			errorMessage: 'No speech',
		});
	});

	it('is output with the reason from the callback if its status has none', async () => {
		const result = await executed(
			'transcription.failed',
			{ id: 'stt_1', status: 'failed', error: { message: 'No speech' } },
			{ '/api/v3/stt/stt_1/status': { id: 'stt_1', status: 'failed', progress: 0 } },
		);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('has the duration and the language of the callback if its responses have none', async () => {
		const data = { id: 'stt_1', status: 'completed', duration_seconds: 12.5, language: 'nl' };
		const result = await executed('transcription.completed', data, {
			'/api/v3/stt/stt_1/status': { id: 'stt_1', status: 'completed' },
			'/api/v3/stt/stt_1/result': { id: 'stt_1', transcript: 'Dag' },
		});
		expect(result?.json[0]).toMatchObject({ text: 'Dag', durationSeconds: 12.5, language: 'nl' });
	});

	const DOCUMENT = { '/api/v3/documents/456': { id: 456, language: 'en', content: { text: 'Hello' } } };

	it('has the transcript of the callback’s document and the ID of the job', async () => {
		const result = await executed(
			'transcription.completed',
			{ id: 'stt_gone3', status: 'completed', document_id: 456 },
			DOCUMENT,
		);
		expect(result?.error).toBeUndefined();
		expect(result?.json[0]).toMatchObject({ id: 'stt_gone3', eventId: 'scriptix:stt_gone3:completed', text: 'Hello' });
	});

	it('has the exports of the document', async () => {
		const answers = { ...DOCUMENT, '/api/v3/documents/456/export': { made: 'of it' } };
		const data = { id: 'stt_gone4', status: 'completed', document_id: 456 };
		const result = await executed('transcription.completed', data, answers, { options: { serviceFiles: ['srt'] } });
		expect(result?.outputs[0]?.[0]?.binary?.service_srt).toMatchObject({ fileName: 'stt_gone4.srt' });
	});

	it('fails the execution if it completed and explains what is missing', async () => {
		const result = await executed('transcription.completed', {
			id: 'stt_gone2',
			status: 'completed',
			document_id: 456,
		});
		expect(result?.error?.message).toContain('has no job with the ID “stt_gone2”');
		expect(result?.error?.description).toContain('documentId');
	});
});

describe('Failed Scriptix job', () => {
	it('of the batch upload API is output at Failed with the reason', async () => {
		service.sandbox.jobs.failNext('No speech');
		const [result] = await delivered(STT);
		expect(result && shape(result)).toEqual([0, 1]);
		expect(result?.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('of the sessions API isn’t announced', async () => {
		service.sandbox.jobs.failNext('No speech');
		expect(await delivered(SESSIONS)).toEqual([]);
		expect(service.sandbox.callbacks.deliveries()).toEqual([]);
	});
});

it('drops a repeated callback', async () => {
	const endpoint = await scriptix.trigger(SESSIONS);
	const { json } = await scriptix.submit({}, SESSIONS, { webhookBase: endpoint.base });
	await service.sandbox.settled();
	const [first] = await Promise.all(endpoint.executions);
	service.sandbox.callbacks.redeliver(String(json[0]?.id));
	await service.sandbox.callbacks.settled();
	const [, second] = await Promise.all(endpoint.executions);
	expect([first?.json.length, second?.json.length]).toEqual([1, 0]);
});

it('deletes the session after fetching', async () => {
	const [result] = await delivered(SESSIONS, {}, { options: { deleteAfterFetching: 'session' } });
	expect(result?.json[0]).toMatchObject({ text: TEXT });
	const { error } = await scriptix.get({ transcriptId: String(result?.json[0]?.id) }, SESSIONS);
	expect(error?.message).toContain('no session with the ID');
});

describe('Publishing a trigger', () => {
	async function publish(credential: ICredentialDataDecryptedObject): Promise<boolean> {
		const trigger = new TranscriptionTrigger();
		const setup = scriptix.setup(credential);
		const { workflow, node } = aWorkflow('transcriptionTrigger', { provider: 'scriptix' }, setup);
		const webhook = {
			httpMethod: 'POST',
			node: node.name,
			path: `${workflow.id}/scriptix`,
			webhookDescription: trigger.description.webhooks?.[0] as IWebhookDescription,
			workflowId: workflow.id,
		} as unknown as IWebhookData;
		return await trigger.webhookMethods.default.create.call(
			new HookContext(workflow, node, additionalData(setup), 'trigger', 'activate', webhook),
		);
	}

	it.each(WORKING)('sends no requests with %s', async (_name, credential) => {
		await expect(publish(credential)).resolves.toBe(true);
		expect(service.asked()).toEqual([]);
	});

	it('fails if callbacks couldn’t be verified', async () => {
		await expect(publish({ webhookVerification: 'hmac' })).rejects.toThrow(
			'“Webhook Secret” in the credential is empty',
		);
	});
});

import { inFilesystem, inMemory, type Result, submit } from './harness';
import { RESTRICTED_KEY, useElevenLabs } from './elevenLabsService';
import { type SeenRequest, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';

jest.setTimeout(30_000);
const service = useElevenLabs();
const NO_CALLBACK = { callback: 'none' };
const SUBMIT = 'POST /v1/speech-to-text';
const errorTextOf = ({ error }: Result) => `${error?.message}\n${error?.description}`;

/** Returns the text of the job that Submit returned, once the service has finished it. */
async function textOf({ json, error }: Result): Promise<unknown> {
	expect(error).toBeUndefined();
	await service.sandbox.settled();
	return (await service.get(json[0]?.id)).json[0]?.text;
}

describe('Submit to ElevenLabs', () => {
	it('uploads a file in memory', async () => {
		expect(await textOf(await service.submit(NO_CALLBACK))).toBe(TEXT);
	});

	it('uploads a file from the filesystem', async () => {
		expect(await textOf(await service.submit(NO_CALLBACK, undefined, {}, [await inFilesystem(RECORDING)]))).toBe(TEXT);
	});

	it('submits a URL', async () => {
		const parameters = { ...NO_CALLBACK, source: 'url', audioUrl: `${service.sandbox.origin}/samples/call.wav` };
		expect(await textOf(await service.submit(parameters, undefined, {}, [{ json: {} }]))).toBe(TEXT);
	});

	it('requests an asynchronous job without a webhook if there is no callback', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await service.submit(NO_CALLBACK);
		expect(json).toEqual([expect.objectContaining({ status: 'queued', provider: 'elevenLabs' })]);
		expect(service.asked()).toEqual([SUBMIT]);
		service.sandbox.jobs.release();
	});

	it('returns the ID of the transcript', async () => {
		const { json } = await service.submit(NO_CALLBACK);
		expect(json[0]?.id).toBe(service.sandbox.jobs.list()[0]?.id);
	});

	it('looks up the webhook once for all items', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		service.sandbox.requests.clear();
		const { error } = await service.submit({}, trigger, {}, [
			inMemory(RECORDING),
			inMemory(RECORDING),
			inMemory(RECORDING),
		]);
		expect(error).toBeUndefined();
		expect(service.asked().filter((request) => !request.endsWith(':id'))).toEqual([
			'GET /v1/workspace/webhooks',
			SUBMIT,
			SUBMIT,
			SUBMIT,
		]);
	});
});

describe('Submit to ElevenLabs fails without submitting', () => {
	afterEach(() => expect(service.sandbox.jobs.list()).toEqual([]));
	const toTrigger = { options: { skipTriggerCheck: true } };

	it('if no webhook has the URL', async () => {
		const trigger = await service.trigger();
		expect(errorTextOf(await service.submit(toTrigger, trigger))).toMatch(
			/has no webhook with the callback URL[^]*Publish \(or republish\) the workflow/,
		);
	});

	it('if no manually created webhook has the URL', async () => {
		const trigger = await service.trigger();
		const credential = { webhookSetup: 'manual', webhookSecret: 'wsec_pasted' };
		expect(errorTextOf(await service.submit(toTrigger, trigger, credential))).toMatch(
			/has no webhook with the callback URL[^]*Create an HMAC webhook with this URL/,
		);
	});

	it('if the webhook is disabled', async () => {
		const trigger = await service.trigger();
		const { webhook_id: id } = await service.makeWebhook(trigger.url);
		await service.change(id, { is_disabled: true, name: 'Asleep' });
		expect(errorTextOf(await service.submit(toTrigger, trigger))).toContain('“Asleep” is disabled');
	});

	it.each<[string, object, string]>([
		['was disabled by the service', { is_auto_disabled: true }, 'failed too often'],
		['has another auth method', { auth_type: 'oauth2' }, 'auth method oauth2'],
	])('if the webhook %s', async (_what, state, message) => {
		const webhook = {
			webhook_id: 'w1',
			webhook_url: 'http://127.0.0.1:9/webhook/Ab12Cd34Ef56Gh78/elevenLabs',
			name: 'W',
			auth_type: 'hmac',
			is_disabled: false,
			is_auto_disabled: false,
			...state,
		};
		const server = await startServer((_request, response) => sendJson(response, 200, { webhooks: [webhook] }));
		const result = await submit({ provider: 'elevenLabs', ...toTrigger }, [inMemory(RECORDING)], {
			baseUrl: server.origin,
		});
		expect(errorTextOf(result)).toContain(message);
		expect(server.seen.map(({ method }) => method)).toEqual(['GET']);
		await server.close();
	});

	it.each<[string, Record<string, string>, string]>([
		['a wrong key', { apiKey: 'wrong' }, 'didn’t accept the API key'],
		['an empty account', { apiKey: 'sandbox-elevenlabs-empty-balance' }, 'ElevenLabs account is out of credits'],
	])('with %s', async (_what, credential, message) => {
		expect(errorTextOf(await service.submit(NO_CALLBACK, undefined, credential))).toContain(message);
	});

	it('if the workspace has no webhook and the service requires one', async () => {
		const body = JSON.stringify({
			detail: { status: 'no_webhook_configured', message: 'No webhook is configured for speech to text' },
		});
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, body, match: { method: 'POST' } });
		expect(errorTextOf(await service.submit(NO_CALLBACK))).toMatch(
			/there is no matching webhook[^]*create a webhook in the ElevenLabs dashboard/,
		);
	});

	it('if options contradict each other', async () => {
		expect(errorTextOf(await service.submit({ ...NO_CALLBACK, options: { speakerCount: 2 } }))).toContain(
			'“Speaker Count” requires “Diarize”',
		);
		expect(service.asked()).toEqual([]);
	});

	it('if the transcript would be lost', async () => {
		expect(errorTextOf(await service.submit({ ...NO_CALLBACK, options: { enableLogging: 'false' } }))).toContain(
			'With “Enable Logging” off',
		);
		expect(service.asked()).toEqual([]);
	});
});

describe('Request that Submit sends to ElevenLabs', () => {
	/** A service that accepts everything and records requests. */
	async function sent(
		parameters: object,
		webhooks: object[] | undefined,
		status = 200,
	): Promise<{ request: SeenRequest; result: Result; fields: Record<string, string> }> {
		const server = await startServer((request, response) => {
			if (request.method === 'POST') sendJson(response, status, { message: 'ok', request_id: 'req-1' });
			else if (webhooks) sendJson(response, 200, { webhooks });
			else sendJson(response, 401, { detail: { status: 'missing_permissions', message: 'Missing webhooks_read' } });
		});
		const result = await submit({ provider: 'elevenLabs', ...parameters }, [inMemory(RECORDING)], {
			baseUrl: server.origin,
		});
		await server.close();
		const request = server.seen.at(-1) as SeenRequest;
		const form = await new Response(new Uint8Array(request.body), {
			headers: { 'content-type': String(request.headers['content-type']) },
		}).formData();
		const fields = Object.fromEntries(
			[...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
		);
		return { request, result, fields };
	}
	const CALLBACK_URL = 'http://127.0.0.1:9/webhook/Ab12Cd34Ef56Gh78/elevenLabs';
	const toTrigger = { metadata: { pair: [{ key: 'contactId', value: '4711' }] }, options: { skipTriggerCheck: true } };
	const webhook = (more: object = {}) => ({
		webhook_id: 'w1',
		webhook_url: CALLBACK_URL,
		name: 'W',
		auth_type: 'hmac',
		is_disabled: false,
		is_auto_disabled: false,
		...more,
	});

	it('contains the webhook for the URL and the callback URL with metadata', async () => {
		const { fields, result, request } = await sent(toTrigger, [
			webhook({ webhook_id: 'other', webhook_url: 'https://x.example.com' }),
			webhook(),
		]);
		expect(fields).toEqual({
			model_id: 'scribe_v2',
			webhook: 'true',
			webhook_id: 'w1',
			webhook_metadata: expect.any(String),
		});
		const { ref } = result.json[0] ?? {};
		expect(JSON.parse(String(fields.webhook_metadata))).toEqual({
			callbackUrl: `${CALLBACK_URL}?contactId=4711&ref=${String(ref)}`,
		});
		expect([request.url, request.headers['xi-api-key']]).toEqual(['/v1/speech-to-text', 'api-key-that-nobody-may-see']);
	});

	it('prefers a usable webhook', async () => {
		const { fields } = await sent(toTrigger, [webhook({ webhook_id: 'w0', is_disabled: true }), webhook()]);
		expect(fields.webhook_id).toBe('w1');
	});

	it('contains no webhook if the key can’t list webhooks', async () => {
		const { fields } = await sent(toTrigger, undefined);
		expect(fields).toEqual({ model_id: 'scribe_v2', webhook: 'true', webhook_metadata: expect.any(String) });
	});

	it('contains the chosen webhook without a lookup', async () => {
		const { fields } = await sent({ options: { skipTriggerCheck: true, webhookId: ' w7 ' } }, []);
		expect(fields.webhook_id).toBe('w7');
	});

	it('disables logging', async () => {
		const { request } = await sent({ options: { skipTriggerCheck: true, enableLogging: 'false' } }, [webhook()]);
		expect(request.url).toBe('/v1/speech-to-text?enable_logging=false');
	});

	it('accepts status 202 and falls back to the request ID', async () => {
		const { result } = await sent(NO_CALLBACK, [], 202);
		expect(result.json).toEqual([
			{
				status: 'queued',
				id: 'req-1',
				provider: 'elevenLabs',
				eventId: 'elevenLabs:req-1:queued',
				recordingName: 'call.wav',
			},
		]);
	});
});

it('works with a key without access to webhooks for a trigger that another key registered', async () => {
	const trigger = await service.trigger({ webhookSecret: 'shared' });
	await trigger.publish();
	await service.submit({}, trigger, { apiKey: RESTRICTED_KEY, webhookSecret: 'shared' });
	await service.sandbox.settled();
	const [result] = await trigger.results();
	expect(result?.json[0]).toMatchObject({ text: TEXT });
});

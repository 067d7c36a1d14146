import { UNREADABLE } from '../../nodes/Transcription/callback/delivery';
import { decryptSecret } from '../../nodes/Transcription/callback/encryptedSecret';
import { KEY, RESTRICTED_KEY, ROTATED_KEY, useElevenLabs } from './elevenLabsService';
import { WORKFLOW_ID } from './harness';
import { sendJson, startServer } from './localServer';
import { aTrigger, type PublishedTrigger } from './publishedTrigger';

jest.setTimeout(30_000);
const service = useElevenLabs();

/** Returns the secret in the static data, decrypted with an API key. */
const keptSecret = (trigger: PublishedTrigger, apiKey = KEY) =>
	decryptSecret(String(trigger.staticData().issuedSecret), { apiKey }, `${WORKFLOW_ID}/elevenLabs`);

/** Returns the message and description of a rejected hook's error as one string. */
async function refusalOf(hook: Promise<unknown>): Promise<string> {
	const error = await hook.then(
		() => undefined,
		(thrown: { message: string; description?: string }) => thrown,
	);
	if (!error) throw new Error('was accepted');
	return `${error.message}\n${error.description ?? ''}`;
}

describe('Publishing a trigger', () => {
	it('registers its production URL for speech to text and stores the secret', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		expect(await service.webhooks()).toEqual([
			expect.objectContaining({
				webhook_url: trigger.url,
				name: 'n8n: Test',
				is_disabled: false,
				events: ['speech_to_text'],
			}),
		]);
		expect(keptSecret(trigger)).toMatch(/^wsec_/);
	});

	it('encrypts the secret, so that reading the workflow doesn’t allow signing callbacks', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const secret = String(keptSecret(trigger));
		const { issuedSecret, ...others } = trigger.staticData();
		const decoded = Buffer.from(String(issuedSecret), 'base64url').toString('latin1');
		for (const text of [JSON.stringify(trigger.staticData()), decoded]) {
			for (const known of [secret, secret.replace('wsec_', ''), KEY]) expect(text).not.toContain(known);
		}
		expect(Object.keys(others)).toEqual(['webhookId']);
		expect(keptSecret(trigger, ROTATED_KEY)).toBe(UNREADABLE);
	});

	it('reuses the webhook and keeps the secret when repeated', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const secret = keptSecret(trigger);
		await trigger.publish();
		expect(await service.webhooks()).toHaveLength(1);
		expect(keptSecret(trigger)).toBe(secret);
	});

	it('reuses an existing webhook with its URL and keeps its name and other events', async () => {
		const trigger = await service.trigger();
		const { webhook_id: id } = await service.makeWebhook(trigger.url, ['flows']);
		await service.change(id, { is_disabled: true, name: 'Mine' });
		await trigger.publish();
		expect(await service.webhooks()).toEqual([
			expect.objectContaining({
				webhook_id: id,
				name: 'Mine',
				is_disabled: false,
				events: ['flows', 'speech_to_text'],
			}),
		]);
	});

	it('doesn’t change other webhooks', async () => {
		const { webhook_id: id } = await service.makeWebhook('https://other.example.com/hook', ['flows']);
		const trigger = await service.trigger();
		await trigger.publish();
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id: id, events: ['flows'] })]);
	});

	it('fails with a key that can only list webhooks and describes both solutions', async () => {
		const trigger = await service.trigger({ apiKey: RESTRICTED_KEY });
		const refusal = await refusalOf(trigger.publish());
		expect(service.asked()).toEqual(['GET /v1/workspace/webhooks?include_usages=true', 'POST /v1/workspace/webhooks']);
		expect(refusal).not.toContain('didn’t accept the API key');
		for (const part of ['isn’t allowed to register', 'webhooks_write', trigger.url, '“Webhook Secret”', 'Manual'])
			expect(refusal).toContain(part);
	});

	it.each([
		['a wrong key', 'wrong', 'didn’t accept the API key'],
		['a wrong key that the service rejects with status 400', 'sk_wrong', 'didn’t accept the API key'],
		['the ID of a key', 'c0ffee00'.repeat(8), 'is the ID of a key, not the key'],
	])('fails with %s', async (_what, apiKey, message) => {
		const trigger = await service.trigger({ apiKey });
		const refusal = await refusalOf(trigger.publish());
		expect(refusal).toContain(message);
		expect(refusal).toContain('“sk_”');
		expect(refusal).not.toContain(apiKey);
	});

	it('enables retries only for a webhook that it creates', async () => {
		const bodies: Array<Record<string, unknown>> = [];
		const webhooks: object[] = [];
		const server = await startServer(({ method, body }, response) => {
			if (method === 'PATCH') bodies.push(JSON.parse(body.toString()) as Record<string, unknown>);
			sendJson(response, 200, method === 'GET' ? { webhooks } : { webhook_id: 'w1', webhook_secret: 'wsec_1' });
		});
		const trigger = await aTrigger({ provider: 'elevenLabs' }, { baseUrl: server.origin });
		await trigger.publish();
		webhooks.push({ webhook_id: 'w1', webhook_url: trigger.url, name: 'Mine', auth_type: 'hmac' });
		await trigger.publish();
		expect(bodies.map(({ retry_enabled }) => retry_enabled)).toEqual([true, undefined]);
		await trigger.close();
		await server.close();
	});

	it('fails if ElevenLabs disabled the webhook and explains how to enable it', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		trigger.edit({ apiKey: ROTATED_KEY });
		const { json } = await service.submit({}, trigger, { apiKey: ROTATED_KEY });
		await service.sandbox.settled();
		service.sandbox.callbacks.redeliver(String(json[0]?.id), { copies: 9 });
		await service.sandbox.settled();
		trigger.edit({ apiKey: KEY });
		expect(await service.webhooks()).toEqual([expect.objectContaining({ is_auto_disabled: true })]);
		const refusal = await refusalOf(trigger.publish());
		expect(refusal).toMatch(/disabled the webhook “n8n: Test” because its callbacks failed too often/);
		expect(refusal).toMatch(
			/Enable it again in the ElevenLabs dashboard[^]*publish the workflow again[^]*status \d{3}/,
		);
	});

	it('removes the webhook if it can’t be linked to speech to text', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 422, match: { method: 'PATCH' } });
		const trigger = await service.trigger();
		await expect(trigger.publish()).rejects.toThrow();
		expect(await service.webhooks()).toEqual([]);
		expect(trigger.staticData()).toEqual({});
	});

	it('isn’t retried if the webhook may have been registered, and finds it the next time', async () => {
		service.sandbox.httpFaults.add({ kind: 'dropAnswer', match: { method: 'POST' } });
		const trigger = await service.trigger();
		expect(await refusalOf(trigger.publish())).toMatch(
			/may or may not have registered the webhook[^]*Publish the workflow again/,
		);
		expect(await service.webhooks()).toHaveLength(1);
		await trigger.publish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ events: ['speech_to_text'] })]);
	});

	it('redacts secrets that an error response repeats', async () => {
		const server = await startServer(({ method, body }, response) => {
			if (method === 'GET') sendJson(response, 200, { webhooks: [] });
			else
				sendJson(response, 422, {
					detail: [{ loc: ['body'], msg: `You sent ${body.toString()}`, type: 'value_error' }],
				});
		});
		const trigger = await aTrigger(
			{ provider: 'elevenLabs' },
			{ baseUrl: server.origin, credential: { webhookSecret: 'nobody-may-see-this' } },
		);
		const refusal = await refusalOf(trigger.publish());
		expect(refusal).toContain('You sent');
		expect(refusal).not.toContain('nobody-may-see-this');
		await trigger.close();
		await server.close();
	});

	it('prefers a verifiable webhook among several with its URL', async () => {
		const changed: string[] = [];
		const webhooks: object[] = [];
		const server = await startServer(({ method, url }, response) => {
			if (method === 'PATCH') changed.push(url);
			sendJson(response, 200, { webhooks });
		});
		const trigger = await aTrigger({ provider: 'elevenLabs' }, { baseUrl: server.origin });
		const there = { webhook_url: trigger.url, name: 'There', is_disabled: false, is_auto_disabled: false };
		webhooks.push(
			{ ...there, webhook_id: 'w1', auth_type: 'oauth2' },
			{ ...there, webhook_id: 'w2', auth_type: 'hmac' },
		);
		await trigger.publish();
		expect(changed).toEqual(['/v1/workspace/webhooks/w2']);
		await trigger.close();
		await server.close();
	});

	it('discards the secret of a webhook that was deleted and recreated', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const [first] = await service.webhooks();
		await service.change(String(first?.webhook_id), { is_disabled: false, name: 'x', events: [] });
		await service.remove(String(first?.webhook_id));
		await service.makeWebhook(trigger.url);
		await trigger.publish();
		await service.submit({}, trigger);
		await service.sandbox.settled();
		expect(trigger.statuses.at(-1)).toBe(200);
		expect(await trigger.results()).toHaveLength(1);
	});

	it.each(['oauth2', 'mtls'])('fails if the existing webhook uses the auth method %s', async (auth_type) => {
		const seen: string[] = [];
		const webhooks: object[] = [];
		const server = await startServer((request, response) => {
			seen.push(request.method);
			sendJson(response, 200, { webhooks });
		});
		const trigger = await aTrigger({ provider: 'elevenLabs' }, { baseUrl: server.origin });
		webhooks.push({
			webhook_id: 'w1',
			webhook_url: trigger.url,
			name: 'Old',
			auth_type,
			is_disabled: false,
			is_auto_disabled: false,
		});
		expect(await refusalOf(trigger.publish())).toMatch(new RegExp(`“Old” uses the auth method ${auth_type}`));
		expect(seen).toEqual(['GET']);
		await trigger.close();
		await server.close();
	});
});

describe('Publishing after the API key was rotated', () => {
	async function rotated(credential = {}) {
		const trigger = await service.trigger();
		await trigger.publish();
		const [before] = await service.webhooks();
		trigger.edit({ apiKey: ROTATED_KEY, ...credential });
		return { trigger, before, secret: keptSecret(trigger) };
	}

	it('registers a new webhook if the secret can’t be decrypted', async () => {
		const { trigger, before } = await rotated();
		await trigger.publish();
		const webhooks = await service.webhooks();
		expect(webhooks).toEqual([expect.objectContaining({ webhook_url: trigger.url, events: ['speech_to_text'] })]);
		expect(webhooks[0]?.webhook_id).not.toBe(before?.webhook_id);
		expect(keptSecret(trigger, ROTATED_KEY)).toMatch(/^wsec_/);
		await service.submit({}, trigger, { apiKey: ROTATED_KEY });
		await service.sandbox.settled();
		expect(await trigger.results()).toHaveLength(1);
	});

	it('keeps the webhook while the old key is the previous secret and encrypts with the new key', async () => {
		const { trigger, before, secret } = await rotated({ previousWebhookSecret: KEY });
		await trigger.publish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id: before?.webhook_id })]);
		expect(keptSecret(trigger, ROTATED_KEY)).toBe(secret);
	});

	it.each(['wsec_in_plain_text', ''])(
		'registers a new webhook if the static data contains “%s”',
		async (issuedSecret) => {
			const { trigger, before } = await rotated();
			Object.assign(trigger.staticData(), { issuedSecret });
			await trigger.publish();
			expect((await service.webhooks())[0]?.webhook_id).not.toBe(before?.webhook_id);
			expect(keptSecret(trigger, ROTATED_KEY)).toMatch(/^wsec_/);
		},
	);

	it('uses our header and logs the webhook if the old one can’t be removed', async () => {
		const { trigger, before } = await rotated();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		await trigger.publish();
		expect(trigger.warnings.at(-1)).toContain('delete it there');
		expect(await service.webhooks()).toEqual([
			expect.objectContaining({ webhook_id: before?.webhook_id, events: ['speech_to_text'] }),
		]);
		expect(trigger.staticData()).toEqual({ webhookId: before?.webhook_id });
		await service.submit({}, trigger, { apiKey: ROTATED_KEY });
		await service.sandbox.settled();
		expect(await trigger.results()).toHaveLength(1);
	});
});

describe('Publishing with a manually created webhook', () => {
	const manual = { webhookSetup: 'manual' };

	it('fails without its secret and describes the solution', async () => {
		const trigger = await service.trigger(manual);
		const refusal = await refusalOf(trigger.publish());
		for (const part of ['“Webhook Secret” is empty', 'HMAC', 'Production URL']) expect(refusal).toContain(part);
		expect(service.asked()).toEqual([]);
	});

	it('makes Submit fail without its secret before any request', async () => {
		const trigger = await service.trigger(manual);
		const { error } = await service.submit({}, trigger, manual);
		expect(error?.message).toContain('“Webhook Secret” is empty');
		expect(service.asked()).toEqual([]);
	});

	it('sends no requests, and neither does unpublishing', async () => {
		const trigger = await service.trigger({ ...manual, webhookSecret: 'wsec_pasted' });
		await trigger.publish();
		await trigger.unpublish();
		expect(service.asked()).toEqual([]);
	});
});

describe('Unpublishing a trigger', () => {
	it('removes the webhook and discards the secret', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([]);
		expect(trigger.staticData()).toEqual({});
	});

	it('does nothing without a webhook', async () => {
		const trigger = await service.trigger();
		await expect(trigger.unpublish()).resolves.toBe(true);
	});

	it('succeeds if the webhook is removed at the same time', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, match: { method: 'DELETE' } });
		await expect(trigger.unpublish()).resolves.toBe(true);
	});

	it('removes the webhook even if its events can’t be removed first', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const [webhook] = await service.webhooks();
		await service.change(String(webhook?.webhook_id), { is_disabled: false, name: 'x', events: [] });
		service.sandbox.httpFaults.add({ kind: 'status', status: 422, match: { method: 'PATCH' } });
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([]);
	});

	it('succeeds and logs the webhook if it can’t be removed', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		await expect(trigger.unpublish()).resolves.toBe(true);
		expect(trigger.warnings.at(-1)).toMatch(new RegExp(`doesn’t have the Webhooks permission[^]*${trigger.url}`));
		expect(keptSecret(trigger)).toMatch(/^wsec_/);
	});

	it('removes only the registered webhook after Webhook Setup was changed to Manual', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const { webhook_id, webhook_secret: webhookSecret } = await service.makeWebhook(trigger.url);
		trigger.edit({ webhookSetup: 'manual', webhookSecret });
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id })]);
	});
});

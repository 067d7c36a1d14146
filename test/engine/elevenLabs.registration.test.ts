import { UNREADABLE } from '../../nodes/Transcription/callback/delivery';
import { decryptSecret } from '../../nodes/Transcription/callback/encryptedSecret';
import { KEY, RESTRICTED_KEY, ROTATED_KEY, useElevenLabs } from './elevenLabsService';
import { WORKFLOW_ID } from './harness';
import { sendJson, startServer } from './localServer';
import { aTrigger, type PublishedTrigger } from './publishedTrigger';

jest.setTimeout(30_000);
const service = useElevenLabs();

/** The secret in the static data, as an API key decrypts it. */
const keptSecret = (trigger: PublishedTrigger, apiKey = KEY) =>
	decryptSecret(String(trigger.staticData().issuedSecret), { apiKey }, `${WORKFLOW_ID}/elevenLabs`);

/** Message and description of a refused hook, in one text. */
async function refusalOf(hook: Promise<unknown>): Promise<string> {
	const error = await hook.then(
		() => undefined,
		(thrown: { message: string; description?: string }) => thrown,
	);
	if (!error) throw new Error('was accepted');
	return `${error.message}\n${error.description ?? ''}`;
}

describe('publishing a trigger', () => {
	it('registers its production URL for speech to text, and keeps the secret', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		expect(await service.webhooks()).toEqual([
			expect.objectContaining({ webhook_url: trigger.url, name: 'n8n: Test', is_disabled: false, events: ['speech_to_text'] }),
		]);
		expect(keptSecret(trigger)).toMatch(/^wsec_/);
	});

	it('encrypts the secret: nobody who reads the workflow can sign callbacks', async () => {
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

	it('twice makes one webhook, and keeps the secret', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const secret = keptSecret(trigger);
		await trigger.publish();
		expect(await service.webhooks()).toHaveLength(1);
		expect(keptSecret(trigger)).toBe(secret);
	});

	it('takes over a webhook with its URL: enabled, with its name, and its other events', async () => {
		const trigger = await service.trigger();
		const { webhook_id: id } = await service.makeWebhook(trigger.url, ['flows']);
		await service.change(id, { is_disabled: true, name: 'Mine' });
		await trigger.publish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id: id, name: 'Mine', is_disabled: false, events: ['flows', 'speech_to_text'] })]);
	});

	it('leaves the webhooks of others alone', async () => {
		const { webhook_id: id } = await service.makeWebhook('https://other.example.com/hook', ['flows']);
		const trigger = await service.trigger();
		await trigger.publish();
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id: id, events: ['flows'] })]);
	});

	it('is refused with a key that may not, with both ways out and the URL', async () => {
		const trigger = await service.trigger({ apiKey: RESTRICTED_KEY });
		const refusal = await refusalOf(trigger.publish());
		for (const part of ['may not register', 'webhooks_write', trigger.url, '“Webhook Secret”', 'By Hand']) expect(refusal).toContain(part);
	});

	it('is refused with a wrong key', async () => {
		const trigger = await service.trigger({ apiKey: 'wrong' });
		expect(await refusalOf(trigger.publish())).toContain('did not accept the API key');
	});

	it('removes the webhook again where it cannot be linked to speech to text', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 422, match: { method: 'PATCH' } });
		const trigger = await service.trigger();
		await expect(trigger.publish()).rejects.toThrow();
		expect(await service.webhooks()).toEqual([]);
		expect(trigger.staticData()).toEqual({});
	});

	it('is not repeated where the service may have registered the webhook already: the next time finds it', async () => {
		service.sandbox.httpFaults.add({ kind: 'dropAnswer', match: { method: 'POST' } });
		const trigger = await service.trigger();
		expect(await refusalOf(trigger.publish())).toMatch(/may or may not have registered the webhook[^]*Publish the workflow again/);
		expect(await service.webhooks()).toHaveLength(1);
		await trigger.publish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ events: ['speech_to_text'] })]);
	});

	it('tells no secret where the service repeats the request in its refusal', async () => {
		const server = await startServer(({ method, body }, response) => {
			if (method === 'GET') sendJson(response, 200, { webhooks: [] });
			else sendJson(response, 422, { detail: [{ loc: ['body'], msg: `You sent ${body.toString()}`, type: 'value_error' }] });
		});
		const trigger = await aTrigger({ provider: 'elevenLabs' }, { baseUrl: server.origin, credential: { webhookSecret: 'nobody-may-see-this' } });
		const refusal = await refusalOf(trigger.publish());
		expect(refusal).toContain('You sent');
		expect(refusal).not.toContain('nobody-may-see-this');
		await trigger.close();
		await server.close();
	});

	it('prefers a webhook that can be verified to another one with its URL', async () => {
		const changed: string[] = [];
		const webhooks: object[] = [];
		const server = await startServer(({ method, url }, response) => {
			if (method === 'PATCH') changed.push(url);
			sendJson(response, 200, { webhooks });
		});
		const trigger = await aTrigger({ provider: 'elevenLabs' }, { baseUrl: server.origin });
		const there = { webhook_url: trigger.url, name: 'There', is_disabled: false, is_auto_disabled: false };
		webhooks.push({ ...there, webhook_id: 'w1', auth_type: 'oauth2' }, { ...there, webhook_id: 'w2', auth_type: 'hmac' });
		await trigger.publish();
		expect(changed).toEqual(['/v1/workspace/webhooks/w2']);
		await trigger.close();
		await server.close();
	});

	it('forgets the secret of a webhook that somebody deleted and made anew', async () => {
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

	it.each(['oauth2', 'mtls'])('is refused where the webhook there has the auth method %s', async (auth_type) => {
		const seen: string[] = [];
		const webhooks: object[] = [];
		const server = await startServer((request, response) => {
			seen.push(request.method);
			sendJson(response, 200, { webhooks });
		});
		const trigger = await aTrigger({ provider: 'elevenLabs' }, { baseUrl: server.origin });
		webhooks.push({ webhook_id: 'w1', webhook_url: trigger.url, name: 'Old', auth_type, is_disabled: false, is_auto_disabled: false });
		expect(await refusalOf(trigger.publish())).toMatch(new RegExp(`“Old” has the auth method ${auth_type}`));
		expect(seen).toEqual(['GET']);
		await trigger.close();
		await server.close();
	});
});

describe('after the API key was rotated, publishing', () => {
	async function rotated(credential = {}) {
		const trigger = await service.trigger();
		await trigger.publish();
		const [before] = await service.webhooks();
		trigger.edit({ apiKey: ROTATED_KEY, ...credential });
		return { trigger, before, secret: keptSecret(trigger) };
	}

	it('registers a new webhook where the secret cannot be decrypted any more', async () => {
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

	it('keeps the webhook while the old key is the previous secret, and encrypts with the new key', async () => {
		const { trigger, before, secret } = await rotated({ previousWebhookSecret: KEY });
		await trigger.publish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id: before?.webhook_id })]);
		expect(keptSecret(trigger, ROTATED_KEY)).toBe(secret);
	});

	it.each(['wsec_in_plain_text', ''])('registers a new webhook where the static data holds “%s”', async (issuedSecret) => {
		const { trigger, before } = await rotated();
		Object.assign(trigger.staticData(), { issuedSecret });
		await trigger.publish();
		expect((await service.webhooks())[0]?.webhook_id).not.toBe(before?.webhook_id);
		expect(keptSecret(trigger, ROTATED_KEY)).toMatch(/^wsec_/);
	});

	it('keeps to our header where the old webhook cannot be removed, and the log says which one', async () => {
		const { trigger, before } = await rotated();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		await trigger.publish();
		expect(trigger.warnings.at(-1)).toContain('delete it there');
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id: before?.webhook_id, events: ['speech_to_text'] })]);
		expect(trigger.staticData()).toEqual({ webhookId: before?.webhook_id });
		await service.submit({}, trigger, { apiKey: ROTATED_KEY });
		await service.sandbox.settled();
		expect(await trigger.results()).toHaveLength(1);
	});
});

describe('with a webhook that is made by hand, publishing', () => {
	const manual = { webhookSetup: 'manual' };

	it('is refused without its secret, with what to do', async () => {
		const trigger = await service.trigger(manual);
		const refusal = await refusalOf(trigger.publish());
		for (const part of ['“Webhook Secret” is empty', 'HMAC', 'Production URL']) expect(refusal).toContain(part);
		expect(service.asked()).toEqual([]);
	});

	it('is refused without its secret by Submit as well, before anything is asked or sent', async () => {
		const trigger = await service.trigger(manual);
		const { error } = await service.submit({}, trigger, manual);
		expect(error?.message).toContain('“Webhook Secret” is empty');
		expect(service.asked()).toEqual([]);
	});

	it('and unpublishing ask the service nothing', async () => {
		const trigger = await service.trigger({ ...manual, webhookSecret: 'wsec_pasted' });
		await trigger.publish();
		await trigger.unpublish();
		expect(service.asked()).toEqual([]);
	});
});

describe('unpublishing the trigger', () => {
	it('removes the webhook and forgets the secret', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([]);
		expect(trigger.staticData()).toEqual({});
	});

	it('is nothing to do where there is no webhook', async () => {
		const trigger = await service.trigger();
		await expect(trigger.unpublish()).resolves.toBe(true);
	});

	it('is nothing to do where the webhook goes meanwhile', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, match: { method: 'DELETE' } });
		await expect(trigger.unpublish()).resolves.toBe(true);
	});

	it('removes it also where its events cannot be taken away first', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const [webhook] = await service.webhooks();
		await service.change(String(webhook?.webhook_id), { is_disabled: false, name: 'x', events: [] });
		service.sandbox.httpFaults.add({ kind: 'status', status: 422, match: { method: 'PATCH' } });
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([]);
	});

	it('does not keep n8n from unpublishing where the webhook cannot be removed: the log says which one is left', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		await expect(trigger.unpublish()).resolves.toBe(true);
		expect(trigger.warnings.at(-1)).toMatch(new RegExp(`lacks the permission[^]*${trigger.url}`));
		expect(keptSecret(trigger)).toMatch(/^wsec_/);
	});

	it('removes what it registered also after the credential was changed to By Hand, and leaves the one made by hand', async () => {
		const trigger = await service.trigger();
		await trigger.publish();
		const { webhook_id, webhook_secret: webhookSecret } = await service.makeWebhook(trigger.url);
		trigger.edit({ webhookSetup: 'manual', webhookSecret });
		await trigger.unpublish();
		expect(await service.webhooks()).toEqual([expect.objectContaining({ webhook_id })]);
	});
});

import { SECRET_HEADER } from '../../nodes/Transcription/core/redact';
import { decryptSecret } from '../../nodes/Transcription/callback/encryptedSecret';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { SCOPE, setupFor, startTrigger, useService } from './exampleProvider/nodes';
import { EXAMPLE_KEY, post } from './exampleProvider/server';

jest.setTimeout(30_000);
const used = useService();
type Trigger = Awaited<ReturnType<typeof startTrigger>>;
const open: Trigger[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (trigger) => await trigger.close())));

async function aTrigger(credential = {}): Promise<Trigger> {
	const trigger = await startTrigger(setupFor(used.service, credential));
	open.push(trigger);
	return trigger;
}

async function published(): Promise<Trigger> {
	const trigger = await aTrigger();
	await trigger.publish();
	return trigger;
}

/** Returns the content of the static data, decrypted with the credential's API key. */
const keptSecret = (trigger: Trigger) =>
	decryptSecret(String(trigger.staticData().issuedSecret), { apiKey: EXAMPLE_KEY }, SCOPE);

const event = ({ url }: Trigger, id = 'job-1') => ({ id, status: 'completed', callback_url: `${url}?ref=abc` });

describe('publishing a trigger of a service with a registered webhook', () => {
	it('registers the production URL with our own secret', async () => {
		const { url } = await published();
		const secret = callbackSecret({ apiKey: EXAMPLE_KEY }, SCOPE);
		expect(used.service.webhooks).toEqual([expect.objectContaining({ url, headers: { [SECRET_HEADER]: secret } })]);
	});

	it('stores the secret that the service issued', async () => {
		const trigger = await published();
		expect(keptSecret(trigger)).toBe(used.service.webhooks[0]?.secret);
	});

	it('twice creates one webhook and keeps the secret', async () => {
		const trigger = await published();
		await trigger.publish();
		expect(used.service.webhooks).toHaveLength(1);
		expect(keptSecret(trigger)).toBe(used.service.webhooks[0]?.secret);
	});

	it('again after the webhook was removed at the service stores the new secret', async () => {
		const trigger = await published();
		used.service.webhooks.length = 0;
		await trigger.publish();
		expect(keptSecret(trigger)).toBe(used.service.webhooks[0]?.secret);
	});

	it('doesn’t change other webhooks', async () => {
		const others = { id: 'other', url: 'https://other.example.com', secret: 's', headers: {} };
		used.service.webhooks.push(others);
		const trigger = await published();
		await trigger.unpublish();
		expect(used.service.webhooks).toEqual([others]);
	});

	it('is rejected without an API key, without sending a request', async () => {
		const trigger = await aTrigger({ apiKey: ' ' });
		await expect(trigger.publish()).rejects.toThrow('no API key');
		expect(used.service.asked).toEqual([]);
	});

	it('fails with the reason if the service rejects it', async () => {
		used.service.faults.push({ request: /^POST .*webhooks/, status: 403 });
		const trigger = await aTrigger();
		await expect(trigger.publish()).rejects.toThrow('doesn’t allow this API key');
		expect(trigger.staticData()).toEqual({});
	});

	it('isn’t retried if the service may already have registered the webhook', async () => {
		used.service.faults.push({ request: /^POST .*webhooks/, status: 500 });
		await expect((await aTrigger()).publish()).rejects.toThrow();
		expect(used.service.asked.filter((asked) => asked.startsWith('POST'))).toHaveLength(1);
	});
});

it('registers nothing in a manual execution', async () => {
	const trigger = await aTrigger();
	await trigger.testByHand();
	expect(used.service.webhooks).toEqual([]);
	expect(used.service.asked).toEqual(['GET /v2/list?status=completed']);
});

it('removes the secret of a webhook that was replaced at the service when publishing again', async () => {
	const trigger = await published();
	Object.assign(used.service.webhooks[0] ?? {}, { id: 'replaced', secret: 'unknown' });
	await trigger.publish();
	expect(trigger.staticData().issuedSecret).toBeUndefined();
	expect(await used.service.announce(event(trigger))).toEqual([200]);
});

describe('a callback to a registered webhook is', () => {
	it('accepted with a signature by the service’s secret', async () => {
		const trigger = await published();
		expect(await used.service.announce(event(trigger))).toEqual([200]);
		expect(trigger.events).toEqual([expect.objectContaining({ id: 'job-1', status: 'completed' })]);
	});

	it('accepted without our header if the signature is valid', async () => {
		const trigger = await published();
		Object.assign(used.service.webhooks[0] ?? {}, { headers: {} });
		expect(await used.service.announce(event(trigger))).toEqual([200]);
		expect(trigger.events).toHaveLength(1);
	});

	it('rejected with only our header while the service’s secret is known', async () => {
		const trigger = await published();
		const headers = used.service.webhooks[0]?.headers;
		expect(await post(trigger.url, JSON.stringify(event(trigger)), headers)).toBe(401);
		expect(trigger.events).toEqual([]);
	});

	it('rejected with a signature by another secret', async () => {
		const trigger = await published();
		Object.assign(used.service.webhooks[0] ?? {}, { secret: 'another' });
		expect(await used.service.announce(event(trigger))).toEqual([401]);
		expect(trigger.events).toEqual([]);
	});

	it('still verified by our own header after n8n lost the service’s secret', async () => {
		const trigger = await published();
		trigger.loseStaticData();
		expect(await used.service.announce(event(trigger))).toEqual([200]);
		Object.assign(used.service.webhooks[0] ?? {}, { headers: { [SECRET_HEADER]: 'guessed' } });
		expect(await used.service.announce(event(trigger, 'job-2'))).toEqual([401]);
		expect(trigger.events.map(({ id }) => id)).toEqual(['job-1']);
	});

	it('still verified by our own header if publishing again found the webhook but not its secret', async () => {
		const trigger = await published();
		trigger.loseStaticData();
		await trigger.publish();
		expect(used.service.webhooks).toHaveLength(1);
		expect(await used.service.announce(event(trigger))).toEqual([200]);
	});
});

describe('unpublishing the trigger', () => {
	it('removes the webhook and forgets the secret', async () => {
		const trigger = await published();
		await trigger.unpublish();
		expect(used.service.webhooks).toEqual([]);
		expect(trigger.staticData()).toEqual({});
	});

	it('does nothing if the webhook is already gone', async () => {
		const trigger = await published();
		used.service.webhooks.length = 0;
		await expect(trigger.unpublish()).resolves.toBe(true);
	});

	it('continues if the webhook can’t be removed, and keeps the secret that it still signs with', async () => {
		const trigger = await published();
		used.service.faults.push({ request: /^DELETE/, status: 403 });
		await expect(trigger.unpublish()).resolves.toBe(true);
		expect(keptSecret(trigger)).toBe(used.service.webhooks[0]?.secret);
	});

	it('doesn’t remove the webhook of the published trigger after a manual execution', async () => {
		const trigger = await published();
		await trigger.endTestByHand();
		expect(used.service.webhooks).toHaveLength(1);
	});
});

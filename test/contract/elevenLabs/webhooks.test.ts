import type { SpeechToTextWebhookResponseModel } from '@elevenlabs/elevenlabs-js/api';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio, sampleTruth } from '../support/assemblyAi';
import { elevenLabsSdk } from '../support/elevenLabs';
import { startReceiver, type Receiver } from '../support/receiver';

let sandbox: Sandbox;
let receiver: Receiver;
beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const webhooks = (account?: string) => elevenLabsSdk(sandbox, account).webhooks;

async function createWebhook(path = '/hook', { subscribed = true, headers = {} as Record<string, string> } = {}) {
	const settings = {
		authType: 'hmac' as const,
		name: 'Test',
		webhookUrl: receiver.url + path,
		requestHeaders: headers,
	};
	const { webhookId, webhookSecret } = await webhooks().create({ settings });
	if (subscribed) await webhooks().update(webhookId, { isDisabled: false, name: 'Test', events: ['speech_to_text'] });
	return { id: webhookId, secret: webhookSecret! };
}

async function submitAndSettle(fields: object = {}): Promise<SpeechToTextWebhookResponseModel> {
	const file = new File([sampleAudio('voicemail.wav')], 'voicemail.wav');
	const response = await elevenLabsSdk(sandbox).speechToText.convert({
		modelId: 'scribe_v2',
		file,
		webhook: true,
		...fields,
	});
	await sandbox.settled();
	return response as SpeechToTextWebhookResponseModel;
}

const signatureOf = (index = 0) => String(receiver.received[index]?.headers['elevenlabs-signature']);

it('creates, lists, updates, and deletes a webhook', async () => {
	const { id } = await createWebhook('/hook', { subscribed: false });
	expect((await webhooks().list({})).webhooks).toEqual([
		expect.objectContaining({
			webhookId: id,
			name: 'Test',
			authType: 'hmac',
			isDisabled: false,
			webhookUrl: `${receiver.url}/hook`,
		}),
	]);
	await webhooks().update(id, { isDisabled: true, name: 'Renamed', events: ['speech_to_text', 'flows'] });
	const [webhook] = (await webhooks().list({ includeUsages: true })).webhooks;
	expect(webhook).toMatchObject({
		name: 'Renamed',
		isDisabled: true,
		events: ['speech_to_text', 'flows'],
		usage: [{ usageType: 'Speech to Text' }],
	});
	await webhooks().update(id, { isDisabled: true, name: 'Renamed', events: [] });
	await webhooks().delete(id);
	expect((await webhooks().list({})).webhooks).toEqual([]);
});

it('returns the subscribed events of a webhook only on request', async () => {
	await createWebhook();
	expect((await webhooks().list({})).webhooks[0]?.events).toBeUndefined();
});

it('keeps the subscribed events in an update without events', async () => {
	const { id } = await createWebhook();
	await webhooks().update(id, { isDisabled: false, name: 'Renamed' });
	expect((await webhooks().list({ includeUsages: true })).webhooks[0]?.events).toEqual(['speech_to_text']);
});

it('rejects deleting a webhook in use', async () => {
	const { id } = await createWebhook();
	await expect(webhooks().delete(id)).rejects.toMatchObject({ statusCode: 400 });
});

it('requires a key with permission for creating a webhook, but not for listing', async () => {
	const settings = { authType: 'hmac' as const, name: 'x', webhookUrl: 'https://example.com' };
	await expect(webhooks('restricted').create({ settings })).rejects.toMatchObject({
		statusCode: 401,
		body: {
			detail: {
				type: 'authentication_error',
				code: 'missing_permissions',
				status: 'missing_permissions',
				message: expect.stringContaining('webhooks_write'),
				request_id: expect.any(String),
				param: null,
			},
		},
	});
	await expect(webhooks('restricted').list({})).resolves.toEqual({ webhooks: [] });
});

it('disables a webhook after ten failures, which an update doesn’t revert', async () => {
	const { id } = await createWebhook();
	receiver.respondWith(500);
	const { transcriptionId } = await submitAndSettle();
	sandbox.callbacks.redeliver(transcriptionId!, { copies: 9 });
	await sandbox.settled();
	await webhooks().update(id, { isDisabled: false, name: 'Test', retryEnabled: true });
	expect((await webhooks().list({})).webhooks[0]).toMatchObject({
		isDisabled: false,
		isAutoDisabled: true,
		mostRecentFailureErrorCode: 500,
		mostRecentFailureTimestamp: expect.any(Number),
	});
	await submitAndSettle();
	expect(receiver.received).toHaveLength(10);
});

it.each([
	['of another account', async () => await webhooks('other').delete((await createWebhook()).id)],
	['unknown', async () => await webhooks().update('x', { isDisabled: false, name: 'x' })],
])('returns 404 for a webhook %s', async (_name, ask) => {
	await expect(ask()).rejects.toMatchObject({ statusCode: 404 });
});

it.each(['http://example.com/hook', 'ftp://example.com', 'hook'])('rejects the URL %s', async (webhookUrl) => {
	await expect(webhooks().create({ settings: { authType: 'hmac', name: 'x', webhookUrl } })).rejects.toMatchObject({
		statusCode: 422,
	});
});

it('sends an event that the SDK accepts', async () => {
	const { secret } = await createWebhook();
	const { requestId, transcriptionId } = await submitAndSettle({ webhookMetadata: { order: '7' } });
	expect(receiver.received).toHaveLength(1);
	const event = (await elevenLabsSdk(sandbox).webhooks.constructEvent(
		receiver.received[0]!.body,
		signatureOf(),
		secret,
	)) as unknown;
	expect(event).toEqual({
		type: 'speech_to_text_transcription',
		event_timestamp: expect.any(Number),
		data: {
			request_id: requestId,
			webhook_metadata: { order: '7' },
			transcription: expect.objectContaining({
				transcription_id: transcriptionId,
				text: sampleTruth('voicemail.wav').text,
			}),
		},
	});
});

it('sends an event that the SDK rejects with another secret or body', async () => {
	const { secret } = await createWebhook();
	await submitAndSettle();
	const { body } = receiver.received[0]!;
	await expect(elevenLabsSdk(sandbox).webhooks.constructEvent(body, signatureOf(), 'other')).rejects.toThrow();
	await expect(elevenLabsSdk(sandbox).webhooks.constructEvent(`${body} `, signatureOf(), secret)).rejects.toThrow();
});

it('sends the configured headers, also after an update', async () => {
	const { id } = await createWebhook('/hook', { headers: { 'X-Mine': 'one' } });
	await submitAndSettle();
	await webhooks().update(id, { isDisabled: false, name: 'Test', requestHeaders: { 'X-Mine': 'two' } });
	await submitAndSettle();
	expect(receiver.received.map(({ headers }) => headers['x-mine'])).toEqual(['one', 'two']);
});

it('notifies all speech-to-text webhooks, and no others, without an ID', async () => {
	await createWebhook('/one');
	await createWebhook('/two');
	await createWebhook('/deaf', { subscribed: false });
	await submitAndSettle();
	expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/one', '/two']);
});

it('notifies only the webhook with the given ID', async () => {
	await createWebhook('/one');
	const { id } = await createWebhook('/two');
	await submitAndSettle({ webhookId: id });
	expect(receiver.received.map(({ path }) => path)).toEqual(['/two']);
});

it('does not notify a disabled webhook', async () => {
	const { id } = await createWebhook();
	await webhooks().update(id, { isDisabled: true, name: 'Test' });
	await submitAndSettle();
	expect(receiver.received).toEqual([]);
});

it('does not notify any webhook without webhook=true', async () => {
	await createWebhook();
	await submitAndSettle({ webhook: false });
	expect(receiver.received).toEqual([]);
});

it.each([500, 401])('sends an event only once, even if the response is %d', async (status) => {
	await createWebhook();
	receiver.respondWith(status);
	await submitAndSettle();
	expect(receiver.received).toHaveLength(1);
});

it('sends the reason of a failed job', async () => {
	await createWebhook();
	sandbox.jobs.failNext('Out of order');
	const { requestId } = await submitAndSettle();
	expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
		type: 'speech_to_text_transcription_failed',
		data: { request_id: requestId, transcription: null, error: { message: 'Out of order' } },
	});
});

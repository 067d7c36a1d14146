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

async function aWebhook(path = '/hook', { subscribed = true, headers = {} as Record<string, string> } = {}) {
	const settings = { authType: 'hmac' as const, name: 'Test', webhookUrl: receiver.url + path, requestHeaders: headers };
	const { webhookId, webhookSecret } = await webhooks().create({ settings });
	if (subscribed) await webhooks().update(webhookId, { isDisabled: false, name: 'Test', events: ['speech_to_text'] });
	return { id: webhookId, secret: webhookSecret! };
}

async function submitAndSettle(fields: object = {}): Promise<SpeechToTextWebhookResponseModel> {
	const file = new File([sampleAudio('voicemail.wav')], 'voicemail.wav');
	const answer = await elevenLabsSdk(sandbox).speechToText.convert({ modelId: 'scribe_v2', file, webhook: true, ...fields });
	await sandbox.settled();
	return answer as SpeechToTextWebhookResponseModel;
}

const signatureOf = (index = 0) => String(receiver.received[index]?.headers['elevenlabs-signature']);

test('a webhook is made, listed, changed and removed', async () => {
	const { id } = await aWebhook('/hook', { subscribed: false });
	expect((await webhooks().list({})).webhooks).toEqual([expect.objectContaining({ webhookId: id, name: 'Test', authType: 'hmac', isDisabled: false, webhookUrl: `${receiver.url}/hook` })]);
	await webhooks().update(id, { isDisabled: true, name: 'Renamed', events: ['speech_to_text', 'flows'] });
	const [webhook] = (await webhooks().list({ includeUsages: true })).webhooks;
	expect(webhook).toMatchObject({ name: 'Renamed', isDisabled: true, events: ['speech_to_text', 'flows'], usage: [{ usageType: 'Speech to Text' }] });
	await webhooks().update(id, { isDisabled: true, name: 'Renamed', events: [] });
	await webhooks().delete(id);
	expect((await webhooks().list({})).webhooks).toEqual([]);
});

test('which events a webhook hears of is told on request only', async () => {
	await aWebhook();
	expect((await webhooks().list({})).webhooks[0]?.events).toBeUndefined();
});

test('a change without events leaves them as they are', async () => {
	const { id } = await aWebhook();
	await webhooks().update(id, { isDisabled: false, name: 'Renamed' });
	expect((await webhooks().list({ includeUsages: true })).webhooks[0]?.events).toEqual(['speech_to_text']);
});

test('a webhook in use cannot be removed', async () => {
	const { id } = await aWebhook();
	await expect(webhooks().delete(id)).rejects.toMatchObject({ statusCode: 400 });
});

test.each([
	['listing', async (account: string) => await webhooks(account).list({})],
	['making one', async (account: string) => await webhooks(account).create({ settings: { authType: 'hmac', name: 'x', webhookUrl: 'https://example.com' } })],
])('%s takes a key with that permission', async (_what, ask) => {
	await expect(ask('restricted')).rejects.toMatchObject({ statusCode: 401, body: { detail: { status: 'missing_permissions' } } });
});

test.each([
	['of another account', async () => await webhooks('other').delete((await aWebhook()).id)],
	['unknown', async () => await webhooks().update('x', { isDisabled: false, name: 'x' })],
])('a webhook %s is not found', async (_what, ask) => {
	await expect(ask()).rejects.toMatchObject({ statusCode: 404 });
});

test.each(['http://example.com/hook', 'ftp://example.com', 'hook'])('the URL %s is refused', async (webhookUrl) => {
	await expect(webhooks().create({ settings: { authType: 'hmac', name: 'x', webhookUrl } })).rejects.toMatchObject({ statusCode: 422 });
});

test('the event is one that the SDK accepts', async () => {
	const { secret } = await aWebhook();
	const { requestId, transcriptionId } = await submitAndSettle({ webhookMetadata: { order: '7' } });
	expect(receiver.received).toHaveLength(1);
	const event = (await elevenLabsSdk(sandbox).webhooks.constructEvent(receiver.received[0]!.body, signatureOf(), secret)) as unknown;
	expect(event).toEqual({
		type: 'speech_to_text_transcription',
		event_timestamp: expect.any(Number),
		data: {
			request_id: requestId,
			webhook_metadata: { order: '7' },
			transcription: expect.objectContaining({ transcription_id: transcriptionId, text: sampleTruth('voicemail.wav').text }),
		},
	});
});

test('the SDK does not accept it with another secret or another body', async () => {
	const { secret } = await aWebhook();
	await submitAndSettle();
	const { body } = receiver.received[0]!;
	await expect(elevenLabsSdk(sandbox).webhooks.constructEvent(body, signatureOf(), 'other')).rejects.toThrow();
	await expect(elevenLabsSdk(sandbox).webhooks.constructEvent(`${body} `, signatureOf(), secret)).rejects.toThrow();
});

test('headers that were asked for are sent along, also after a change', async () => {
	const { id } = await aWebhook('/hook', { headers: { 'X-Mine': 'one' } });
	await submitAndSettle();
	await webhooks().update(id, { isDisabled: false, name: 'Test', requestHeaders: { 'X-Mine': 'two' } });
	await submitAndSettle();
	expect(receiver.received.map(({ headers }) => headers['x-mine'])).toEqual(['one', 'two']);
});

test('without an ID all webhooks for speech to text are told, but no others', async () => {
	await aWebhook('/one');
	await aWebhook('/two');
	await aWebhook('/deaf', { subscribed: false });
	await submitAndSettle();
	expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/one', '/two']);
});

test('with an ID only that webhook is told', async () => {
	await aWebhook('/one');
	const { id } = await aWebhook('/two');
	await submitAndSettle({ webhookId: id });
	expect(receiver.received.map(({ path }) => path)).toEqual(['/two']);
});

test('a disabled webhook is told nothing', async () => {
	const { id } = await aWebhook();
	await webhooks().update(id, { isDisabled: true, name: 'Test' });
	await submitAndSettle();
	expect(receiver.received).toEqual([]);
});

test('without webhook=true nobody is told', async () => {
	await aWebhook();
	await submitAndSettle({ webhook: false });
	expect(receiver.received).toEqual([]);
});

test.each([500, 401])('an event is sent once, also when it is answered with %d', async (status) => {
	await aWebhook();
	receiver.answer(status);
	await submitAndSettle();
	expect(receiver.received).toHaveLength(1);
});

test('a failed job is announced with its reason', async () => {
	await aWebhook();
	sandbox.jobs.failNext('Out of order');
	const { requestId } = await submitAndSettle();
	expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ data: { request_id: requestId, status: 'failed', error: 'Out of order' } });
});

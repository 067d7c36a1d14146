import { type Proof, UNREADABLE } from '../../../../nodes/Transcription/callback/delivery';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { REFUSED_AS_UNREADABLE } from '../../../../nodes/Transcription/callback/encryptedSecret';
import { sign } from '../../../../nodes/Transcription/callback/headerSecret';
import { callback } from '../../../../nodes/Transcription/providers/elevenLabs/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const URL_WITH_METADATA = 'https://n8n.example.com/webhook/W1/elevenLabs?contactId=4711&ref=abc';
const METADATA = { callbackUrl: URL_WITH_METADATA };
const CHUNK = { language_code: 'eng', language_probability: 0.98, text: 'Hello world!', words: [], transcription_id: 'tr-1' };
const event = (data: object, type = 'speech_to_text_transcription') => ({ type, event_timestamp: 1_739_537_297, data });
const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('an event of ElevenLabs', () => {
	it('announces a transcript', () => {
		expect(read(event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK }))).toEqual({
			event: 'completed',
			id: 'tr-1',
			callbackUrl: URL_WITH_METADATA,
		});
	});

	it('is read without any of its words', () => {
		const words = new Proxy([], {
			get: () => {
				throw new Error('the words were read');
			},
		});
		const chunk = { text: 'Hi.', words };
		for (const transcription of [chunk, { transcripts: [chunk] }]) {
			const json = event({ request_id: 'req-1', webhook_metadata: METADATA, transcription });
			expect(callback.read({ ...aDelivery(), json })).toMatchObject({ event: 'completed', id: 'req-1' });
		}
	});

	it('has the transcript, for when it is needed', () => {
		const body = event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK });
		expect(callback.transcriptIn?.(body, 'tr-1')).toMatchObject({
			provider: 'elevenLabs', id: 'tr-1', status: 'completed', text: 'Hello world!', raw: CHUNK,
		});
		expect(callback.transcriptIn?.({ ...CHUNK, request_id: 'req-1' }, 'req-1')).toMatchObject({ id: 'req-1', text: 'Hello world!' });
	});

	it.each([[event({ request_id: 'req-1' })], [[]], [null], [undefined]])('has no transcript where the body has none: %j', (body) => {
		expect(callback.transcriptIn?.(body, 'tr-1')).toBeUndefined();
	});

	it('names the job by the request where the transcript has no ID', () => {
		const transcription = { ...CHUNK, transcription_id: null };
		expect(read(event({ request_id: 'req-1', webhook_metadata: METADATA, transcription }))).toMatchObject({ event: 'completed', id: 'req-1' });
	});

	it('announces a transcript of several channels', () => {
		const transcription = { transcription_id: 'tr-2', transcripts: [CHUNK, { ...CHUNK, text: 'Hi.' }] };
		const body = event({ request_id: 'req-1', webhook_metadata: METADATA, transcription });
		expect(read(body)).toMatchObject({ event: 'completed', id: 'tr-2' });
		expect(callback.transcriptIn?.(body, 'tr-2')).toMatchObject({ text: 'Hello world!\nHi.' });
	});

	it('gives the metadata back as text', () => {
		const data = { request_id: 'req-1', webhook_metadata: JSON.stringify(METADATA), transcription: CHUNK };
		expect(read(event(data))).toMatchObject({ callbackUrl: URL_WITH_METADATA });
	});

	it('may come unwrapped, as older documentation has it', () => {
		expect(read({ ...CHUNK, request_id: 'req-1', webhook_metadata: METADATA })).toMatchObject({ event: 'completed', id: 'tr-1' });
	});

	it('may have the name that the sample code of the documentation expects', () => {
		const data = { request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK };
		expect(read(event(data, 'speech_to_text.completed'))).toMatchObject({ event: 'completed' });
	});

	it.each<[string, object, string | undefined]>([
		['by its type', event({ request_id: 'req-1', webhook_metadata: METADATA }, 'speech_to_text_transcription_failed'), undefined],
		['by its status', event({ request_id: 'req-1', webhook_metadata: METADATA, status: 'failed' }), undefined],
		['by its status, though it carries an empty transcript', event({ request_id: 'req-1', webhook_metadata: METADATA, status: 'error', text: '' }), undefined],
		['by an error', event({ request_id: 'req-1', webhook_metadata: METADATA, error: 'No speech.' }), 'No speech.'],
		['by an error that is an object', event({ request_id: 'req-1', webhook_metadata: METADATA, error: { message: 'No speech.' } }), 'No speech.'],
		['by a message in place of a transcript', event({ request_id: 'req-1', webhook_metadata: METADATA, message: 'No speech.' }), 'No speech.'],
	])('announces a failure %s', (_how, body, errorMessage) => {
		expect(read(body)).toEqual({
			event: 'failed',
			id: 'req-1',
			callbackUrl: URL_WITH_METADATA,
			...(errorMessage && { details: { errorMessage } }),
		});
	});

	it.each<[string, unknown, string]>([
		['about something else', event({ webhook_metadata: METADATA }, 'post_call_transcription'), 'isn’t about speech to text'],
		['without metadata', event({ request_id: 'req-1', transcription: CHUNK }), 'wasn’t submitted for a trigger'],
		['with the metadata of others', event({ request_id: 'req-1', webhook_metadata: { orderId: 7 }, transcription: CHUNK }), 'wasn’t submitted for a trigger'],
		['with metadata that is no JSON', event({ request_id: 'req-1', webhook_metadata: 'order 7', transcription: CHUNK }), 'wasn’t submitted for a trigger'],
		['with a callback URL that is none', event({ request_id: 'req-1', webhook_metadata: { callbackUrl: 'javascript:1' }, transcription: CHUNK }), 'wasn’t submitted for a trigger'],
		['without any ID', event({ webhook_metadata: METADATA, transcription: { ...CHUNK, transcription_id: null } }), 'no valid job ID'],
		['with an ID that could be a path', event({ webhook_metadata: METADATA, transcription: { ...CHUNK, transcription_id: '../voices' } }), 'no valid job ID'],
		['that tells no end', event({ request_id: 'req-1', webhook_metadata: METADATA }), 'neither'],
		['that is a list', [], 'isn’t an event'],
		['that is null', null, 'isn’t an event'],
	])('is left aside %s', (_what, body, ignored) => {
		expect(read(body)).toEqual({ ignored: expect.stringContaining(ignored) });
	});

	it('never makes reading throw, whatever the bytes', () => {
		const json = fc.json().map((text) => new TextEncoder().encode(text));
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array(), json), (bytes) => {
				expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
			}),
		);
	});

	it('is a failure without a reason, where its reason is nested without end', () => {
		const text = JSON.stringify(event({ webhook_metadata: METADATA, request_id: 'r-1', status: 'failed', error: 'REASON' }));
		const body = text.replace('"REASON"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);
		expect(callback.read(aDelivery({ body }))).toMatchObject({ event: 'failed', id: 'r-1' });
	});

	it('never makes reading throw, whatever its data', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom('transcription', 'error', 'status', 'request_id', 'message', 'text'), fc.jsonValue()), (data) => {
				const body = event({ webhook_metadata: METADATA, ...data });
				expect(() => read(body)).not.toThrow();
				expect(() => callback.transcriptIn?.(body, 'tr-1')).not.toThrow();
			}),
		);
	});
});

describe('a delivery of ElevenLabs proves itself', () => {
	const NOW = 1_790_000_000;
	const OURS = 'our-own-secret';
	const ISSUED = 'wsec_issued';
	const body = JSON.stringify(event({}));
	const signature = (secret: string) => `t=${NOW},v0=${createHmac('sha256', secret).update(`${NOW}.${body}`).digest('hex')}`;
	const verify = (headers: Record<string, string>, proof: Partial<Proof> = {}) =>
		callback.verify(aDelivery({ headers: received(headers), body }), { secrets: [OURS], scope: 'w/elevenLabs', settings: {}, nowSeconds: NOW, ...proof });

	it('by the signature, where the secret of its webhook is known', () => {
		expect(verify({ 'ElevenLabs-Signature': signature(ISSUED) }, { issuedSecret: ISSUED })).toEqual({ ok: true, bodySigned: true });
	});

	it('not by our header alone, where the secret of its webhook is known', () => {
		expect(verify(sign(OURS), { issuedSecret: ISSUED })).toEqual({ ok: false, reason: expect.stringContaining('ElevenLabs-Signature is missing') });
	});

	it('not by a signature with our own secret, where that of its webhook is known', () => {
		expect(verify({ 'ElevenLabs-Signature': signature(OURS) }, { issuedSecret: ISSUED }).ok).toBe(false);
	});

	it.each<Record<string, string>>([{}, { webhookSetup: 'automatic' }])('by nothing, where the secret of its webhook is unreadable: %j', (settings) => {
		const headers = { ...sign(OURS), 'ElevenLabs-Signature': signature(OURS) };
		expect(verify(headers, { issuedSecret: UNREADABLE, settings })).toEqual(REFUSED_AS_UNREADABLE);
	});

	it('by our header, where n8n lost the secret: that says nothing about the body', () => {
		expect(verify({ ...sign(OURS), 'ElevenLabs-Signature': signature(ISSUED) })).toEqual({ ok: true });
	});

	it('not by the header with another secret', () => {
		expect(verify(sign('guessed'))).toEqual({ ok: false, reason: expect.stringContaining('publish it again') });
	});

	it('not by a signature alone, where n8n lost the secret', () => {
		expect(verify({ 'ElevenLabs-Signature': signature(ISSUED) }).ok).toBe(false);
	});

	describe('where the webhook was made by hand', () => {
		const settings = { webhookSetup: 'manual' };

		it.each(['the-pasted-secret', 'the-previous-secret'])('by the signature with %s', (secret) => {
			const secrets = ['the-pasted-secret', 'the-previous-secret'];
			expect(verify({ 'ElevenLabs-Signature': signature(secret) }, { settings, secrets })).toEqual({ ok: true, bodySigned: true });
		});

		it('not by the header with that secret', () => {
			expect(verify(sign(OURS), { settings })).toEqual({ ok: false, reason: expect.stringContaining('Webhook Secret') });
		});

		it('by the pasted secret also where that of an earlier webhook is unreadable', () => {
			expect(verify({ 'ElevenLabs-Signature': signature(OURS) }, { settings, issuedSecret: UNREADABLE })).toEqual({ ok: true, bodySigned: true });
		});

		it('also by the secret of a webhook that the trigger registered before the credential was changed', () => {
			expect(verify({ 'ElevenLabs-Signature': signature(ISSUED) }, { settings, issuedSecret: ISSUED })).toEqual({ ok: true, bodySigned: true });
		});
	});
});

import { type Proof, UNREADABLE } from '../../../../nodes/Transcription/callback/delivery';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { REFUSED_AS_UNREADABLE } from '../../../../nodes/Transcription/callback/encryptedSecret';
import { sign } from '../../../../nodes/Transcription/callback/headerSecret';
import { callback } from '../../../../nodes/Transcription/providers/elevenLabs/callback';
import { aDelivery, received } from '../../callback/aDelivery';

const URL_WITH_METADATA = 'https://n8n.example.com/webhook/W1/elevenLabs?contactId=4711&ref=abc';
const METADATA = { callbackUrl: URL_WITH_METADATA };
const CHUNK = {
	language_code: 'eng',
	language_probability: 0.98,
	text: 'Hello world!',
	words: [],
	transcription_id: 'tr-1',
};
const event = (data: object, type = 'speech_to_text_transcription') => ({ type, event_timestamp: 1_739_537_297, data });
const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('ElevenLabs event', () => {
	it('announces a transcript', () => {
		expect(read(event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK }))).toEqual({
			event: 'completed',
			id: 'tr-1',
			callbackUrl: URL_WITH_METADATA,
		});
	});

	it('is read without reading its words', () => {
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

	it('contains the transcript', () => {
		const body = event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK });
		expect(callback.transcriptIn?.(body, 'tr-1')).toMatchObject({
			provider: 'elevenLabs',
			id: 'tr-1',
			status: 'completed',
			text: 'Hello world!',
			raw: CHUNK,
		});
		expect(callback.transcriptIn?.({ ...CHUNK, request_id: 'req-1' }, 'req-1')).toMatchObject({
			id: 'req-1',
			text: 'Hello world!',
		});
	});

	it.each([
		[event({ request_id: 'req-1' })],
		[event({ transcription: { transcripts: [] } })],
		[[]],
		[null],
		[undefined],
	])('contains no transcript in the body %j', (body) => {
		expect(callback.transcriptIn?.(body, 'tr-1')).toBeUndefined();
	});

	it('identifies the job by the request if the transcript has no ID', () => {
		const transcription = { ...CHUNK, transcription_id: null };
		expect(read(event({ request_id: 'req-1', webhook_metadata: METADATA, transcription }))).toMatchObject({
			event: 'completed',
			id: 'req-1',
		});
	});

	it.each<[string, object]>([
		['requestId', { requestId: 'req-1' }],
		['request_id', { request_id: 'req-1' }],
		['transcriptionId', { transcriptionId: 'req-1' }],
	])('identifies the job by %s in the body of the sample code', (_name, ids) => {
		const data = { ...ids, status: 'completed', text: 'Hello world!', language_code: 'en', webhook_metadata: METADATA };
		const body = event(data, 'speech_to_text.completed');
		expect(read(body)).toEqual({ event: 'completed', id: 'req-1', callbackUrl: URL_WITH_METADATA });
		expect(callback.transcriptIn?.(body, 'req-1')).toMatchObject({ text: 'Hello world!', language: 'en' });
	});

	it('identifies the job by the request next to the data', () => {
		const body = { ...event({ webhook_metadata: METADATA, transcription: { text: 'Hi.' } }), request_id: 'req-1' };
		expect(read(body)).toMatchObject({ event: 'completed', id: 'req-1' });
	});

	it('identifies the job by the correlation ID if it contains no valid ID', () => {
		for (const transcription_id of [null, '../voices']) {
			const transcription = { ...CHUNK, transcription_id };
			expect(read(event({ webhook_metadata: METADATA, transcription }))).toEqual({
				event: 'completed',
				id: 'abc',
				callbackUrl: URL_WITH_METADATA,
			});
		}
	});

	it('announces a multichannel transcript', () => {
		const transcription = { transcription_id: 'tr-2', transcripts: [CHUNK, { ...CHUNK, text: 'Hi.' }] };
		const body = event({ request_id: 'req-1', webhook_metadata: METADATA, transcription });
		expect(read(body)).toMatchObject({ event: 'completed', id: 'tr-2' });
		expect(callback.transcriptIn?.(body, 'tr-2')).toMatchObject({ text: 'Hello world!\nHi.' });
	});

	it('accepts metadata as text', () => {
		const data = { request_id: 'req-1', webhook_metadata: JSON.stringify(METADATA), transcription: CHUNK };
		expect(read(event(data))).toMatchObject({ callbackUrl: URL_WITH_METADATA });
	});

	it('may be unwrapped, as in older documentation', () => {
		expect(read({ ...CHUNK, request_id: 'req-1', webhook_metadata: METADATA })).toMatchObject({
			event: 'completed',
			id: 'tr-1',
		});
	});

	it('may have the name from the sample code in the documentation', () => {
		const data = { request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK };
		expect(read(event(data, 'speech_to_text.completed'))).toMatchObject({ event: 'completed' });
	});

	it.each<[string, object, string | undefined]>([
		[
			'by its type',
			event({ request_id: 'req-1', webhook_metadata: METADATA }, 'speech_to_text_transcription_failed'),
			undefined,
		],
		['by its status', event({ request_id: 'req-1', webhook_metadata: METADATA, status: 'failed' }), undefined],
		[
			'by its status, even with an empty transcript',
			event({ request_id: 'req-1', webhook_metadata: METADATA, status: 'error', text: '' }),
			undefined,
		],
		['by an error', event({ request_id: 'req-1', webhook_metadata: METADATA, error: 'No speech.' }), 'No speech.'],
		[
			'by its type in the sample code',
			event({ requestId: 'req-1', webhook_metadata: METADATA, text: 'Unfinished' }, 'speech_to_text.failed'),
			undefined,
		],
		['by an absent transcript', event({ request_id: 'req-1', webhook_metadata: METADATA }), undefined],
		[
			'by a transcript that is null',
			event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: null }),
			undefined,
		],
		[
			'by an empty transcript',
			event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: {} }),
			undefined,
		],
		[
			'by a transcript without text',
			event({ request_id: 'req-1', webhook_metadata: METADATA, transcription: { text: null, words: [] } }),
			undefined,
		],
		[
			'by an empty transcript in the completed event of the sample code',
			event({ requestId: 'req-1', webhook_metadata: METADATA, status: 'completed' }, 'speech_to_text.completed'),
			undefined,
		],
		[
			'by an error next to an empty text',
			event({
				request_id: 'req-1',
				webhook_metadata: METADATA,
				transcription: { text: '' },
				error: { message: 'No.' },
			}),
			'No.',
		],
		[
			'by an error next to the data',
			{ ...event({ request_id: 'req-1', webhook_metadata: METADATA }), error: { message: 'No speech.' } },
			'No speech.',
		],
		[
			'by an error with a code',
			event({ request_id: 'req-1', webhook_metadata: METADATA, error: { code: 'no_speech', message: 'Silence.' } }),
			'Silence. (no_speech)',
		],
		[
			'by an error without a message',
			event({ request_id: 'req-1', webhook_metadata: METADATA, error: { reason: 7 } }),
			'{"reason":7}',
		],
		[
			'by an error object',
			event({ request_id: 'req-1', webhook_metadata: METADATA, error: { message: 'No speech.' } }),
			'No speech.',
		],
		[
			'by a message instead of a transcript',
			event({ request_id: 'req-1', webhook_metadata: METADATA, message: 'No speech.' }),
			'No speech.',
		],
	])('announces a failure %s', (_how, body, errorMessage) => {
		expect(read(body)).toEqual({
			event: 'failed',
			id: 'req-1',
			callbackUrl: URL_WITH_METADATA,
			...(errorMessage && { details: { errorMessage } }),
		});
	});

	it.each<[string, unknown, string]>([
		[
			'about another product',
			event({ webhook_metadata: METADATA }, 'post_call_transcription'),
			'isn’t about speech to text',
		],
		['without metadata', event({ request_id: 'req-1', transcription: CHUNK }), 'wasn’t submitted for a trigger'],
		[
			'with metadata from another program',
			event({ request_id: 'req-1', webhook_metadata: { orderId: 7 }, transcription: CHUNK }),
			'wasn’t submitted for a trigger',
		],
		[
			'with metadata that isn’t JSON',
			event({ request_id: 'req-1', webhook_metadata: 'order 7', transcription: CHUNK }),
			'wasn’t submitted for a trigger',
		],
		[
			'with an invalid callback URL',
			event({ request_id: 'req-1', webhook_metadata: { callbackUrl: 'javascript:1' }, transcription: CHUNK }),
			'wasn’t submitted for a trigger',
		],
		[
			'about progress',
			event({ request_id: 'req-1', webhook_metadata: METADATA, status: 'processing' }),
			'still in progress',
		],
		['that is a list', [], 'isn’t an event'],
		['that is null', null, 'isn’t an event'],
	])('is ignored %s', (_what, body, ignored) => {
		expect(read(body)).toEqual({ ignored: expect.stringContaining(ignored) });
	});

	it('announces a failure without any ID', () => {
		const webhook_metadata = { callbackUrl: 'https://n8n.example.com/webhook/W1/elevenLabs' };
		expect(read(event({ webhook_metadata }, 'speech_to_text_transcription_failed'))).toEqual({
			event: 'failed',
			callbackUrl: webhook_metadata.callbackUrl,
		});
	});

	it('announces a transcript with text although an error is reported too', () => {
		const data = { request_id: 'req-1', webhook_metadata: METADATA, transcription: CHUNK, error: { message: 'x' } };
		expect(read(event(data))).toMatchObject({ event: 'completed', id: 'tr-1' });
	});

	it('announces the transcript of a silent recording', () => {
		const transcription = { ...CHUNK, text: '' };
		expect(read(event({ request_id: 'req-1', webhook_metadata: METADATA, transcription }))).toMatchObject({
			event: 'completed',
		});
	});

	it('never throws while reading arbitrary bytes', () => {
		const json = fc.json().map((text) => new TextEncoder().encode(text));
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array(), json), (bytes) => {
				expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
			}),
		);
	});

	it('is a failure without a reason if the reason is nested too deeply', () => {
		const text = JSON.stringify(
			event({ webhook_metadata: METADATA, request_id: 'r-1', status: 'failed', error: 'REASON' }),
		);
		const body = text.replace('"REASON"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);
		expect(callback.read(aDelivery({ body }))).toMatchObject({ event: 'failed', id: 'r-1' });
	});

	it('never throws while reading arbitrary data', () => {
		fc.assert(
			fc.property(
				fc.dictionary(
					fc.constantFrom('transcription', 'error', 'status', 'request_id', 'message', 'text'),
					fc.jsonValue(),
				),
				(data) => {
					const body = event({ webhook_metadata: METADATA, ...data });
					expect(() => read(body)).not.toThrow();
					expect(() => callback.transcriptIn?.(body, 'tr-1')).not.toThrow();
				},
			),
		);
	});
});

describe('Verification of ElevenLabs callbacks', () => {
	const NOW = 1_790_000_000;
	const OURS = 'our-own-secret';
	const ISSUED = 'wsec_issued';
	const body = JSON.stringify(event({}));
	const signature = (secret: string) =>
		`t=${NOW},v0=${createHmac('sha256', secret).update(`${NOW}.${body}`).digest('hex')}`;
	const verify = (headers: Record<string, string>, proof: Partial<Proof> = {}) =>
		callback.verify(aDelivery({ headers: received(headers), body }), {
			secrets: [OURS],
			scope: 'w/elevenLabs',
			settings: {},
			nowSeconds: NOW,
			...proof,
		});

	it('accepts the signature if the webhook’s secret is known', () => {
		expect(verify({ 'ElevenLabs-Signature': signature(ISSUED) }, { issuedSecret: ISSUED })).toEqual({
			ok: true,
			bodySigned: true,
		});
	});

	it('rejects our header alone if the webhook’s secret is known', () => {
		expect(verify(sign(OURS), { issuedSecret: ISSUED })).toEqual({
			ok: false,
			reason: expect.stringContaining('ElevenLabs-Signature header is missing'),
		});
	});

	it('rejects a signature with our secret if the webhook’s secret is known', () => {
		expect(verify({ 'ElevenLabs-Signature': signature(OURS) }, { issuedSecret: ISSUED }).ok).toBe(false);
	});

	it.each<Record<string, string>>([{}, { webhookSetup: 'automatic' }])(
		'rejects everything if the webhook’s secret is unreadable: %j',
		(settings) => {
			const headers = { ...sign(OURS), 'ElevenLabs-Signature': signature(OURS) };
			expect(verify(headers, { issuedSecret: UNREADABLE, settings })).toEqual(REFUSED_AS_UNREADABLE);
		},
	);

	it('accepts our header if n8n lost the secret, without authenticating the body', () => {
		expect(verify({ ...sign(OURS), 'ElevenLabs-Signature': signature(ISSUED) })).toEqual({ ok: true });
	});

	it('rejects our header with another secret', () => {
		expect(verify(sign('guessed'))).toEqual({ ok: false, reason: expect.stringContaining('publish it again') });
	});

	it('rejects a signature alone if n8n lost the secret', () => {
		expect(verify({ 'ElevenLabs-Signature': signature(ISSUED) }).ok).toBe(false);
	});

	describe('with a manually created webhook', () => {
		const settings = { webhookSetup: 'manual' };

		it.each(['the-pasted-secret', 'the-previous-secret'])('accepts the signature with %s', (secret) => {
			const secrets = ['the-pasted-secret', 'the-previous-secret'];
			expect(verify({ 'ElevenLabs-Signature': signature(secret) }, { settings, secrets })).toEqual({
				ok: true,
				bodySigned: true,
			});
		});

		it('rejects the header with that secret', () => {
			expect(verify(sign(OURS), { settings })).toEqual({
				ok: false,
				reason: expect.stringContaining('Webhook Secret'),
			});
		});

		it('accepts the pasted secret even if that of an earlier webhook is unreadable', () => {
			expect(verify({ 'ElevenLabs-Signature': signature(OURS) }, { settings, issuedSecret: UNREADABLE })).toEqual({
				ok: true,
				bodySigned: true,
			});
		});

		it('accepts the secret of a webhook that the trigger registered before the credential was changed', () => {
			expect(verify({ 'ElevenLabs-Signature': signature(ISSUED) }, { settings, issuedSecret: ISSUED })).toEqual({
				ok: true,
				bodySigned: true,
			});
		});
	});
});

import fc from 'fast-check';
import { callback } from '../../../../nodes/Transcription/providers/assemblyAi/callback';
import { aDelivery } from '../../callback/aDelivery';

const ID = '9ea68fd3-f953-42c1-9742-976c447fb463';
const read = (body: unknown) => callback.read(aDelivery({ body: JSON.stringify(body) }));

describe('AssemblyAI callback', () => {
	it('announces a completed job', () => {
		expect(read({ transcript_id: ID, status: 'completed' })).toEqual({ event: 'completed', id: ID });
	});

	it('announces a failed job', () => {
		expect(read({ transcript_id: ID, status: 'error' })).toEqual({ event: 'failed', id: ID });
	});

	it('announces redacted audio without an ID', () => {
		expect(read({ status: 'redacted_audio_ready', redacted_audio_url: 'https://cdn.example.com/a.mp3' })).toEqual({
			event: 'redactedAudioReady',
			details: { redactedAudioUrl: 'https://cdn.example.com/a.mp3' },
		});
	});

	it('accepts undocumented fields', () => {
		expect(read({ transcript_id: ID, status: 'completed', new_field: [1] })).toEqual({ event: 'completed', id: ID });
	});

	it.each(['processing', 'queued', 'something_new', '', 'constructor', '__proto__'])(
		'is ignored with the status “%s”',
		(status) => {
			expect(read({ transcript_id: ID, status })).toEqual({ ignored: expect.stringContaining('status') });
		},
	);

	it.each([
		['no ID', { status: 'completed' }],
		['no status', { transcript_id: ID }],
		['redacted audio without its URL', { status: 'redacted_audio_ready' }],
		['a list', [{ transcript_id: ID, status: 'completed' }]],
		['null', null],
	])('is unreadable with %s, but contains the ID if there is one', (_what, body) => {
		expect(read(body)).toEqual({
			unreadable: expect.stringContaining('documented AssemblyAI notification'),
			...(JSON.stringify(body).includes(ID) && { id: ID }),
		});
	});

	it('accepts a numeric ID', () => {
		expect(read({ transcript_id: 7, status: 'completed' })).toEqual({ event: 'completed', id: '7' });
	});

	it.each(['../../v2/upload', 'a b', '', 'x'.repeat(129)])('is unreadable with the ID “%s”', (transcript_id) => {
		expect(read({ transcript_id, status: 'completed' })).toEqual({ unreadable: 'transcript_id isn’t a valid ID' });
	});

	it.each(['', '{', 'transcript_id=1', '\ufeff{}', '{"transcript_id":'])('is unreadable with the body “%s”', (body) => {
		expect(callback.read(aDelivery({ body }))).toEqual({ unreadable: expect.any(String) });
	});

	it('contains the ID even if the body is cut off', () => {
		const body = `{"transcript_id":"${ID}","status":"comp`;
		expect(callback.read(aDelivery({ body }))).toEqual({ unreadable: expect.any(String), id: ID });
		expect(callback.read(aDelivery({ body: body.slice(0, 25) }))).toEqual({ unreadable: expect.any(String) });
	});

	it('never throws while reading arbitrary bytes', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.uint8Array(),
					fc.json().map((json) => new TextEncoder().encode(json)),
				),
				(bytes) => {
					expect(() => callback.read({ ...aDelivery(), rawBody: Buffer.from(bytes) })).not.toThrow();
				},
			),
		);
	});
});

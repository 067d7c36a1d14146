import { createHmac } from 'node:crypto';
import { verifySignature } from '../../../../nodes/Transcription/providers/elevenLabs/callback/signature';
import { aDelivery } from '../../callback/aDelivery';
import { cases } from './signatures.json';

const SECRET = 'wsec_test_0123456789abcdef';
const NOW = 1_790_000_000;
const BODY = '{"type":"speech_to_text_transcription","data":{"text":"Grüße 👋"}}';
const mac = (time: number | string, body = BODY, secret = SECRET) =>
	createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');

const verify = (header: string | string[] | undefined, more: { body?: string; keys?: string[] } = {}) =>
	verifySignature(
		aDelivery({ headers: { 'elevenlabs-signature': header }, body: more.body ?? BODY }),
		more.keys ?? [SECRET],
		NOW,
	);
const reasonOf = (...args: Parameters<typeof verify>) => {
	const verification = verify(...args);
	return verification.ok ? 'accepted' : verification.reason;
};

describe('ElevenLabs signature has the same result as with the official SDK', () => {
	// Unlike the SDK, we trim the header's parts, since HTTP allows spaces in lists.
	const accepted = cases.map(
		(one) => [one.name, one, one.sdk_result === 'accept' || one.name === 'space_after_comma'] as const,
	);
	it.each(accepted)('%s', (_name, { header, raw_body_utf8: body, secret, now_unix: now }, ok) => {
		const delivery = aDelivery({ headers: { 'elevenlabs-signature': header }, body });
		expect(verifySignature(delivery, [secret], now).ok).toBe(ok);
	});
});

describe('ElevenLabs signature is accepted', () => {
	it('and authenticates the body', () => {
		expect(verify(`t=${NOW},v0=${mac(NOW)}`)).toEqual({ ok: true, bodySigned: true });
	});

	it.each([
		['with its parts in another order', `v0=${mac(NOW)},t=${NOW}`],
		['with unknown parts', `t=${NOW},v1=abc,v0=${mac(NOW)}`],
		['as the second of two', `t=${NOW},v0=${'0'.repeat(64)},v0=${mac(NOW)}`],
		['30 minutes later', `t=${NOW - 1800},v0=${mac(NOW - 1800)}`],
		['30 minutes in the future', `t=${NOW + 1800},v0=${mac(NOW + 1800)}`],
	])('%s', (_what, header) => {
		expect(verify(header).ok).toBe(true);
	});

	it('with the previous secret', () => {
		expect(verify(`t=${NOW},v0=${mac(NOW)}`, { keys: ['new', SECRET] }).ok).toBe(true);
	});
});

describe('ElevenLabs signature is rejected', () => {
	it.each([
		['without the header', undefined, 'missing'],
		['with an empty header', '', 'missing'],
		['with the header sent twice', [`t=${NOW},v0=${mac(NOW)}`, `t=${NOW},v0=${mac(NOW)}`], 'missing'],
		['without a time', `v0=${mac(NOW)}`, 'malformed'],
		['with two times', `t=${NOW},t=${NOW + 1},v0=${mac(NOW)}`, 'malformed'],
		['with a time that isn’t a number', `t=soon,v0=${mac('soon')}`, 'malformed'],
		['with a fractional time', `t=${NOW}.5,v0=${mac(`${NOW}.5`)}`, 'malformed'],
		['with a negative time', `t=-5,v0=${mac('-5')}`, 'malformed'],
		['without a value', `t=${NOW}`, 'malformed'],
		['in another version', `t=${NOW},v1=${mac(NOW)}`, 'malformed'],
		['in upper case', `t=${NOW},v0=${mac(NOW).toUpperCase()}`, 'malformed'],
		['if truncated', `t=${NOW},v0=${mac(NOW).slice(0, -1)}`, 'malformed'],
		['31 minutes later', `t=${NOW - 1801},v0=${mac(NOW - 1801)}`, '30 minutes ago'],
		['31 minutes in the future', `t=${NOW + 1860},v0=${mac(NOW + 1860)}`, '31 minutes in the future'],
		['for another time', `t=${NOW},v0=${mac(NOW - 1)}`, 'a different secret'],
		['for another body', `t=${NOW},v0=${mac(NOW, `${BODY} `)}`, 'a different secret'],
		['by another secret', `t=${NOW},v0=${mac(NOW, BODY, 'guessed')}`, 'a different secret'],
	])('%s', (_what, header, reason) => {
		expect(reasonOf(header)).toContain(reason);
	});

	it('if no secret is known', () => {
		expect(verify(`t=${NOW},v0=${mac(NOW)}`, { keys: [] }).ok).toBe(false);
	});
});

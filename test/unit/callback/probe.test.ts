import {
	claimedProbe,
	PROBE_HEADER,
	PROBE_SIGNATURE_HEADER,
	type ProbeKind,
	signProbe,
	verifyProbe,
} from '../../../nodes/Transcription/callback/probe';
import { sign } from '../../../nodes/Transcription/callback/headerSecret';
import { acceptedSecrets, callbackSecret } from '../../../nodes/Transcription/callback/secrets';
import { aDelivery, received } from './aDelivery';

const NOW = 1_700_000_000;
const BODY = '{"ping":true}';
const SIGNATURE = PROBE_SIGNATURE_HEADER.toLowerCase();
const credential = { apiKey: 'the-api-key' };
const secret = callbackSecret(credential, 'wf/assemblyAi');

const signed = (kind: ProbeKind = 'ping', key = secret, nowSeconds = NOW) =>
	received(signProbe(kind, key, BODY, nowSeconds));
const verified = (headers: Record<string, string | string[] | undefined>, body = BODY, now = NOW) =>
	verifyProbe('ping', aDelivery({ headers, body }), acceptedSecrets(credential, 'wf/assemblyAi'), now);

describe('claimedProbe', () => {
	it.each(['ping', 'sample'] as const)('recognizes a %s', (kind) => {
		expect(claimedProbe(aDelivery({ headers: signed(kind) }))).toBe(kind);
	});

	it('returns undefined for a provider’s callback', () => {
		expect(claimedProbe(aDelivery({ headers: { [PROBE_HEADER.toLowerCase()]: 'other' } }))).toBeUndefined();
	});
});

describe('verifyProbe', () => {
	it.each(['ping', 'sample'] as const)('accepts a %s that was signed now', (kind) => {
		const delivery = aDelivery({ headers: signed(kind), body: BODY });
		expect(verifyProbe(kind, delivery, [secret], NOW)).toEqual({ ok: true });
	});

	it.each([-900, 900])('accepts clocks that are %d seconds apart', (seconds) => {
		expect(verified(signed(), BODY, NOW + seconds).ok).toBe(true);
	});

	it('accepts the previous API key during a rotation', () => {
		const after = acceptedSecrets({ apiKey: 'new', previousWebhookSecret: credential.apiKey }, 'wf/assemblyAi');
		expect(verifyProbe('ping', aDelivery({ headers: signed(), body: BODY }), after, NOW).ok).toBe(true);
	});

	it('rejects an expired signature', () => {
		expect(verified(signed(), BODY, NOW + 901)).toEqual({ ok: false, reason: expect.stringContaining('900 seconds') });
	});

	it('rejects a signature from the future', () => {
		expect(verified(signed(), BODY, NOW - 901)).toEqual({ ok: false, reason: expect.stringContaining('900 seconds') });
	});

	it('rejects an altered body', () => {
		expect(verified(signed(), '{"ping":false}').ok).toBe(false);
	});

	it('rejects an empty body instead of the signed one', () => {
		expect(verified(signed(), '').ok).toBe(false);
	});

	it('rejects a sample that was signed as a ping', () => {
		const delivery = aDelivery({ headers: signed('ping'), body: BODY });
		expect(verifyProbe('sample', delivery, [secret], NOW).ok).toBe(false);
	});

	it('rejects an altered timestamp', () => {
		const headers = signed();
		expect(verified({ ...headers, [SIGNATURE]: headers[SIGNATURE]?.replace(`${NOW}`, `${NOW + 1}`) }).ok).toBe(false);
	});

	it('rejects another secret', () => {
		expect(verified(signed('ping', 'guessed'))).toEqual({
			ok: false,
			reason: expect.stringContaining('different secret'),
		});
	});

	it('rejects the secret of another workflow', () => {
		expect(verified(signed('ping', callbackSecret(credential, 'other/assemblyAi'))).ok).toBe(false);
	});

	it('rejects the callback secret in place of a signature', () => {
		expect(verified({ ...signed(), [SIGNATURE]: sign(secret)['X-Transcription-Webhook-Secret'] }).ok).toBe(false);
	});

	const good = signed()[SIGNATURE] as string;
	it.each([
		['missing', undefined],
		['empty', ''],
		['doubled', [good, good]],
		['doubled and joined', `${good}, ${good}`],
		['without a timestamp', good.replace(/t=\d+,/, '')],
		['with a fractional timestamp', good.replace(`${NOW}`, `${NOW}.0`)],
		['with a negative timestamp', good.replace('t=', 't=-')],
		['in uppercase', good.toUpperCase()],
		['truncated', good.slice(0, -1)],
		['followed by a line break', `${good}\n`],
	])('rejects a signature header that is %s', (_what, value) => {
		expect(verified({ ...signed(), [SIGNATURE]: value })).toEqual({
			ok: false,
			reason: expect.stringContaining('missing or malformed'),
		});
	});
});

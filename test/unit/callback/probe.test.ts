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

const signed = (kind: ProbeKind = 'ping', with_ = secret, at = NOW) => received(signProbe(kind, with_, BODY, at));
const verified = (headers: Record<string, string | string[] | undefined>, body = BODY, now = NOW) =>
	verifyProbe('ping', aDelivery({ headers, body }), acceptedSecrets(credential, 'wf/assemblyAi'), now);

describe('claimedProbe', () => {
	it.each(['ping', 'sample'] as const)('recognises a %s', (kind) => {
		expect(claimedProbe(aDelivery({ headers: signed(kind) }))).toBe(kind);
	});

	it('takes anything else for a callback of the provider', () => {
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

	it('refuses an expired signature', () => {
		expect(verified(signed(), BODY, NOW + 901)).toEqual({ ok: false, reason: expect.stringContaining('900 seconds') });
	});

	it('refuses a signature from the future', () => {
		expect(verified(signed(), BODY, NOW - 901)).toEqual({ ok: false, reason: expect.stringContaining('900 seconds') });
	});

	it('refuses an altered body', () => {
		expect(verified(signed(), '{"ping":false}').ok).toBe(false);
	});

	it('refuses an empty body in place of the signed one', () => {
		expect(verified(signed(), '').ok).toBe(false);
	});

	it('refuses a sample that was signed as a ping', () => {
		const delivery = aDelivery({ headers: signed('ping'), body: BODY });
		expect(verifyProbe('sample', delivery, [secret], NOW).ok).toBe(false);
	});

	it('refuses an altered time', () => {
		const headers = signed();
		expect(verified({ ...headers, [SIGNATURE]: headers[SIGNATURE]?.replace(`${NOW}`, `${NOW + 1}`) }).ok).toBe(false);
	});

	it('refuses another secret', () => {
		expect(verified(signed('ping', 'guessed'))).toEqual({ ok: false, reason: expect.stringContaining('another secret') });
	});

	it('refuses the secret of another workflow', () => {
		expect(verified(signed('ping', callbackSecret(credential, 'other/assemblyAi'))).ok).toBe(false);
	});

	it('refuses the callback secret in place of a signature', () => {
		expect(verified({ ...signed(), [SIGNATURE]: sign(secret)['X-Transcription-Webhook-Secret'] }).ok).toBe(false);
	});

	const good = signed()[SIGNATURE] as string;
	it.each([
		['missing', undefined],
		['empty', ''],
		['doubled', [good, good]],
		['doubled and joined', `${good}, ${good}`],
		['without a time', good.replace(/t=\d+,/, '')],
		['with a fraction in its time', good.replace(`${NOW}`, `${NOW}.0`)],
		['with a negative time', good.replace('t=', 't=-')],
		['in capitals', good.toUpperCase()],
		['cut short', good.slice(0, -1)],
		['followed by a line break', `${good}\n`],
	])('refuses a signature header that is %s', (_what, value) => {
		expect(verified({ ...signed(), [SIGNATURE]: value })).toEqual({
			ok: false,
			reason: expect.stringContaining('missing or malformed'),
		});
	});
});

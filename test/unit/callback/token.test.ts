import { tokenFor, verifyToken, withToken } from '../../../nodes/Transcription/callback/token';
import { scopeOf } from '../../../nodes/Transcription/callback/url';
import { aDelivery } from './aDelivery';

const SCOPE = 'wf/scriptix';
const URL_ = `https://n8n.example.com/webhook/${SCOPE}`;
const query = (text: string) => aDelivery({ query: new URLSearchParams(text) });

describe('callback token', () => {
	it('is the same in every process and differs between secrets', () => {
		expect(tokenFor('a', SCOPE)).toBe('_rHXxQzQt9BdS2RISyRxzGHXTzDpasE0iR2PsTdlEwI');
		expect(tokenFor('b', SCOPE)).not.toBe(tokenFor('a', SCOPE));
	});

	it('is added to existing query parameters', () => {
		const url = new URL(withToken(`${URL_}?ref=r&a=b%20c`, 'secret'));
		expect([...url.searchParams]).toEqual([
			['ref', 'r'],
			['a', 'b c'],
			['token', tokenFor('secret', SCOPE)],
		]);
	});

	it('is valid at the test URL and behind a reverse proxy', () => {
		const token = new URL(withToken(URL_, 'secret')).searchParams.get('token');
		for (const url of [
			`https://n8n.example.com/webhook-test/${SCOPE}`,
			`http://10.0.0.1:5678/n8n/webhook/${SCOPE}/?a=b`,
		]) {
			expect(verifyToken(query(`token=${token}`), { secrets: ['secret'], scope: scopeOf(url) }).ok).toBe(true);
		}
	});

	it('identifies the accepted secret that it was derived from', () => {
		expect(verifyToken(query(`token=${tokenFor('old', SCOPE)}`), { secrets: ['new', 'old'], scope: SCOPE })).toEqual({
			ok: true,
			matchedSecret: 'old',
		});
	});

	it.each([
		['missing', '', 'missing'],
		['empty', 'token=', 'missing'],
		['repeated', `token=${tokenFor('secret', SCOPE)}&token=${tokenFor('secret', SCOPE)}`, 'more than once'],
		['the secret itself', 'token=secret', 'a different secret'],
		['that of another secret', `token=${tokenFor('other', SCOPE)}`, 'a different secret'],
		[
			'that of the same secret for another workflow',
			`token=${tokenFor('secret', 'other/scriptix')}`,
			'a different secret',
		],
		['that of the same secret for another provider', `token=${tokenFor('secret', 'wf/soniox')}`, 'a different secret'],
		['in uppercase', `token=${tokenFor('secret', SCOPE).toUpperCase()}`, 'a different secret'],
	])('is rejected if it is %s', (_what, text, reason) => {
		expect(verifyToken(query(text), { secrets: ['secret'], scope: SCOPE })).toMatchObject({
			ok: false,
			reason: expect.stringContaining(reason),
		});
	});

	it('is rejected without any accepted secret', () => {
		expect(verifyToken(query(`token=${tokenFor('', SCOPE)}`), { secrets: [], scope: SCOPE }).ok).toBe(false);
	});
});

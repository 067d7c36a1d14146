import { tokenFor, verifyToken, withToken } from '../../../nodes/Transcription/callback/token';
import { aDelivery } from './aDelivery';

const query = (text: string) => aDelivery({ query: new URLSearchParams(text) });

describe('the token in a callback URL', () => {
	it('is the same in every process, and another for another secret', () => {
		expect(tokenFor('a')).toBe('BvKTQ4EQWjI9LKLNGcJLOHinL5qAKgP11tK4wfkMtzk');
		expect(tokenFor('b')).not.toBe(tokenFor('a'));
	});

	it('stands beside what the URL carries already', () => {
		const url = new URL(withToken('https://n8n.example.com/webhook/w/x?ref=r&a=b%20c', 'secret'));
		expect([...url.searchParams]).toEqual([['ref', 'r'], ['a', 'b c'], ['token', tokenFor('secret')]]);
	});

	it('tells of which of the accepted secrets it was made', () => {
		expect(verifyToken(query(`token=${tokenFor('old')}`), ['new', 'old'])).toEqual({ ok: true, madeOf: 'old' });
	});

	it.each([
		['missing', '', 'missing'],
		['empty', 'token=', 'missing'],
		['there twice', `token=${tokenFor('secret')}&token=${tokenFor('secret')}`, 'several'],
		['the secret itself', 'token=secret', 'another'],
		['that of another secret', `token=${tokenFor('other')}`, 'another'],
		['in upper case', `token=${tokenFor('secret').toUpperCase()}`, 'another'],
	])('proves nothing where it is %s', (_what, text, reason) => {
		expect(verifyToken(query(text), ['secret'])).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
	});

	it('proves nothing without any secret', () => {
		expect(verifyToken(query(`token=${tokenFor('')}`), []).ok).toBe(false);
	});
});

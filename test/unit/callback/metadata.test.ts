import fc from 'fast-check';
import { toMetadata } from '../../../nodes/Transcription/callback/metadata';
import { UserError } from '../../../nodes/Transcription/core/userError';
import { readQuery, withQuery } from '../../../nodes/Transcription/callback/url';

/** Returns the error for a rejected pair. */
function refusal(pair: { key?: unknown; value?: unknown }): { message: string; description: string } {
	try {
		toMetadata([pair]);
	} catch (error) {
		if (error instanceof UserError) return error.explanation;
		throw error;
	}
	throw new Error('The pair was accepted');
}

describe('toMetadata', () => {
	it('converts pairs to an object', () => {
		expect(
			toMetadata([
				{ key: 'contactId', value: '4711' },
				{ key: 'deal.id-1_a', value: '' },
			]),
		).toEqual({
			contactId: '4711',
			'deal.id-1_a': '',
		});
	});

	it('trims keys but not values', () => {
		expect(toMetadata([{ key: ' a ', value: ' b ' }])).toEqual({ a: ' b ' });
	});

	it.each([
		[4711, '4711'],
		[true, 'true'],
		[null, ''],
		[undefined, ''],
	])('converts the value %p to text', (value, text) => {
		expect(toMetadata([{ key: 'a', value }])).toEqual({ a: text });
	});

	it.each(['signature', 'token', 'ref', 'Token', 'REF', '__proto__'])(
		'rejects the reserved key “%s” and names it',
		(key) => {
			const { message, description } = refusal({ key, value: '1' });
			expect(message).toBe(`The metadata key “${key}” is reserved`);
			expect(description).toContain('Choose a different name');
		},
	);

	it.each(['a b', 'a[b]', 'ä', 'a&b', 'a=b', 'a/b', 'x'.repeat(65)])('rejects the key “%s” and names it', (key) => {
		expect(refusal({ key, value: '1' }).message).toContain(`“${key}”`);
	});

	it.each(['', '   ', undefined])('rejects a pair with the key %p', (key) => {
		expect(refusal({ key, value: '1' }).message).toBe('A metadata pair has no key');
	});

	it('rejects a key that is used twice', () => {
		expect(() =>
			toMetadata([
				{ key: 'a', value: '1' },
				{ key: 'a', value: '2' },
			]),
		).toThrow('“a” is used twice');
	});

	it('rejects an object as value and explains how to convert it to text', () => {
		const { message, description } = refusal({ key: 'contact', value: { id: 1 } });
		expect(message).toContain('“contact” is an object');
		expect(description).toContain('JSON.stringify');
	});

	it.each([
		['half an emoji', '😀'.slice(0, 1)],
		['NUL', 'a\0b'],
	])('rejects a value with %s', (_what, value) => {
		expect(refusal({ key: 'a', value }).message).toContain('“a” contains an invalid character');
	});
});

describe('metadata in the callback URL', () => {
	const key = fc
		.string({ unit: fc.constantFrom(...'abzABZ019_.-'), minLength: 1, maxLength: 64 })
		.filter((k) => !['signature', 'token', 'ref'].includes(k.toLowerCase()));
	const value = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'));

	it('survives the round trip, with the correlation ID', () => {
		fc.assert(
			fc.property(fc.dictionary(key, value), fc.base64String({ minLength: 1 }), (pairs, ref) => {
				const metadata = toMetadata(Object.entries(pairs).map(([k, v]) => ({ key: k, value: v })));
				const url = new URL(withQuery('https://n8n.example.com/webhook/Ab12/assemblyAi', metadata, ref));
				expect(readQuery(url.searchParams)).toEqual({ metadata, ref });
			}),
		);
	});

	it.each(['Grüße, 東京 😀', 'a&b=c#d?e+f%20', '{"x":[1]}', 'line\r\nbreak', ' spaces '])(
		'preserves “%s” in the URL that Express receives',
		(text) => {
			const url = new URL(withQuery('https://n8n.example.com/webhook/Ab12/assemblyAi', { note: text }, 'r'));
			const asReceived = new URL(`${url.pathname}${url.search}`, 'http://localhost').searchParams;
			expect(readQuery(asReceived).metadata).toEqual({ note: text });
		},
	);

	it('keeps a key that is also a built-in property', () => {
		const metadata = toMetadata([{ key: 'constructor', value: 'x' }]);
		const url = new URL(withQuery('https://n8n.example.com/webhook/a/b', metadata, 'r'));
		expect(Object.entries(readQuery(url.searchParams).metadata)).toEqual([['constructor', 'x']]);
	});
});

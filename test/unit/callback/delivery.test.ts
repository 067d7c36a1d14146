import { jsonOf, singleHeader } from '../../../nodes/Transcription/callback/delivery';
import { aDelivery } from './aDelivery';

describe('singleHeader', () => {
	it('ignores the case of the name', () => {
		expect(singleHeader(aDelivery({ headers: { 'x-secret': 'abc' } }), 'X-Secret')).toBe('abc');
	});

	it('returns undefined for an absent header', () => {
		expect(singleHeader(aDelivery(), 'X-Secret')).toBeUndefined();
	});

	it('returns undefined for an empty header', () => {
		expect(singleHeader(aDelivery({ headers: { 'x-secret': '' } }), 'X-Secret')).toBeUndefined();
	});

	it('returns undefined for a header that was sent twice', () => {
		expect(singleHeader(aDelivery({ headers: { 'x-secret': ['abc', 'abc'] } }), 'X-Secret')).toBeUndefined();
	});
});

describe('jsonOf', () => {
	it('parses the raw body', () => {
		expect(jsonOf(aDelivery({ body: '{"id":1}' }))).toEqual({ id: 1 });
	});

	it('reuses the body that n8n has parsed', () => {
		const json = { id: 2 };
		expect(jsonOf(aDelivery({ body: '{"id":1}', json }))).toBe(json);
	});

	it('returns undefined for a body that isn’t JSON', () => {
		expect(jsonOf(aDelivery({ body: '{' }))).toBeUndefined();
	});

	it('accepts a byte order mark', () => {
		expect(jsonOf(aDelivery({ body: '\ufeff{"id":1}' }))).toEqual({ id: 1 });
	});
});

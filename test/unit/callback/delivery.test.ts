import { jsonOf, singleHeader } from '../../../nodes/Transcription/callback/delivery';
import { aDelivery } from './aDelivery';

describe('singleHeader', () => {
	it('finds a header whatever the case of the name it is asked for', () => {
		expect(singleHeader(aDelivery({ headers: { 'x-secret': 'abc' } }), 'X-Secret')).toBe('abc');
	});

	it('gives nothing for a header that is absent', () => {
		expect(singleHeader(aDelivery(), 'X-Secret')).toBeUndefined();
	});

	it('gives nothing for a header that is empty', () => {
		expect(singleHeader(aDelivery({ headers: { 'x-secret': '' } }), 'X-Secret')).toBeUndefined();
	});

	it('gives nothing for a header that was sent twice', () => {
		expect(singleHeader(aDelivery({ headers: { 'x-secret': ['abc', 'abc'] } }), 'X-Secret')).toBeUndefined();
	});
});

describe('jsonOf', () => {
	it('parses the bytes', () => {
		expect(jsonOf(aDelivery({ body: '{"id":1}' }))).toEqual({ id: 1 });
	});

	it('reuses what n8n has parsed', () => {
		const json = { id: 2 };
		expect(jsonOf(aDelivery({ body: '{"id":1}', json }))).toBe(json);
	});

	it('returns nothing for a body that is no JSON', () => {
		expect(jsonOf(aDelivery({ body: '{' }))).toBeUndefined();
	});

	it('accepts a byte order mark', () => {
		expect(jsonOf(aDelivery({ body: '\ufeff{"id":1}' }))).toEqual({ id: 1 });
	});
});

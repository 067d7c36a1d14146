import { singleHeader } from '../../../nodes/Transcription/callback/delivery';
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

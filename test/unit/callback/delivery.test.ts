import { type CallbackEvent, jsonOf, readCallback, singleHeader } from '../../../nodes/Transcription/callback/delivery';
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

	it('accepts byte order marks, even several', () => {
		expect(jsonOf(aDelivery({ body: '\ufeff\ufeff{"id":1}' }))).toEqual({ id: 1 });
	});

	it('accepts a byte order mark', () => {
		expect(jsonOf(aDelivery({ body: '\ufeff{"id":1}' }))).toEqual({ id: 1 });
	});
});

describe('readCallback', () => {
	const read = (event: CallbackEvent, body: string, bodyError?: string) =>
		readCallback(() => event, aDelivery({ body, ...(bodyError && { bodyError }) }));

	it.each<CallbackEvent>([
		{ event: 'completed', id: 'job-1' },
		{ ignored: 'it isn’t final' },
		{ unreadable: 'no ID', id: 'job-1' },
	])('returns %j for a body that is JSON', (event) => {
		expect(read(event, '{}')).toEqual(event);
	});

	it('returns an event even if the body isn’t JSON', () => {
		expect(read({ event: 'completed', id: 'job-1' }, '{')).toEqual({ event: 'completed', id: 'job-1' });
	});

	it('counts a body that isn’t JSON as unreadable, even if the provider ignores it', () => {
		expect(read({ ignored: 'not an event' }, '{')).toEqual({ unreadable: 'not an event' });
		expect(read({ unreadable: 'no ID', id: 'job-1' }, '{')).toEqual({ unreadable: 'no ID', id: 'job-1' });
	});

	it('adds the reason why n8n couldn’t provide the body', () => {
		expect(read({ ignored: 'not an event' }, '', 'too large')).toEqual({ unreadable: 'not an event; too large' });
	});
});

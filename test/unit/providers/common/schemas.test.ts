import { z } from 'zod';
import { label, lenient, lenientList } from '../../../../nodes/Transcription/providers/common/schemas';

const answer = z.object({ id: z.string(), seconds: lenient(z.number()), words: lenientList(z.object({ text: z.string() })) });
const read = (body: object) => answer.parse({ id: 'a', ...body });

describe('a field that is read leniently', () => {
	it('is kept where it is as documented', () => {
		expect(read({ seconds: 0 }).seconds).toBe(0);
	});

	it.each([undefined, null, '12', {}, [], NaN])('is absent where it is %p', (seconds) => {
		expect(read({ seconds }).seconds).toBeUndefined();
	});

	it('keeps what a transformation makes of it', () => {
		expect(lenient(z.coerce.string()).parse(7)).toBe('7');
	});
});

describe('a list that is read leniently', () => {
	it('keeps its order and loses what is no member', () => {
		const words = [{ text: 'a' }, null, { text: 7 }, 'b', undefined, { text: 'c', more: true }];
		expect(read({ words }).words).toEqual([{ text: 'a' }, { text: 'c' }]);
	});

	it('stays empty where it is empty', () => {
		expect(read({ words: [] }).words).toEqual([]);
	});

	it.each([undefined, null, 'none', { 0: { text: 'a' } }])('is absent where it is %p', (words) => {
		expect(read({ words }).words).toBeUndefined();
	});
});

it('a field that is needed is still needed', () => {
	expect(answer.safeParse({}).success).toBe(false);
});

describe('a name', () => {
	it.each([
		['A', 'A'],
		[1, '1'],
		[true, undefined],
		[{ toString: 'no function' }, undefined],
	])('%p is read as %p', (speaker, expected) => {
		expect(z.object({ speaker: lenient(label) }).parse({ speaker })).toEqual(expected === undefined ? {} : { speaker: expected });
	});
});

import { z } from 'zod';
import { label, lenient, lenientList } from '../../../../nodes/Transcription/providers/common/schemas';

const schema = z.object({
	id: z.string(),
	seconds: lenient(z.number()),
	words: lenientList(z.object({ text: z.string() })),
});
const read = (body: object) => schema.parse({ id: 'a', ...body });

describe('Lenient field', () => {
	it('keeps a documented value', () => {
		expect(read({ seconds: 0 }).seconds).toBe(0);
	});

	it.each([undefined, null, '12', {}, [], NaN])('is absent if it is %p', (seconds) => {
		expect(read({ seconds }).seconds).toBeUndefined();
	});

	it('keeps the result of a transformation', () => {
		expect(lenient(z.coerce.string()).parse(7)).toBe('7');
	});
});

describe('Lenient list', () => {
	it('drops invalid entries and keeps the order', () => {
		const words = [{ text: 'a' }, null, { text: 7 }, 'b', undefined, { text: 'c', more: true }];
		expect(read({ words }).words).toEqual([{ text: 'a' }, { text: 'c' }]);
	});

	it('keeps an empty list', () => {
		expect(read({ words: [] }).words).toEqual([]);
	});

	it.each([undefined, null, 'none', { 0: { text: 'a' } }])('is absent if it is %p', (words) => {
		expect(read({ words }).words).toBeUndefined();
	});
});

it('required fields are still required', () => {
	expect(schema.safeParse({}).success).toBe(false);
});

describe('Label', () => {
	it.each([
		['A', 'A'],
		[1, '1'],
		[true, undefined],
		[{ toString: 'no function' }, undefined],
	])('%p is read as %p', (speaker, expected) => {
		expect(z.object({ speaker: lenient(label) }).parse({ speaker })).toEqual(
			expected === undefined ? {} : { speaker: expected },
		);
	});
});

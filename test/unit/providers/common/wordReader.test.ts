import { z } from 'zod';
import {
	asLabel,
	asNumber,
	asText,
	isFields,
	longList,
	readList,
} from '../../../../nodes/Transcription/providers/common/wordReader';
import { label, lenient } from '../../../../nodes/Transcription/providers/common/schemas';

const VALUES = [
	undefined,
	null,
	true,
	false,
	0,
	-0,
	7,
	1.5,
	Infinity,
	NaN,
	'',
	' ',
	'text',
	'7',
	[],
	['text'],
	{},
	{ text: 'x' },
];

describe('Plain readers accept the same values as zod:', () => {
	it.each([
		['text', asText, lenient(z.string())],
		['numbers', asNumber, lenient(z.number())],
		['labels', asLabel, lenient(label)],
	] as const)('%s', (_what, read, schema) => {
		expect(VALUES.map((value) => read(value))).toEqual(VALUES.map((value) => schema.parse(value)));
	});

	it('objects', () => {
		expect(VALUES.filter(isFields)).toEqual(VALUES.filter((value) => z.object({}).safeParse(value).success));
	});
});

describe('List', () => {
	const read = (entry: unknown) => (isFields(entry) ? asText(entry.text) : undefined);

	it('contains the valid entries in order', () => {
		expect(readList([{ text: 'a' }, null, { text: 7 }, 'b', [], { text: 'c', more: 1 }], read)).toEqual(['a', 'c']);
	});

	it.each([[undefined], [null], ['text'], [7], [{}], [{ length: 1, 0: { text: 'a' } }]])(
		'is absent if the value isn’t a list: %j',
		(value) => {
			expect(readList(value, read)).toBeUndefined();
		},
	);

	it('can be a field of a schema', () => {
		const schema = z.object({ words: longList(read) });
		expect([{ words: [{ text: 'a' }, 1] }, { words: null }, {}].map((value) => schema.parse(value).words)).toEqual([
			['a'],
			undefined,
			undefined,
		]);
	});
});

import fc from 'fast-check';
import { isRepaired, parseJson } from '../../../nodes/Transcription/core/json';

describe('parseJson', () => {
	it.each([
		['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
		['NaN', '{"a":NaN,"b":[NaN, 1]}', { a: null, b: [null, 1] }],
		['infinite numbers', '[Infinity,-Infinity]', [null, null]],
		[
			'NaN next to text that contains it',
			'{"a NaN":"NaN, \\"Infinity\\" \\\\","b":NaN}',
			{ 'a NaN': 'NaN, "Infinity" \\', b: null },
		],
	])('reads JSON with %s', (_, text, value) => {
		expect(parseJson(text)).toEqual(value);
	});

	it.each(['', '{', 'NaNa', '{"a":NaN', '{"a":nan}', '{NaN:1}', '"NaN', 'xNaN', '[1NaN]'])(
		'returns undefined for %j',
		(text) => {
			expect(parseJson(text)).toBeUndefined();
		},
	);

	it('marks JSON that it repaired', () => {
		expect(isRepaired(parseJson('{"a":NaN}'))).toBe(true);
		expect(isRepaired(parseJson('{"a":"NaN"}'))).toBe(false);
		expect(isRepaired(undefined)).toBe(false);
	});

	it('reads any JSON like JSON.parse', () => {
		fc.assert(fc.property(fc.json(), (text) => expect(parseJson(text)).toEqual(JSON.parse(text))));
	});

	it('reads any JSON whose numbers are invalid', () => {
		const words = fc.array(
			fc.oneof(
				fc.constant('@'),
				fc.string().filter((text) => !text.includes('@')),
			),
		);
		fc.assert(
			fc.property(words, (list) => {
				const text = JSON.stringify(list).replaceAll('"@"', 'NaN');
				expect(parseJson(text)).toEqual(list.map((word) => (word === '@' ? null : word)));
			}),
		);
	});

	it('reads a long text next to NaN', () => {
		const long = 'He said \\"NaN\\". '.repeat(300_000);
		expect(parseJson(`{"text":"${long}","confidence":NaN}`)).toEqual({
			text: JSON.parse(`"${long}"`) as string,
			confidence: null,
		});
	});
});

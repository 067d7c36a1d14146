import {
	readAdditionalFields,
	readBoolean,
	readTerms,
	readNumber,
	readText,
} from '../../../nodes/Transcription/core/optionReaders';

describe('readText', () => {
	it.each([
		[' en ', 'en'],
		[{ __rl: true, mode: 'list', value: 'en' }, 'en'],
		[4711, '4711'],
		['', undefined],
		['   ', undefined],
		[undefined, undefined],
		[null, undefined],
		[{ __rl: true, mode: 'list', value: '' }, undefined],
	])('reads %p as %p', (value, text) => {
		expect(readText(value)).toBe(text);
	});
});

describe('readTerms', () => {
	it.each([
		['a, b ,,c', ['a', 'b', 'c']],
		['a\nb\r\nc', ['a', 'b', 'c']],
		[
			['a, b', ' c '],
			['a, b', 'c'],
		],
		['', []],
		[undefined, []],
	])('reads %p as %p', (value, list) => {
		expect(readTerms(value)).toEqual(list);
	});
});

describe('readNumber', () => {
	it.each([
		[2, 2],
		['2', 2],
		[0, 0],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
	])('reads %p as %p', (value, number) => {
		expect(readNumber(value, 'Count', { min: 0 })).toBe(number);
	});

	it.each(['two', -1, 11, Number.NaN, Infinity, {}])('rejects %p with the option’s name and range', (value) => {
		expect(() => readNumber(value, 'Count', { min: 0, max: 10 })).toThrow(
			expect.objectContaining({
				explanation: { message: expect.stringContaining('“Count”'), description: 'Enter a number, 0 to 10.' },
			}),
		);
	});

	it('doesn’t read a space as zero', () => {
		expect(readNumber(' ', 'Count', { min: 0 })).toBeUndefined();
	});

	it('rejects a fraction if the number must be whole', () => {
		expect(() => readNumber(1.5, 'Count', { min: 1, integer: true })).toThrow(
			expect.objectContaining({
				explanation: expect.objectContaining({ description: 'Enter a whole number, 1 or more.' }),
			}),
		);
	});
});

describe('readAdditionalFields', () => {
	it.each([
		['{"a":1}', { a: 1 }],
		[{ a: 1 }, { a: 1 }],
		['', {}],
		['  ', {}],
		[undefined, {}],
		[null, {}],
	])('reads %p', (value, fields) => {
		expect(readAdditionalFields(value, {})).toEqual(fields);
	});

	it.each(['[1]', '"text"', 'null', '7', [1]])('rejects %p, which isn’t an object', (value) => {
		expect(() => readAdditionalFields(value, {})).toThrow('“Additional Fields (JSON)” isn’t a JSON object');
	});

	it('rejects invalid JSON', () => {
		expect(() => readAdditionalFields('{"a":}', {})).toThrow('“Additional Fields (JSON)” isn’t valid JSON');
	});

	it('names the parameter to use instead of a reserved field', () => {
		expect(() => readAdditionalFields({ audio_url: 'x' }, { audio_url: 'Source' })).toThrow(
			expect.objectContaining({
				explanation: {
					message: expect.stringContaining('“audio_url”'),
					description: expect.stringContaining('“Source”'),
				},
			}),
		);
	});

	it.each(['constructor', 'toString'])('passes through a field named “%s”', (name) => {
		expect(readAdditionalFields(`{"${name}":1}`, { audio_url: 'Source' })).toEqual({ [name]: 1 });
	});
});

describe('readBoolean', () => {
	it.each([true, 'true', ' TRUE '])('reads %j as true', (value) => expect(readBoolean(value, 'Switch')).toBe(true));
	it.each([false, 'false', '', undefined, null])('reads %j as false', (value) =>
		expect(readBoolean(value, 'Switch')).toBe(false),
	);
	it.each(['maybe', 1, {}])('rejects %j and names the option', (value) => {
		expect(() => readBoolean(value, 'Switch')).toThrow('“Switch” has an invalid value');
	});
});

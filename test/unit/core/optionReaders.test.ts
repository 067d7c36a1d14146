import { readAdditionalFields, readBoolean, readTerms, readNumber, readText } from '../../../nodes/Transcription/core/optionReaders';

describe('textOf', () => {
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

describe('listOf', () => {
	it.each([
		['a, b ,,c', ['a', 'b', 'c']],
		['a\nb\r\nc', ['a', 'b', 'c']],
		[['a, b', ' c '], ['a, b', 'c']],
		['', []],
		[undefined, []],
	])('reads %p as %p', (value, list) => {
		expect(readTerms(value)).toEqual(list);
	});
});

describe('numberOf', () => {
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

	it.each(['two', -1, 11, Number.NaN, Infinity, {}])('refuses %p with the name and the range', (value) => {
		expect(() => readNumber(value, 'Count', { min: 0, max: 10 })).toThrow(
			expect.objectContaining({
				explanation: { message: expect.stringContaining('“Count”'), description: 'Enter a number, 0 to 10.' },
			}),
		);
	});

	it('does not take a blank for zero', () => {
		expect(readNumber(' ', 'Count', { min: 0 })).toBeUndefined();
	});

	it('refuses a fraction where whole numbers are asked for', () => {
		expect(() => readNumber(1.5, 'Count', { min: 1, integer: true })).toThrow(
			expect.objectContaining({ explanation: expect.objectContaining({ description: 'Enter a whole number, 1 or more.' }) }),
		);
	});
});

describe('additionalFieldsOf', () => {
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

	it.each(['[1]', '"text"', 'null', '7', [1]])('refuses %p, which is no object', (value) => {
		expect(() => readAdditionalFields(value, {})).toThrow('“Additional Fields (JSON)” is not a JSON object');
	});

	it('says where JSON is broken', () => {
		expect(() => readAdditionalFields('{"a":}', {})).toThrow('“Additional Fields (JSON)” is not valid JSON');
	});

	it('names the parameter to use in place of a reserved field', () => {
		expect(() => readAdditionalFields({ audio_url: 'x' }, { audio_url: 'Source' })).toThrow(
			expect.objectContaining({
				explanation: { message: expect.stringContaining('“audio_url”'), description: expect.stringContaining('“Source”') },
			}),
		);
	});

	it.each(['constructor', 'toString'])('passes through a field with the name “%s”', (name) => {
		expect(readAdditionalFields(`{"${name}":1}`, { audio_url: 'Source' })).toEqual({ [name]: 1 });
	});
});

describe('booleanOf', () => {
	it.each([true, 'true', ' TRUE '])('takes %j for on', (value) => expect(readBoolean(value, 'Switch')).toBe(true));
	it.each([false, 'false', '', undefined, null])('takes %j for off', (value) => expect(readBoolean(value, 'Switch')).toBe(false));
	it.each(['maybe', 1, {}])('refuses %j and names the option', (value) => {
		expect(() => readBoolean(value, 'Switch')).toThrow('“Switch” is');
	});
});

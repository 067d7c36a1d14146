import { UserError } from '../../../../nodes/Transcription/core/userError';
import { type OptionConflict, requestFields } from '../../../../nodes/Transcription/providers/common/requestFields';

const OPTION_CONFLICTS: readonly OptionConflict[] = [
	{ field: 'keyterms', option: 'Keyterms', other: 'prompt' },
	{ field: 'redact', option: 'Redact', other: 'format', onlyIf: false },
];

function messageOf(optionFields: Record<string, string | boolean>, additional: Record<string, unknown>): string {
	try {
		requestFields(optionFields, additional as never, OPTION_CONFLICTS);
	} catch (error) {
		if (error instanceof UserError) return error.explanation.message;
		throw error;
	}
	throw new Error('The fields were accepted');
}

describe('Request fields', () => {
	it('combine option fields and additional fields', () => {
		expect(requestFields({ a: 1 }, { b: null, c: false })).toEqual({ a: 1, b: null, c: false });
	});

	it('may be additional if the option is absent', () => {
		expect(requestFields({ a: undefined }, { a: 2 })).toEqual({ a: 2 });
	});

	it('are merged inside objects', () => {
		const optionFields = { tasks: { request: { translate: { to: ['es'] } } }, other: 1 };
		const additional = { tasks: { request: { translate: { formal: true }, summarize: {} }, version: '2' } };
		expect(requestFields(optionFields, additional)).toEqual({
			tasks: { request: { translate: { to: ['es'], formal: true }, summarize: {} }, version: '2' },
			other: 1,
		});
		expect(optionFields.tasks).toEqual({ request: { translate: { to: ['es'] } } });
	});

	it.each([
		['a value', { tasks: { formal: true } }, { tasks: { formal: false } }, 'tasks.formal'],
		['a list', { tasks: { to: ['es'] } }, { tasks: { to: ['de'] } }, 'tasks.to'],
		['an object and a value', { tasks: { to: {} } }, { tasks: { to: null } }, 'tasks.to'],
	])('are rejected if %s inside an object is set twice', (_what, optionFields, additional, name) => {
		expect(messageOf(optionFields as never, additional)).toContain(`“${name}” is set both by an option and in`);
	});

	it('can’t change the prototype of the request', () => {
		const merged = requestFields({ tasks: { a: 1 } }, JSON.parse('{"tasks":{"__proto__":{"b":2}}}') as never);
		expect((merged.tasks as { b?: number }).b).toBeUndefined();
		expect(JSON.stringify(merged)).toBe('{"tasks":{"a":1,"__proto__":{"b":2}}}');
	});

	it.each([false, 0, '', null])('are rejected if set twice, even if the option is %p', (value) => {
		expect(() => requestFields({ a: value }, { a: 1 })).toThrow(UserError);
	});

	it('are rejected with the name of the duplicate field', () => {
		expect(messageOf({ redact: true }, { redact: false })).toContain('“redact” is set both by an option and in');
	});

	it('are rejected with the names of both contradictory fields', () => {
		expect(messageOf({ keyterms: 'a' }, { prompt: '' })).toBe(
			'“Keyterms” can’t be combined with “prompt” in “Additional Fields (JSON)”',
		);
	});

	it('are rejected with the contradictory value', () => {
		expect(messageOf({ redact: true }, { format: false })).toBe(
			'“Redact” can’t be combined with “format” set to false in “Additional Fields (JSON)”',
		);
	});

	it.each<[string, Record<string, string | boolean>, Record<string, unknown>]>([
		['the additional field has another value', { redact: true }, { format: true }],
		['the option is absent', {}, { prompt: 'x', format: false }],
		['the additional field is absent', { keyterms: 'a', redact: true }, {}],
	])('are accepted if %s', (_condition, optionFields, additional) => {
		expect(requestFields(optionFields, additional as never, OPTION_CONFLICTS)).toEqual({
			...optionFields,
			...additional,
		});
	});
});

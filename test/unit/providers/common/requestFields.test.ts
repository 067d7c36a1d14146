import { UserError } from '../../../../nodes/Transcription/core/userError';
import { type Contradiction, requestFields } from '../../../../nodes/Transcription/providers/common/requestFields';

const CONTRADICTIONS: readonly Contradiction[] = [
	{ field: 'keyterms', option: 'Keyterms', other: 'prompt' },
	{ field: 'redact', option: 'Redact', other: 'format', onlyIf: false },
];

function refusalOf(own: Record<string, string | boolean>, additional: Record<string, unknown>): string {
	try {
		requestFields(own, additional as never, CONTRADICTIONS);
	} catch (error) {
		if (error instanceof UserError) return error.explanation.message;
		throw error;
	}
	throw new Error('was accepted');
}

describe('the fields of a request', () => {
	it('are those of the options and the additional ones', () => {
		expect(requestFields({ a: 1 }, { b: null, c: false })).toEqual({ a: 1, b: null, c: false });
	});

	it('may be additional where the option is absent', () => {
		expect(requestFields({ a: undefined }, { a: 2 })).toEqual({ a: 2 });
	});

	it.each([false, 0, '', null])('are refused where both say them, also where the option is %p', (value) => {
		expect(() => requestFields({ a: value }, { a: 1 })).toThrow(UserError);
	});

	it('are refused by the name of the field that is said twice', () => {
		expect(refusalOf({ redact: true }, { redact: false })).toContain('“redact” is set both by an option and in');
	});

	it('are refused where two contradict each other, by both names', () => {
		expect(refusalOf({ keyterms: 'a' }, { prompt: '' })).toBe('“Keyterms” can’t be combined with “prompt” in “Additional Fields (JSON)”');
	});

	it('are refused for a value that contradicts, which is named', () => {
		expect(refusalOf({ redact: true }, { format: false })).toBe(
			'“Redact” can’t be combined with “format” set to false in “Additional Fields (JSON)”',
		);
	});

	it.each<[string, Record<string, string | boolean>, Record<string, unknown>]>([
		['the other value', { redact: true }, { format: true }],
		['the option is absent', {}, { prompt: 'x', format: false }],
		['the additional field is absent', { keyterms: 'a', redact: true }, {}],
	])('go together with %s', (_what, own, additional) => {
		expect(requestFields(own, additional as never, CONTRADICTIONS)).toEqual({ ...own, ...additional });
	});
});

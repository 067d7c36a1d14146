import { LANGUAGES, MODELS, PII_POLICIES } from '../../../../nodes/Transcription/providers/assemblyAi/constants';

describe('AssemblyAI lists', () => {
	it('name every language in English', () => {
		const unnamed = LANGUAGES.filter(({ name, value }) => name === value || name === value.replace('_', '-'));
		expect(unnamed).toEqual([]);
	});

	it.each([
		['en_uk', 'British English'],
		['jw', 'Javanese'],
		['uk', 'Ukrainian'],
		['no', 'Norwegian'],
	])('names the nonstandard code %s “%s”', (value, name) => {
		expect(LANGUAGES.find((language) => language.value === value)?.name).toBe(name);
	});

	it('start with the recommended model and its fallback, and mark the deprecated one', () => {
		expect(MODELS.map(({ value }) => value)).toEqual([
			'assemblyai-stt-3-7, universal-2',
			'assemblyai-stt-3-7',
			'universal-2',
			'universal-3-5-pro, universal-2',
		]);
		expect(MODELS[0]?.description).toContain('Recommended');
		expect(MODELS[3]?.description).toContain('Deprecated');
	});

	it.each([LANGUAGES, MODELS, PII_POLICIES])('contain no duplicates', (...choices) => {
		const values = choices.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
	});

	it.each([
		['us_social_security_number', 'US Social Security Number'],
		['date_of_birth', 'Date of Birth'],
		['credit_card_cvv', 'Credit Card CVV'],
	])('name the policy %s “%s”', (value, name) => {
		expect(PII_POLICIES.find((policy) => policy.value === value)?.name).toBe(name);
	});
});

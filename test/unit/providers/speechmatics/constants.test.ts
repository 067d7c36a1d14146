import { LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/speechmatics/constants';

describe('Speechmatics lists', () => {
	it('start with language detection', () => {
		expect(LANGUAGES[0]?.value).toBe('auto');
	});

	it('name multilingual packs by all their languages', () => {
		expect(LANGUAGES.find(({ value }) => value === 'en_ta')?.name).toBe('English & Tamil');
	});

	it('contain no duplicates', () => {
		for (const values of [LANGUAGES, MODELS].map((choices) => choices.map(({ value }) => value))) {
			expect(new Set(values).size).toBe(values.length);
		}
	});

	it('have a name for every language', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
	});
});

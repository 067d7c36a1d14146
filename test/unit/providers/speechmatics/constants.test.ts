import { LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/speechmatics/constants';

describe('Speechmatics lists', () => {
	it('start with language detection', () => {
		expect(LANGUAGES[0]?.value).toBe('auto');
	});

	it('name multilingual packs by all their languages', () => {
		expect(LANGUAGES.find(({ value }) => value === 'en_ta')?.name).toBe('English & Tamil');
	});

	it.each([
		['es+bilingual-en', 'Spanish & English'],
		['tl', 'Filipino & English'],
		['ar_en', 'Arabic & English'],
		['en_ms', 'English & Malay'],
		['cmn_en', 'Chinese & English'],
		['cmn_en_ms_ta', 'Chinese & English & Malay & Tamil'],
	])('contain the language pack %s', (value, name) => {
		expect(LANGUAGES).toContainEqual(expect.objectContaining({ value, name }));
	});

	it('contain every model for recordings', () => {
		expect(MODELS.map(({ value }) => value)).toEqual(['enhanced', 'standard', 'melia-1', 'oak-1']);
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

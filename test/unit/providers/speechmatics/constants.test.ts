import { LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/speechmatics/constants';

describe('the menus for Speechmatics', () => {
	it('begin with having the language detected', () => {
		expect(LANGUAGES[0]?.value).toBe('auto');
	});

	it('name packs for several languages by all of them', () => {
		expect(LANGUAGES.find(({ value }) => value === 'en_ta')?.name).toBe('English & Tamil');
	});

	it('offer every language and model once', () => {
		for (const values of [LANGUAGES, MODELS].map((choices) => choices.map(({ value }) => value))) {
			expect(new Set(values).size).toBe(values.length);
		}
	});

	it('have a name in words for every language', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
	});
});

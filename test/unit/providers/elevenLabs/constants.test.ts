import { LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/elevenLabs/constants';

describe('ElevenLabs lists', () => {
	it('name every language in English', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
	});

	it.each([LANGUAGES, MODELS])('contain no duplicates', (...choices) => {
		const values = choices.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
	});

	it.each([
		['deu', 'German'],
		['kea', 'Kabuverdianu'],
	])('name %s “%s”', (value, name) => {
		expect(LANGUAGES.find((language) => language.value === value)?.name).toBe(name);
	});
});

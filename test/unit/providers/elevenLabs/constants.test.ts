import { LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/elevenLabs/constants';

describe('the lists for ElevenLabs', () => {
	it('names every language in English', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
	});

	it.each([LANGUAGES, MODELS])('holds no value twice', (...choices) => {
		const values = choices.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
	});

	it.each([
		['deu', 'German'],
		['kea', 'Kabuverdianu'],
	])('names %s “%s”', (value, name) => {
		expect(LANGUAGES.find((language) => language.value === value)?.name).toBe(name);
	});
});

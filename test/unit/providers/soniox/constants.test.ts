import { DEFAULT_MODEL, LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/soniox/constants';

describe('the languages that are known in advance', () => {
	it('are the 60 of the service', () => {
		expect(new Set(LANGUAGES.map(({ value }) => value)).size).toBe(60);
	});

	it('have a name in English each, in order', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
		expect(LANGUAGES[0]).toEqual({ name: 'Afrikaans', value: 'af' });
		expect(LANGUAGES.at(-1)).toEqual({ name: 'Welsh', value: 'cy' });
	});
});

it('the model that is used without a choice is the first to choose from', () => {
	expect(MODELS[0]?.value).toBe(DEFAULT_MODEL);
});

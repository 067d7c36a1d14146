import {
	DEFAULT_MODEL,
	LANGUAGES,
	MODELS,
	SONIOX_REGIONS,
} from '../../../../nodes/Transcription/providers/soniox/constants';

describe('Fallback languages for Soniox', () => {
	it('are the service’s 60 languages', () => {
		expect(new Set(LANGUAGES.map(({ value }) => value)).size).toBe(60);
	});

	it('have English names in alphabetical order', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
		expect(LANGUAGES[0]).toEqual({ name: 'Afrikaans', value: 'af' });
		expect(LANGUAGES.at(-1)).toEqual({ name: 'Welsh', value: 'cy' });
	});
});

it('the default model is the first in the list', () => {
	expect(MODELS[0]?.value).toBe(DEFAULT_MODEL);
});

it.each([
	['us', 'https://api.soniox.com'],
	['eu', 'https://api.eu.soniox.com'],
	['jp', 'https://api.jp.soniox.com'],
	['in', 'https://api.in.soniox.com'],
])('the region %s has the address %s', (value, baseUrl) => {
	expect(SONIOX_REGIONS).toContainEqual(expect.objectContaining({ value, baseUrl }));
});

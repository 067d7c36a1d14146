import { instantTranscriber } from '../../../../nodes/Transcription/providers/instantTranscriber';
import { LANGUAGES } from '../../../../nodes/Transcription/providers/instantTranscriber/constants';

describe('InstantTranscriber lists', () => {
	it('name every language in English, without duplicates', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
		expect(new Set(LANGUAGES.map(({ value }) => value)).size).toBe(LANGUAGES.length);
	});

	it('contain 100 languages', () => {
		expect(LANGUAGES).toHaveLength(100);
		expect(LANGUAGES).toContainEqual({ name: 'Cantonese', value: 'yue' });
	});

	it('contain no models or keyterms, which the service doesn’t support', () => {
		const names = instantTranscriber.ui.submitOptions.map(({ name }) => name);
		expect(names).not.toContain('model');
		expect(names).not.toContain('keyterms');
	});
});

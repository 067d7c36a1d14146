import { instantTranscriber } from '../../../../nodes/Transcription/providers/instantTranscriber';
import { LANGUAGES } from '../../../../nodes/Transcription/providers/instantTranscriber/constants';

describe('the lists for InstantTranscriber', () => {
	it('name every language in English, each once', () => {
		expect(LANGUAGES.filter(({ name, value }) => name === value)).toEqual([]);
		expect(new Set(LANGUAGES.map(({ value }) => value)).size).toBe(LANGUAGES.length);
	});

	it('are not asked for models or terms, which the service does not know', () => {
		const names = instantTranscriber.ui.submitOptions.map(({ name }) => name);
		expect(names).not.toContain('model');
		expect(names).not.toContain('keyterms');
	});
});

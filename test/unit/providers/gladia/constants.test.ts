import { LANGUAGES, MODELS } from '../../../../nodes/Transcription/providers/gladia/constants';

it('offers all 99 languages, each once', () => {
	expect(new Set(LANGUAGES.map(({ value }) => value)).size).toBe(99);
	expect(LANGUAGES).toHaveLength(99);
});

it('offers the documented models', () => {
	expect(MODELS.map(({ value }) => value)).toEqual(['solaria-1', 'solaria-3']);
});

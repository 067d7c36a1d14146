import { LANGUAGES, MODELS, REV_AI_REGIONS } from '../../../../nodes/Transcription/providers/revAi/constants';

it('offers no human transcription, which costs more and takes hours', () => {
	expect(MODELS.map(({ value }) => value)).toEqual(['machine', 'low_cost', 'fusion']);
});

it('offers each language once', () => {
	const codes = LANGUAGES.map(({ value }) => value);
	expect(codes).toContain('en/es');
	expect(new Set(codes).size).toBe(codes.length);
});

it('has a deployment for each region', () => {
	expect(REV_AI_REGIONS.map(({ baseUrl }) => baseUrl)).toEqual(['https://api.rev.ai', 'https://ec1.api.rev.ai']);
});

import { PROVIDERS, findProvider } from '../../../../nodes/Transcription/providers/index';
import { assertOwnModel } from '../../../../nodes/Transcription/providers/common/foreignModel';
import { readTerms } from '../../../../nodes/Transcription/core/optionReaders';

const check = (name: string, model: unknown) => assertOwnModel({ model } as never, findProvider(name), PROVIDERS);
const chosen = (value: string) => ({ __rl: true, mode: 'list', value });

describe('a model that stayed when another provider was chosen', () => {
	it.each([
		['soniox', chosen('scribe_v2'), '“Model” is “scribe_v2”, which is a model of ElevenLabs, not Soniox'],
		['speechmatics', chosen('stt-async-v5'), '“stt-async-v5”, which is a model of Soniox, not Speechmatics'],
		['elevenLabs', chosen('universal-3-5-pro, universal-2'), '“universal-3-5-pro”, which is a model of AssemblyAI'],
		['assemblyAi', 'universal-2, scribe_v2', '“scribe_v2”, which is a model of ElevenLabs, not AssemblyAI'],
		['instantTranscriber', 'enhanced', '“enhanced”, which is a model of Speechmatics'],
		['scriptix', chosen('standard'), '“standard”, which is a model of Speechmatics'],
	])('is refused for %s: %j', (name, model, message) => {
		expect(() => check(name, model)).toThrow(message);
	});

	it.each(PROVIDERS.flatMap((provider) => provider.ui.models.map(({ value }) => [provider.name, value])))(
		'is no trouble where it is one of its own: %s, %s',
		(name, model) => {
			expect(() => check(name, chosen(model))).not.toThrow();
		},
	);

	it.each(['a-model-of-tomorrow', '', '1234', undefined])('does not stand in the way of one that nobody lists: %j', (model) => {
		for (const { name } of PROVIDERS) expect(() => check(name, model)).not.toThrow();
	});

	it('is told from the others: no model is listed by two providers', () => {
		const all = PROVIDERS.flatMap(({ ui: { models } }) => [...new Set(models.flatMap(({ value }) => readTerms(value)))]);
		expect(all).toEqual([...new Set(all)]);
	});
});

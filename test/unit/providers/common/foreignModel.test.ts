import { PROVIDERS, findProvider } from '../../../../nodes/Transcription/providers/index';
import { assertOwnModel } from '../../../../nodes/Transcription/providers/common/foreignModel';
import { readTerms } from '../../../../nodes/Transcription/core/optionReaders';

const check = (name: string, model: unknown) => assertOwnModel({ model } as never, findProvider(name), PROVIDERS);
const chosen = (value: string) => ({ __rl: true, mode: 'list', value });

describe('Model left over from another provider', () => {
	it.each([
		['soniox', chosen('scribe_v2'), '“Model” is “scribe_v2”, which is a model from ElevenLabs, not Soniox'],
		['speechmatics', chosen('stt-async-v5'), '“stt-async-v5”, which is a model from Soniox, not Speechmatics'],
		['elevenLabs', chosen('universal-3-5-pro, universal-2'), '“universal-3-5-pro”, which is a model from AssemblyAI'],
		['assemblyAi', 'universal-2, scribe_v2', '“scribe_v2”, which is a model from ElevenLabs, not AssemblyAI'],
		['instantTranscriber', 'enhanced', '“enhanced”, which is a model from Speechmatics'],
		['scriptix', chosen('standard'), '“standard”, which is a model from Speechmatics'],
	])('is rejected for %s: %j', (name, model, message) => {
		expect(() => check(name, model)).toThrow(message);
	});

	it.each(PROVIDERS.flatMap((provider) => provider.ui.models.map(({ value }) => [provider.name, value])))(
		'is accepted if the provider offers it: %s, %s',
		(name, model) => {
			expect(() => check(name, chosen(model))).not.toThrow();
		},
	);

	it.each(['a-model-of-tomorrow', '', '1234', undefined])('is accepted if no provider lists it: %j', (model) => {
		for (const { name } of PROVIDERS) expect(() => check(name, model)).not.toThrow();
	});

	it('is unambiguous because no two providers list the same model', () => {
		const all = PROVIDERS.flatMap(({ ui: { models } }) => [
			...new Set(models.flatMap(({ value }) => readTerms(value))),
		]);
		expect(all).toEqual([...new Set(all)]);
	});
});

import type { FastifyInstance } from 'fastify';

import { LANGUAGES } from './languages';

const model = (id: string, mode: 'async' | 'real_time', alias: string | null) => ({
	id,
	aliased_model_id: alias,
	name: `Speech-to-Text ${mode === 'async' ? 'Async' : 'Real-time'} ${id.slice(-2)}`,
	context_version: 2,
	transcription_mode: mode,
	languages: LANGUAGES,
	supports_language_hints_strict: true,
	supports_max_endpoint_delay: mode === 'real_time',
	translation_targets: [],
	two_way_translation_pairs: [],
	one_way_translation: 'all_languages',
	two_way_translation: 'all_languages',
});

/** The service's models (Soniox docs, Models, Current models and Aliases, June 2026). */
export const MODELS = [
	model('stt-rt-v5', 'real_time', null),
	model('stt-rt-v4', 'real_time', 'stt-rt-v5'),
	model('stt-async-v4', 'async', 'stt-async-v5'),
	model('stt-async-v5', 'async', null),
];

/** `GET /v1/models` (Soniox OpenAPI, GetModelsResponse). */
export function modelRoutes(app: FastifyInstance): void {
	app.get('/v1/models', (_request, reply) => reply.send({ models: MODELS }));
}

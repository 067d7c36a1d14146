import type { ProviderDefinition } from '../../core/provider';
import { requireKey } from './auth';
import { addErrorAnswers, ApiError, errorBody } from './errors';
import { exportRoutes } from './exports';
import { redactedAudioRoute } from './redactedAudio';
import { Store } from './store';
import { transcriptRoutes } from './transcripts';
import { uploadRoute } from './uploads';

/** AssemblyAI's API for pre-recorded audio, version 2 (AssemblyAI API reference). */
export const assemblyAi: ProviderDefinition = {
	title: 'AssemblyAI',
	mount: '/assemblyai',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-assemblyai-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-assemblyai-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-assemblyai-empty-balance', balance: 'exhausted' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorAnswers(app);
				// Uploads can only be read by the service itself (AssemblyAI docs, Upload).
				app.get('/upload/:id', () => {
					throw new ApiError(403, 'Cannot access uploaded file');
				});
				redactedAudioRoute(app, store);
				void app.register(async (api) => {
					requireKey(api, context.accounts);
					uploadRoute(api, store, context.baseUrl);
					transcriptRoutes(api, store, context);
					exportRoutes(api, store, context.baseUrl);
				});
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

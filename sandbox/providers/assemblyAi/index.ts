import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { exportRoutes } from './exports';
import { redactedAudioRoute } from './redactedAudio';
import { Store } from './store';
import { transcriptRoutes } from './transcripts';
import { uploadRoute } from './uploads';

const AUTHENTICATION: Authentication = {
	/** A bare API key without a scheme (AssemblyAI API reference, Authentication). */
	keyIn: ({ authorization }) => authorization,
	unauthorized: () => new ApiError(401, 'Authentication error, API token missing/invalid'),
};

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
				addErrorHandlers(app);
				// Only the service itself can read uploads (AssemblyAI docs, Upload).
				app.get('/upload/:id', () => {
					throw new ApiError(403, 'Cannot access uploaded file');
				});
				redactedAudioRoute(app, store);
				void app.register(async (api) => {
					requireKey(api, context.accounts, AUTHENTICATION);
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

import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { sessionRoutes } from './sessions';
import { storageRoutes } from './storage';
import { Store } from './store';
import { sttRoutes } from './stt';

const AUTHENTICATION: Authentication = {
	/** `Authorization: Bearer` (docs.scriptix.io, API Overview) or `x-zoom-s2t-key` (docs.scriptix.io, Core APIs). */
	keyIn: (headers) => headers['x-zoom-s2t-key']?.toString() ?? bearerToken(headers),
	unauthorized: () => new ApiError(401, 'unauthorized', 'Invalid or missing API key'),
};

/** Scriptix, both generations of its API for recordings, version 3 (docs.scriptix.io). */
export const scriptix: ProviderDefinition = {
	title: 'Scriptix',
	mount: '/scriptix',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-scriptix-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-scriptix-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-scriptix-empty-balance', balance: 'exhausted' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorHandlers(app);
				storageRoutes(app, store, context);
				void app.register(async (api) => {
					requireKey(api, context.accounts, AUTHENTICATION);
					sttRoutes(api, store, context);
					sessionRoutes(api, store, context);
				});
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

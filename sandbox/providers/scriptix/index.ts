import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { sessionRoutes } from './sessions';
import { storageRoutes } from './storage';
import { Store } from './store';
import { sttRoutes } from './stt';

const unauthorized = () => new ApiError(401, 'unauthorized', 'Invalid or missing API key');

/** The batch upload API uses bearer tokens (docs.scriptix.io, Batch, Overview and Upload). */
const STT_AUTHENTICATION: Authentication = { keyIn: bearerToken, unauthorized };

/**
 * This header is “required for all” requests (docs.scriptix.io, Core APIs, Batch). Other pages show a bearer token, but
 * clients can't rely on that.
 */
const SESSIONS_AUTHENTICATION: Authentication = {
	keyIn: (headers) => headers['x-zoom-s2t-key']?.toString(),
	unauthorized,
};

/** Both generations of Scriptix's API for recordings, version 3 (docs.scriptix.io). */
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
					requireKey(api, context.accounts, STT_AUTHENTICATION);
					sttRoutes(api, store, context);
				});
				void app.register(async (api) => {
					requireKey(api, context.accounts, SESSIONS_AUTHENTICATION);
					sessionRoutes(api, store, context);
				});
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

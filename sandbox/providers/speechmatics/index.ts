import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { jobRoutes } from './jobs';
import { Store } from './store';

const AUTHENTICATION: Authentication = {
	/** The service uses bearer tokens (Speechmatics docs, “Authentication”). */
	keyIn: bearerToken,
	unauthorized: () => new ApiError(401, 'Permission Denied'),
};

/** Speechmatics' API for recordings, version 2 (Speechmatics OpenAPI 2.0.0, ASR REST API). */
export const speechmatics: ProviderDefinition = {
	title: 'Speechmatics',
	mount: '/speechmatics',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-speechmatics-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-speechmatics-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-speechmatics-no-entitlement', balance: 'exhausted' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorHandlers(app);
				void app.register(async (api) => {
					requireKey(api, context.accounts, AUTHENTICATION);
					jobRoutes(api, store, context);
				});
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

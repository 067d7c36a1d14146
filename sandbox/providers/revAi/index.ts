import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, errorBody, unauthorized } from './errors';
import { jobRoutes } from './jobs';
import { Store } from './store';

const AUTHENTICATION: Authentication = { keyIn: bearerToken, unauthorized };

/** Rev AI's asynchronous API (Rev AI docs, “Asynchronous API reference”). */
export const revAi: ProviderDefinition = {
	title: 'Rev AI',
	mount: '/revai',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-revai-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-revai-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-revai-empty-balance', balance: 'exhausted' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorHandlers(app);
				void app.register(
					async (api) => {
						requireKey(api, context.accounts, AUTHENTICATION);
						jobRoutes(api, store, context);
					},
					{ prefix: '/speechtotext/v1' },
				);
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

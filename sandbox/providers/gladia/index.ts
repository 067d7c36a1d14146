import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, requireKey } from '../../server/auth';
import { addErrorHandlers, errorBody, unauthorized } from './errors';
import { jobRoutes } from './jobs';
import { Store } from './store';

const AUTHENTICATION: Authentication = {
	/** The only method (Gladia OpenAPI, securitySchemes). */
	keyIn: ({ 'x-gladia-key': key }) => (typeof key === 'string' ? key : undefined),
	unauthorized,
};

/** Gladia's API for recordings, version 2 (Gladia OpenAPI, August 2026). */
export const gladia: ProviderDefinition = {
	title: 'Gladia',
	mount: '/gladia',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-gladia-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-gladia-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-gladia-empty-balance', balance: 'exhausted' },
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

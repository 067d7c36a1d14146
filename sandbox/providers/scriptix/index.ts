import type { ProviderDefinition } from '../../core/provider';
import { requireKey } from './auth';
import { addErrorAnswers, errorBody } from './errors';
import { sessionRoutes } from './sessions';
import { storageRoutes } from './storage';
import { Store } from './store';
import { sttRoutes } from './stt';

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
				addErrorAnswers(app);
				storageRoutes(app, store, context);
				void app.register(async (api) => {
					requireKey(api, context.accounts);
					sttRoutes(api, store, context);
					sessionRoutes(api, store, context);
				});
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

import type { ProviderDefinition } from '../../core/provider';
import { requireKey } from './auth';
import { addErrorAnswers, errorBody } from './errors';
import { fileRoutes } from './files';
import { modelRoutes } from './models';
import { Store } from './store';
import { transcriptionRoutes } from './transcriptions';

/** Soniox' API for recordings, version 1 (Soniox OpenAPI 1.0.0). */
export const soniox: ProviderDefinition = {
	title: 'Soniox',
	mount: '/soniox',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-soniox-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-soniox-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-soniox-empty-balance', balance: 'exhausted' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorAnswers(app);
				requireKey(app, context.accounts);
				modelRoutes(app);
				fileRoutes(app, store);
				transcriptionRoutes(app, store, context);
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

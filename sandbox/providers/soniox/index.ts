import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { fileRoutes } from './files';
import { modelRoutes } from './models';
import { Store } from './store';
import { transcriptionRoutes } from './transcriptions';

const AUTHENTICATION: Authentication = {
	/** The service uses bearer tokens (Soniox OpenAPI, PublicApiAuth). */
	keyIn: bearerToken,
	unauthorized: () => new ApiError(401, 'unauthenticated'),
};

/** Soniox's API for recordings, version 1 (Soniox OpenAPI 1.0.0). */
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
				addErrorHandlers(app);
				requireKey(app, context.accounts, AUTHENTICATION);
				modelRoutes(app);
				fileRoutes(app, store);
				transcriptionRoutes(app, store, context);
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

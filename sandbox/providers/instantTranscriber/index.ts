import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { exportRoute } from './exports';
import { BARE_ACCOUNT } from './present';
import { Store } from './store';
import { transcriptionRoutes } from './transcriptions';

const AUTHENTICATION: Authentication = {
	/** The service uses bearer tokens (instanttranscriber.com, Start a transcription job). */
	keyIn: bearerToken,
	unauthorized: () => new ApiError(401, 'unauthorized', 'Invalid API key'),
};

/**
 * InstantTranscriber's API at `/v1` and exports at `/export`. The service has no API reference, only product pages
 * (instanttranscriber.com). Assumptions are marked as such.
 */
export const instantTranscriber: ProviderDefinition = {
	title: 'InstantTranscriber',
	mount: '/instanttranscriber',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-instanttranscriber-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-instanttranscriber-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-instanttranscriber-empty-balance', balance: 'exhausted' },
		{ name: BARE_ACCOUNT, apiKey: 'sandbox-instanttranscriber-bare-key', balance: 'ok' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorHandlers(app);
				requireKey(app, context.accounts, AUTHENTICATION);
				transcriptionRoutes(app, store, context);
				exportRoute(app, store);
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

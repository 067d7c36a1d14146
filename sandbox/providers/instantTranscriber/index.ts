import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, bearerToken, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { exportRoute } from './exports';
import { BARE_ACCOUNT } from './present';
import { Store } from './store';
import { transcriptionRoutes } from './transcriptions';

const AUTHENTICATION: Authentication = {
	/** instanttranscriber.com, Start a transcription job. */
	keyIn: bearerToken,
	unauthorized: () => new ApiError(401, 'unauthorized', 'Invalid API key'),
};

/**
 * InstantTranscriber's API below `/v1`, its exports below `/export`. The service has no reference, only pages about the
 * product (instanttranscriber.com): what they leave open is assumed, and each place says so.
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

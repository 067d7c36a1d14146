import type { ProviderDefinition } from '../../core/provider';
import { requireKey } from './auth';
import { addErrorAnswers, errorBody } from './errors';
import { exportRoute } from './exports';
import { BARE_ACCOUNT } from './present';
import { Store } from './store';
import { transcriptionRoutes } from './transcriptions';

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
				addErrorAnswers(app);
				requireKey(app, context.accounts);
				transcriptionRoutes(app, store, context);
				exportRoute(app, store);
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

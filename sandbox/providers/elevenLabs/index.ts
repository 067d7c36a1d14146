import type { ProviderDefinition } from '../../core/provider';
import { requireKey, requireWebhookScope, RESTRICTED } from './auth';
import { addErrorAnswers, errorBody } from './errors';
import { speechToTextRoutes } from './speechToText';
import { Store } from './store';
import { webhookRoutes } from './webhooks';

/** ElevenLabs' Speech to Text and its workspace webhooks (ElevenLabs API reference). */
export const elevenLabs: ProviderDefinition = {
	title: 'ElevenLabs',
	mount: '/elevenlabs',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-elevenlabs-key', balance: 'ok' },
		// The key that the first one is rotated to.
		{ name: 'main', apiKey: 'sandbox-elevenlabs-rotated-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-elevenlabs-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-elevenlabs-empty-balance', balance: 'exhausted' },
		{ name: RESTRICTED, apiKey: 'sandbox-elevenlabs-restricted-key', balance: 'ok' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorAnswers(app);
				void app.register(async (api) => {
					requireKey(api, context.accounts);
					speechToTextRoutes(api, store, context);
					void api.register(async (webhooks) => {
						requireWebhookScope(webhooks);
						webhookRoutes(webhooks, store, context);
					});
				});
			},
			errorBody,
			reset: () => store.clear(),
		};
	},
};

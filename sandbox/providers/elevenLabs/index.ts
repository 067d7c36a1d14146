import type { ProviderDefinition } from '../../core/provider';
import { type Authentication, requireKey } from '../../server/auth';
import { addErrorHandlers, ApiError, errorBody } from './errors';
import { speechToTextRoutes } from './speechToText';
import { Store } from './store';
import { webhookRoutes } from './webhooks';
import { requireWebhookScope, RESTRICTED } from './workspace';

const AUTHENTICATION: Authentication = {
	/** The header that contains the API key (ElevenLabs API reference, Authentication). */
	keyIn: (headers) => headers['xi-api-key']?.toString(),
	unauthorized,
};

/** Creates the error for an invalid key. Its status and code vary (user reports, August 2026). */
function unauthorized(key: string | undefined): ApiError {
	if (key === undefined) {
		return new ApiError(
			401,
			'needs_authorization',
			'Neither authorization header nor xi-api-key received, please provide one.',
		);
	}
	// The dashboard always shows each key's ID, but the key itself only once.
	if (/^[0-9a-f]{64}$/.test(key)) {
		return new ApiError(
			400,
			'invalid_api_key',
			"API key ID used as API key - only valid API keys can be used. API keys start with 'sk_'.",
			{ status: 'api_key_id_used_as_api_key' },
		);
	}
	if (key.startsWith('sk_')) return new ApiError(400, 'invalid_api_key', 'Invalid API key');
	return new ApiError(401, 'unauthorized', 'Unauthorized', { isLegacy: true });
}

/** ElevenLabs' Speech to Text and its workspace webhooks (ElevenLabs API reference). */
export const elevenLabs: ProviderDefinition = {
	title: 'ElevenLabs',
	mount: '/elevenlabs',
	accounts: [
		{ name: 'main', apiKey: 'sandbox-elevenlabs-key', balance: 'ok' },
		{ name: 'other', apiKey: 'sandbox-elevenlabs-other-key', balance: 'ok' },
		{ name: 'empty', apiKey: 'sandbox-elevenlabs-empty-balance', balance: 'exhausted' },
		{ name: RESTRICTED, apiKey: 'sandbox-elevenlabs-restricted-key', balance: 'ok' },
	],
	create(context) {
		const store = new Store();
		return {
			register(app) {
				addErrorHandlers(app);
				void app.register(async (api) => {
					requireKey(api, context.accounts, AUTHENTICATION);
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

import type { INodeProperties } from 'n8n-workflow';
import type { Explanation } from '../../core/userError';
import type { Settings } from '../../http/connection';

/** The fields that only this provider's credential has. */

const MANUAL = 'manual';

export const WEBHOOK_SETUP: INodeProperties = {
	displayName: 'Webhook Setup',
	name: 'webhookSetup',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'The trigger registers its webhook when its workflow is published. Needs a key that may manage workspace webhooks.',
		},
		{
			name: 'By Hand',
			value: MANUAL,
			description: 'You make the webhook in the ElevenLabs dashboard and paste its secret into Webhook Secret',
		},
	],
	default: 'automatic',
	description: 'How ElevenLabs learns the URL of a Transcription Trigger: it sends callbacks to webhooks of the workspace only',
};

export function isManual(settings: Settings): boolean {
	return settings.webhookSetup === MANUAL;
}

/** The secret of a webhook that was made by hand is known to whoever made it, and to nobody else. */
export function unverifiable(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined {
	if (!isManual(settings) || hasWebhookSecret) return undefined;
	return {
		message: '“Webhook Setup” of the credential is By Hand, but “Webhook Secret” is empty',
		description:
			'Make a webhook with the auth method HMAC in the ElevenLabs dashboard (Webhooks), link it to the speech-to-text events, and paste the secret that is shown once into “Webhook Secret” of the credential. Its URL is the Production URL of the trigger.',
	};
}

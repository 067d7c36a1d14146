import type { INodeProperties } from 'n8n-workflow';
import type { Explanation } from '../../core/userError';
import type { Settings } from '../../http/connection';

const MANUAL = 'manual';

export const WEBHOOK_SETUP: INodeProperties = {
	displayName: 'Webhook Setup',
	name: 'webhookSetup',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'Register the trigger’s webhook when its workflow is published. Requires a key that can manage workspace webhooks.',
		},
		{
			name: 'Manual',
			value: MANUAL,
			description: 'Create the webhook in the ElevenLabs dashboard and paste its secret into Webhook Secret',
		},
	],
	default: 'automatic',
	description:
		'How to register the URL of a Transcription Trigger. ElevenLabs only sends callbacks to workspace webhooks.',
};

export function isManual(settings: Settings): boolean {
	return settings.webhookSetup === MANUAL;
}

/** The secret of a manually created webhook is known only to the user, so it can't be derived. */
export function unverifiable(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined {
	if (!isManual(settings) || hasWebhookSecret) return undefined;
	return {
		message: '“Webhook Setup” in the credential is set to Manual, but “Webhook Secret” is empty',
		description:
			'Create a webhook with the auth method HMAC and the trigger’s Production URL in the ElevenLabs dashboard (Webhooks), and link it to the speech-to-text events. Then paste its secret, which is only shown once, into “Webhook Secret” in the credential.',
	};
}

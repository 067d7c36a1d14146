import type { INodeProperties } from 'n8n-workflow';
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

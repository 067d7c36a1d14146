import { type Explain, type ServiceExplanation, ServiceError } from '../../http/errors';

/** Marks errors caused by a missing permission, which some callers can handle. */
interface LacksPermission extends ServiceExplanation {
	lacksPermission: true;
}

export function lacksPermission(error: unknown): boolean {
	return error instanceof ServiceError && 'lacksPermission' in error.explanation;
}

const NO_PERMISSION = /missing_permissions|insufficient_permissions|missing the permission/i;
const NO_CREDIT = /quota_exceeded|insufficient_credits|payment_required/i;
const TOO_MANY_AT_ONCE = /concurrent/i;
const BUSY = /system_busy|heavy traffic/i;
const WEBHOOKS = '/v1/workspace/webhooks';
const TRANSCRIPTS = '/v1/speech-to-text/transcripts/';
const SUBMIT = '/v1/speech-to-text';

/** A missing permission or insufficient credit can also be a 401. Source: ElevenLabs OpenAPI; ElevenLabs docs, “Errors”. */
export const explain: Explain = (status, detail, path) => {
	const quote = detail ? ` ElevenLabs says: ${detail}` : '';
	if ((status === 401 || status === 403) && NO_CREDIT.test(detail)) return noCredit(quote);
	if (status === 402) return noCredit(quote);
	if ((status === 401 && NO_PERMISSION.test(detail)) || status === 403) return noPermission(path, quote);
	if (status === 401) {
		return {
			message: 'ElevenLabs didn’t accept the API key',
			description: `Check that the key is complete, and check the region: data residency regions have separate accounts and keys.${quote}`,
		};
	}
	if (status === 404 && path.startsWith(TRANSCRIPTS)) {
		return {
			message: `ElevenLabs has no transcript with the ID “${path.slice(TRANSCRIPTS.length)}”`,
			description: `The job may not be done yet (ElevenLabs doesn’t report the status of jobs), the transcript may have been deleted or not stored, or the ID may belong to another account or region.${quote}`,
		};
	}
	if (status === 429 && TOO_MANY_AT_ONCE.test(detail)) {
		return {
			message: 'The ElevenLabs account has reached its limit of concurrent transcriptions',
			description: `Submit fewer recordings at a time (Loop Over Items with a Wait node), or try again once some are done.${quote}`,
		};
	}
	if (status === 429 && BUSY.test(detail)) {
		return {
			message: 'ElevenLabs is too busy to accept the recording',
			description: `Nothing was submitted. This has nothing to do with how many requests you send. Try again in a few minutes.${quote}`,
		};
	}
	if (status >= 400 && status < 500 && path === SUBMIT && /webhook/i.test(detail)) {
		return {
			message: 'ElevenLabs didn’t accept the job because there is no matching webhook',
			description: `ElevenLabs only transcribes asynchronously if the workspace has a speech-to-text webhook. Publish a workflow with a Transcription Trigger for ElevenLabs, or create a webhook in the ElevenLabs dashboard and link it to the speech-to-text events. If the option “Webhook ID” is set, check it.${quote}`,
		};
	}
	if ((status === 400 || status === 422) && path === WEBHOOKS) {
		return {
			message: 'ElevenLabs didn’t accept the trigger’s URL as a webhook',
			description: `The URL must start with https:// and be reachable from the internet. Set the WEBHOOK_URL environment variable of this n8n instance to its public address.${quote}`,
		};
	}
	return undefined;
};

function noCredit(quote: string): ServiceExplanation {
	return {
		message: 'The ElevenLabs account is out of credits',
		description: `Nothing was charged. Add credits or raise the key’s limit in the ElevenLabs dashboard, then run this again.${quote}`,
	};
}

function noPermission(path: string, quote: string): LacksPermission {
	const permission = path.startsWith(WEBHOOKS) ? 'Webhooks' : 'Speech to Text';
	return {
		message: `The ElevenLabs API key doesn’t have the ${permission} permission`,
		description: `New keys are restricted by default. Edit the key in the ElevenLabs dashboard and give it access to ${permission}, or use another key.${quote}`,
		lacksPermission: true,
	};
}

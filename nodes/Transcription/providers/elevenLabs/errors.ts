import { type Explain, type ServiceExplanation, ServiceError } from '../../http/errors';

/** A refusal for want of a permission, which some callers can do without. */
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

/** Source: ElevenLabs OpenAPI, and ElevenLabs docs, “Errors”. A missing permission and an empty account may be a 401. */
export const explain: Explain = (status, detail, path) => {
	const said = detail ? ` ElevenLabs says: ${detail}` : '';
	if ((status === 401 || status === 403) && NO_CREDIT.test(detail)) return noCredit(said);
	if (status === 402) return noCredit(said);
	if ((status === 401 && NO_PERMISSION.test(detail)) || status === 403) return noPermission(path, said);
	if (status === 401) {
		return {
			message: 'ElevenLabs did not accept the API key',
			description: `Check that the key was copied completely, and the region: data residency regions have accounts and keys of their own.${said}`,
		};
	}
	if (status === 404 && path.startsWith(TRANSCRIPTS)) {
		return {
			message: `ElevenLabs has no transcript with the ID “${path.slice(TRANSCRIPTS.length)}”`,
			description: `It is not finished yet (ElevenLabs does not tell the state of a job), or it was deleted or never kept, or the ID belongs to another account or region.${said}`,
		};
	}
	if (status === 429 && TOO_MANY_AT_ONCE.test(detail)) {
		return {
			message: 'ElevenLabs is already transcribing as many recordings as the plan of this account allows',
			description: `Submit fewer at a time (Loop Over Items with a Wait), or try again when some are done.${said}`,
		};
	}
	if (status === 429 && BUSY.test(detail)) {
		return {
			message: 'ElevenLabs is too busy to take the recording',
			description: `Nothing was submitted, and it is not for the number of your requests. Try again in a few minutes.${said}`,
		};
	}
	if (status >= 400 && status < 500 && path === SUBMIT && /webhook/i.test(detail)) {
		return {
			message: 'ElevenLabs did not accept the job for want of a webhook it could announce it to',
			description: `It transcribes in the background only where the workspace has a webhook for speech to text. Publish a workflow with a Transcription Trigger for ElevenLabs, or make a webhook in the ElevenLabs dashboard and link it to the speech-to-text events; check the option “Webhook ID” where it is set.${said}`,
		};
	}
	if ((status === 400 || status === 422) && path === WEBHOOKS) {
		return {
			message: 'ElevenLabs did not accept the URL of the trigger for a webhook',
			description: `It must begin with https:// and be reachable from the internet: set WEBHOOK_URL of this n8n to its public address.${said}`,
		};
	}
	return undefined;
};

function noCredit(said: string): ServiceExplanation {
	return {
		message: 'The credits of the ElevenLabs account are used up',
		description: `Nothing was charged. Add credits or raise the key's limit in the ElevenLabs dashboard, then run this again.${said}`,
	};
}

function noPermission(path: string, said: string): LacksPermission {
	const what = path.startsWith(WEBHOOKS) ? 'Webhooks' : 'Speech to Text';
	return {
		message: `The ElevenLabs API key lacks the permission for ${what}`,
		description: `Keys are restricted unless made otherwise. Edit the key in the ElevenLabs dashboard and give it access to ${what}, or use another.${said}`,
		lacksPermission: true,
	};
}

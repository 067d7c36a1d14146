import { memberAt } from '../../core/json';
import { type Explain, type ServiceExplanation, ServiceError } from '../../http/errors';

/** Marks errors caused by a missing permission, which some callers can handle. */
interface LacksPermission extends ServiceExplanation {
	lacksPermission: true;
}

export function lacksPermission(error: unknown): boolean {
	return error instanceof ServiceError && 'lacksPermission' in error.explanation;
}

const NO_PERMISSION = /missing_permissions|insufficient_permissions|missing the permission/i;
/**
 * The dashboard shows a key's ID at any time, but the key itself only once. Source: responses recorded in August 2026.
 */
const KEY_ID = /api_key_id_used_as_api_key/i;
const INVALID_KEY = /^(invalid_api_key|authentication_error|unauthorized|needs_authorization)$/i;
const NO_CREDIT = /quota_exceeded|insufficient_credits|payment_required/i;
const TOO_MANY_AT_ONCE = /concurrent/i;
const BUSY = /system_busy|heavy traffic/i;
const WEBHOOKS = '/v1/workspace/webhooks';
const TRANSCRIPTS = '/v1/speech-to-text/transcripts/';
const SUBMIT = '/v1/speech-to-text';

/**
 * A missing permission or insufficient credit can also cause a 401, and a wrong key a 400. All three may have the
 * type `authentication_error`, so the type is checked last.
 *
 * Source: ElevenLabs docs, “Errors”; responses recorded in August 2026.
 */
export const explain: Explain = (status, detail, path, body) => {
	const quote = detail ? ` ElevenLabs says: ${detail}` : '';
	const codes = codesIn(body);
	const hasCode = (pattern: RegExp) => codes.some((code) => pattern.test(code));
	if ([401, 403].includes(status) && (hasCode(NO_CREDIT) || NO_CREDIT.test(detail))) return noCredit(quote);
	if (status === 402) return noCredit(quote);
	if (status === 401 && NO_PERMISSION.test(detail)) return noPermission(path, quote);
	if ([400, 401].includes(status) && hasCode(NO_PERMISSION)) return noPermission(path, quote);
	if ([400, 401, 403].includes(status) && hasCode(KEY_ID)) return keyId(quote);
	if (status === 401 || (status === 400 && hasCode(INVALID_KEY))) return invalidKey(quote);
	if (status === 403) return noPermission(path, quote);
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
			description: `ElevenLabs only transcribes asynchronously if the workspace has a speech-to-text webhook. Publish a workflow with a Transcription Trigger for ElevenLabs, or create a webhook in the ElevenLabs dashboard and link it to the speech-to-text events. If the “Webhook ID” option is set, make sure it’s correct.${quote}`,
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

/**
 * Returns the codes in an error response: `{detail: {type, code, message, status, request_id, param}}`. `status` is the
 * legacy name of `code`, but is sometimes more specific.
 */
function codesIn(body: unknown): string[] {
	return ['detail.status', 'detail.code', 'detail.type']
		.map((path) => memberAt(body, path))
		.filter((code) => typeof code === 'string');
}

function invalidKey(quote: string): ServiceExplanation {
	return {
		message: 'ElevenLabs didn’t accept the API key',
		description: `Check that the key is complete: it starts with “sk_”. Also check the region: data residency regions have separate accounts and keys.${quote}`,
		isAccountRefused: true,
	};
}

function keyId(quote: string): ServiceExplanation {
	return {
		message: 'The API Key in the credential is the ID of a key, not the key',
		description: `An ElevenLabs key starts with “sk_” and is shown only when it is created or rotated. Create or rotate a key in the ElevenLabs dashboard, and paste it into “API Key”.${quote}`,
		isAccountRefused: true,
	};
}

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

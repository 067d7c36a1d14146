import type { Explain, ServiceExplanation } from '../../http/errors';

/**
 * Explains errors by status and `error_type`, which `detail` contains after the message.
 * Source: Soniox docs, “Errors”; OpenAPI 1.0.0, the responses of each request.
 */
export const explain: Explain = (status, detail, path) => {
	const quote = detail ? ` Soniox says: ${detail}` : '';
	switch (status) {
		case 400:
			return invalid(detail, path, quote);
		case 401:
			return {
				message: 'Soniox didn’t accept the API key',
				description: `Check “API Key” and “Region” in the credential. A key only works in the region of its project.${quote}`,
			};
		case 402:
			return exhausted(detail, quote);
		case 403:
			return {
				message: 'Soniox doesn’t allow this API key to do that',
				description: `Check the permissions of the key in the Soniox Console, and that the file belongs to the same project.${quote}`,
			};
		case 404:
			return notFound(path, quote);
		case 409:
			return invalidState(detail, path, quote);
		case 429:
			return limitExceeded(detail, path, quote);
		default:
			return undefined;
	}
};

/** Display names of the node's parameters, by request field. */
const PARAMETERS = new Map([
	['audio_url', 'Audio URL'],
	['client_reference_id', 'Client Reference ID'],
	['context', 'Keyterms” or the options for “Context'],
	['enable_language_identification', 'Enable Language Identification'],
	['enable_speaker_diarization', 'Diarize'],
	['language_hints', 'Language'],
	['language_hints_strict', 'Language Hints Strict'],
	['model', 'Model'],
	['translation', 'Translation'],
]);

function invalid(detail: string, path: string, quote: string): ServiceExplanation | undefined {
	if (path === '/v1/files' && /exceed|too large|limit|size/i.test(detail)) {
		return {
			message: 'The file is larger than Soniox accepts',
			description: `Submit the recording by URL instead, or split or compress it.${quote}`,
		};
	}
	const field = /\bbody\.(?:payload\.)?([a-z_]+)/.exec(detail)?.[1];
	if (field?.startsWith('webhook_')) {
		return {
			message: 'Soniox didn’t accept the callback URL',
			description: `The URL must be reachable from the internet and no longer than 256 characters. Set the WEBHOOK_URL environment variable of this n8n instance to its public address.${quote}`,
		};
	}
	if (field === undefined) return undefined;
	return {
		message: `Soniox rejected the value of “${PARAMETERS.get(field) ?? field}”`,
		description: `Nothing was transcribed or charged. Correct the value in this node.${quote}`,
	};
}

function exhausted(detail: string, quote: string): ServiceExplanation {
	if (detail.includes('organization_monthly_budget_exhausted')) {
		return {
			message: 'The monthly budget of the Soniox organization is used up',
			description: `Nothing was transcribed or charged. Raise the organization’s budget in the Soniox Console, or wait until next month.${quote}`,
		};
	}
	if (detail.includes('project_monthly_budget_exhausted')) {
		return {
			message: 'The monthly budget of the Soniox project is used up',
			description: `Nothing was transcribed or charged. Raise the project’s budget in the Soniox Console, or wait until next month.${quote}`,
		};
	}
	return {
		message: 'The Soniox account is out of funds',
		description: `Nothing was transcribed or charged. Add funds or enable autopay in the Soniox Console, then run this again.${quote}`,
	};
}

/** Returns the ID in a path `/v1/<collection>/<ID>/…`. */
function idIn(path: string, collection: string): string | undefined {
	const [, , name, id] = path.split('/');
	return name === collection ? id : undefined;
}

function notFound(path: string, quote: string): ServiceExplanation | undefined {
	const id = idIn(path, 'transcriptions');
	if (!id) return undefined;
	return {
		message: `Soniox has no transcription with the ID “${id}”`,
		description: `Check that “Transcript ID” is correct and that the credential belongs to the project and region that created the transcription. It may have been deleted.${quote}`,
	};
}

function invalidState(detail: string, path: string, quote: string): ServiceExplanation | undefined {
	const id = idIn(path, 'transcriptions');
	if (!id) return undefined;
	if (!path.endsWith('/transcript')) {
		return {
			message: `Transcription ${id} is still in progress at Soniox and can’t be deleted yet`,
			description: `Delete it once it has finished.${quote}`,
		};
	}
	if (/no longer|deleted|expired|removed/i.test(detail)) {
		return {
			message: `Soniox no longer has transcript ${id}`,
			description: `Its text was deleted permanently. Submit the recording again if you still need it.${quote}`,
			isNotFound: true,
		};
	}
	return {
		message: `Soniox can’t return transcript ${id} right now`,
		description: `Check the status of the transcription, and try again in a minute.${quote}`,
	};
}

function limitExceeded(detail: string, path: string, quote: string): ServiceExplanation | undefined {
	// Limits per minute are temporary and handled by `explainStatus`.
	if (/per.minute/i.test(detail) || !detail.includes('limit_exceeded')) return undefined;
	if (/pending/i.test(detail)) {
		return {
			message: 'The Soniox account has too many pending transcriptions',
			description: `The limit is 100 pending transcriptions. Submit fewer recordings at a time (Loop Over Items with a Wait node), or try again later.${quote}`,
		};
	}
	const cleanUp =
		'Delete old ones in the Soniox Console, set “Delete After Fetching” in the options of the trigger or of Get to stay below the limit, or ask Soniox for a higher one.';
	if (path === '/v1/files') {
		return {
			message: 'The Soniox account has reached its limit of stored files',
			description: `Soniox keeps uploads indefinitely, up to 1,000 files or 10 GB. ${cleanUp}${quote}`,
		};
	}
	if (path === '/v1/transcriptions' && /count|total/i.test(detail)) {
		return {
			message: 'The Soniox account has reached its limit of stored transcriptions',
			description: `Soniox keeps transcriptions indefinitely, up to 2,000. ${cleanUp}${quote}`,
		};
	}
	return undefined;
}

import type { Explain, ServiceExplanation } from '../../http/errors';

/**
 * Soniox' refusals by their status and `error_type`, which stands in `detail` behind its message.
 * Source: Soniox docs, “Errors”; OpenAPI 1.0.0, the answers of each request.
 */
export const explain: Explain = (status, detail, path) => {
	const said = detail ? ` Soniox says: ${detail}` : '';
	switch (status) {
		case 400:
			return invalid(detail, path, said);
		case 401:
			return {
				message: 'Soniox did not accept the API key',
				description: `Check the API key and the region in the credential: a key works only in the region of its project.${said}`,
			};
		case 402:
			return exhausted(detail, said);
		case 403:
			return {
				message: 'Soniox does not allow this API key to do that',
				description: `Check the permissions of the key, and that the file belongs to its project, in the Soniox Console.${said}`,
			};
		case 404:
			return notFound(path, said);
		case 409:
			return invalidState(detail, path, said);
		case 429:
			return limitExceeded(detail, path, said);
		default:
			return undefined;
	}
};

/** Parameters of the node by the field of the request that they fill. */
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

function invalid(detail: string, path: string, said: string): ServiceExplanation | undefined {
	if (path === '/v1/files' && /exceed|too large|limit|size/i.test(detail)) {
		return {
			message: 'The file is larger than Soniox accepts',
			description: `Put the recording online and submit its URL instead, or split or compress it.${said}`,
		};
	}
	const field = /\bbody\.(?:payload\.)?([a-z_]+)/.exec(detail)?.[1];
	if (field?.startsWith('webhook_')) {
		return {
			message: 'Soniox did not accept the callback URL',
			description: `It must be reachable from the internet and have at most 256 characters. Set WEBHOOK_URL of this n8n to its public address.${said}`,
		};
	}
	if (field === undefined) return undefined;
	return {
		message: `Soniox refused the value of “${PARAMETERS.get(field) ?? field}”`,
		description: `Nothing was transcribed or charged. Correct it in this node.${said}`,
	};
}

function exhausted(detail: string, said: string): ServiceExplanation {
	if (detail.includes('organization_monthly_budget_exhausted')) {
		return {
			message: 'The monthly budget of the Soniox organization is used up',
			description: `Nothing was transcribed or charged. Raise the organization's budget in the Soniox Console, or wait for the next month.${said}`,
		};
	}
	if (detail.includes('project_monthly_budget_exhausted')) {
		return {
			message: 'The monthly budget of the Soniox project is used up',
			description: `Nothing was transcribed or charged. Raise the project's budget in the Soniox Console, or wait for the next month.${said}`,
		};
	}
	return {
		message: 'The balance of the Soniox account is exhausted',
		description: `Nothing was transcribed or charged. Add funds or enable autopay in the Soniox Console, then run this again.${said}`,
	};
}

/** `/v1/<files or transcriptions>/<ID>` and what may follow. */
function idIn(path: string, collection: string): string | undefined {
	const [, , name, id] = path.split('/');
	return name === collection ? id : undefined;
}

function notFound(path: string, said: string): ServiceExplanation | undefined {
	const id = idIn(path, 'transcriptions');
	if (!id) return undefined;
	return {
		message: `Soniox has no transcription with the ID “${id}”`,
		description: `Check the Transcript ID, whether it was deleted, and that the credential belongs to the project and region that made it.${said}`,
	};
}

function invalidState(detail: string, path: string, said: string): ServiceExplanation | undefined {
	const id = idIn(path, 'transcriptions');
	if (!id) return undefined;
	if (!path.endsWith('/transcript')) {
		return {
			message: `Soniox is still working on the transcription ${id}, which cannot be deleted yet`,
			description: `Delete it once it has ended.${said}`,
		};
	}
	if (/no longer|deleted|expired|removed/i.test(detail)) {
		return {
			message: `Soniox no longer has the transcript ${id}`,
			description: `Its text is gone for good. Submit the recording again if you still need it.${said}`,
			isNotFound: true,
		};
	}
	return {
		message: `Soniox does not give out the transcript ${id} at the moment`,
		description: `Try again in a minute, and look at the state of the transcription.${said}`,
	};
}

function limitExceeded(detail: string, path: string, said: string): ServiceExplanation | undefined {
	// Those per minute pass by themselves; `explainStatus` knows what to do.
	if (/per.minute/i.test(detail) || !detail.includes('limit_exceeded')) return undefined;
	if (/pending/i.test(detail)) {
		return {
			message: 'Too many transcriptions are waiting at Soniox',
			description: `An account may have 100 that were not begun. Submit fewer at a time (Loop Over Items with a Wait), or try again later.${said}`,
		};
	}
	const cleanUp =
		'Delete old ones in the Soniox Console, choose “Delete After Fetching” in the options of the trigger or of Get so that it stays that way, or ask Soniox for a higher limit.';
	if (path === '/v1/files') {
		return {
			message: 'Soniox holds as many files as the account may keep',
			description: `It keeps uploads for ever, up to 1,000 or 10 GB. ${cleanUp}${said}`,
		};
	}
	if (path === '/v1/transcriptions' && /count|total/i.test(detail)) {
		return {
			message: 'Soniox holds as many transcriptions as the account may keep',
			description: `It keeps them for ever, up to 2,000. ${cleanUp}${said}`,
		};
	}
	return undefined;
}

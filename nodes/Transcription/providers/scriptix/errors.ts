import type { Explain } from '../../http/errors';
import { FOR_LARGER_STT_FILES, SESSIONS_PATH, STT_PATH } from './constants';

/** Source: docs.scriptix.io, “Error codes”. */
export const explain: Explain = (status, detail, path) => {
	const quote = detail ? ` Scriptix says: ${detail}` : '';
	const [, session] = new RegExp(`^${SESSIONS_PATH}/([^/]+)`).exec(path) ?? [];
	const [, resultOf] = new RegExp(`^(?:${SESSIONS_PATH}|${STT_PATH})/([^/]+)/result$`).exec(path) ?? [];
	switch (status) {
		case 401:
			return {
				message: 'Scriptix didn’t accept the API key',
				description: `Check that “API Key” in the credential is a batch key, or try another “Authentication Header” there.${quote}`,
			};
		case 402:
			return {
				message: 'The Scriptix account is out of funds',
				description: `Nothing was transcribed or charged. Top up the Scriptix account, then run this again.${quote}`,
			};
		case 403:
			return resultOf
				? {
						message: 'Scriptix only returns a result to the API key that submitted the recording',
						description: `Use the credential that submitted the recording.${quote}`,
					}
				: undefined;
		case 404:
			if (resultOf) {
				return {
					message: `Scriptix has no result for job “${resultOf}”`,
					description: `The job exists, but its result was deleted, isn’t available yet, or belongs to another API key.${quote}`,
				};
			}
			return session
				? {
						message: `Scriptix has no session with the ID “${session}”`,
						description: `Check “Transcript ID”, “API Generation” in the credential, and that the credential belongs to the account that created the session.${quote}`,
					}
				: undefined;
		case 409:
			return {
				message: 'Scriptix can’t process this request in the job’s current state',
				description: `The job may still be in progress, or may have already finished. Check its status with Get.${quote}`,
			};
		case 413:
			return path === STT_PATH
				? { message: 'The recording is larger than Scriptix accepts', description: `${FOR_LARGER_STT_FILES}${quote}` }
				: undefined;
		case 429:
			return {
				message: 'Scriptix is receiving too many requests with this API key',
				description: `The limit is 60 requests per minute. Send fewer at a time (Loop Over Items with a Wait node), or try again in a minute.${quote}`,
			};
		default:
			return rejectedField(status, detail);
	}
};

function rejectedField(status: number, detail: string): ReturnType<Explain> {
	if (status !== 400 && status !== 422) return undefined;
	const quote = `Scriptix says: ${detail}`;
	// Source: docs.scriptix.io, Core APIs, “Removing Results”: 400.
	if (/already (marked as )?removed/i.test(detail)) {
		return {
			message: 'Scriptix has already deleted this job',
			description: `Its transcript can’t be fetched again. ${quote}`,
			isNotFound: true,
		};
	}
	if (/webhook/i.test(detail)) {
		return {
			message: 'Scriptix didn’t accept the callback URL',
			description: `The URL must start with https:// and use a public host name, not an IP address. Set the WEBHOOK_URL environment variable of this n8n instance to such an address. ${quote}`,
		};
	}
	if (/\blanguage\b/i.test(detail)) {
		return {
			message: 'Scriptix didn’t accept the language',
			description: `Set the “Language” option to a code listed in your Scriptix portal. Not every account supports language detection. ${quote}`,
		};
	}
	return undefined;
}

import type { Explain, ServiceExplanation } from '../../http/errors';

/**
 * What InstantTranscriber says when it refuses is not documented, so only the status is gone by, and its own words are
 * passed on. Source of the limits: instanttranscriber.com, “API”, plans: 50 MiB for a file on the free plan, 1 GiB on
 * the API plan, ten jobs at a time; keys have the form `it_live_<key ID>_<secret>`.
 */
export const explain: Explain = (status, detail, path) => {
	const [, , , id] = path.split('/');
	const says = detail ? ` InstantTranscriber says: ${detail}` : '';
	switch (status) {
		case 401:
			return {
				message: 'InstantTranscriber did not accept the API key',
				description: `Enter the key from the account settings as it was shown when it was made; it begins with “it_live_”. Then press Retry in the credential.${says}`,
			};
		case 402:
			return {
				message: 'The InstantTranscriber account has no audio hours left, or no plan that allows this',
				description: `Nothing was transcribed. Check the quota in the account settings, then run this again.${says}`,
			};
		case 403:
			return {
				message: 'InstantTranscriber does not allow this API key to do that',
				description: `Check in the account settings that the key is active, that the plan includes what was asked for, and that audio hours are left.${says}`,
			};
		case 404:
		case 410:
			return notThere(id, path, says);
		case 409:
			return {
				message: 'InstantTranscriber cannot do that in the state the job is in',
				description: `It may still be working on it. Try again in a few minutes.${says}`,
			};
		case 413:
			return {
				message: 'The file is larger than InstantTranscriber accepts',
				description: `The free plan takes 50 MiB, the API plan 1 GiB. Compress or split the recording, put it online and submit its URL, or change the plan.${says}`,
			};
		case 415:
			return {
				message: 'InstantTranscriber does not take this kind of file or request',
				description: `Convert the recording to MP3, WAV or M4A. If every file is refused, check “File Field Name” in the credential.${says}`,
			};
		case 400:
		case 422:
			return {
				message: `InstantTranscriber refused the request (status ${status})`,
				description: `Check the options of this node${path.endsWith('/transcriptions') ? ', and “File Field Name” in the credential if it misses the file' : ''}.${says}`,
			};
		case 429:
			return {
				message: 'InstantTranscriber is receiving too many requests or jobs from this account',
				description: `It works on ten jobs at a time. Submit fewer (Loop Over Items with a Wait), or try again when some are done.${says}`,
			};
		default:
			return undefined;
	}
};

function notThere(id: string | undefined, path: string, says: string): ServiceExplanation {
	if (id) {
		return {
			message: `InstantTranscriber has no transcript with the ID “${id}”`,
			description: `Check the Transcript ID, and that the credential belongs to the account that made it. It may have been deleted.${says}`,
			isNotFound: true,
		};
	}
	return {
		message: path === '' ? 'InstantTranscriber no longer has the file it gave a link to' : 'InstantTranscriber found nothing there',
		description:
			path === ''
				? `Run this again: the link is looked up anew each time.${says}`
				: `With a custom base URL, enter the address without “/v1”: this node adds that itself.${says}`,
		isNotFound: false,
	};
}

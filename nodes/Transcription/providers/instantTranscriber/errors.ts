import type { Explain, ServiceExplanation } from '../../http/errors';

/**
 * InstantTranscriber doesn't document its error responses, so only the status is interpreted, and the service's message
 * is passed on. The limits come from instanttranscriber.com, “API”, plans: 50 MiB per file on the free plan, 1 GiB on
 * the API plan, ten jobs at a time; keys have the form `it_live_<key ID>_<secret>`.
 */
export const explain: Explain = (status, detail, path) => {
	const [, , , id] = path.split('/');
	const quote = detail ? ` InstantTranscriber says: ${detail}` : '';
	switch (status) {
		case 401:
			return {
				message: 'InstantTranscriber didn’t accept the API key',
				description: `Enter the key from the account settings exactly as it was shown when it was created. It starts with “it_live_”. Then select Retry in the credential.${quote}`,
			};
		case 402:
			return {
				message: 'The InstantTranscriber account has no audio hours left, or its plan doesn’t include this',
				description: `Nothing was transcribed. Check the quota in the account settings, then run this again.${quote}`,
			};
		case 403:
			return {
				message: 'InstantTranscriber doesn’t allow this API key to do that',
				description: `Check in the account settings that the key is active, that the plan includes the requested features, and that audio hours are left.${quote}`,
			};
		case 404:
		case 410:
			return notFound(id, path, quote);
		case 409:
			return {
				message: 'InstantTranscriber can’t process this request in the job’s current state',
				description: `The job may still be in progress. Try again in a few minutes.${quote}`,
			};
		case 413:
			return {
				message: 'The file is larger than InstantTranscriber accepts',
				description: `The limit is 50 MiB on the free plan and 1 GiB on the API plan. Compress or split the recording, submit its URL instead, or change the plan.${quote}`,
			};
		case 415:
			return {
				message: 'InstantTranscriber doesn’t accept this kind of file or request',
				description: `Convert the recording to MP3, WAV, or M4A. If every file is rejected, check “File Field Name” in the credential.${quote}`,
			};
		case 400:
		case 422:
			return {
				message: `InstantTranscriber rejected the request (status ${status})`,
				description: `Check the options of this node${path.endsWith('/transcriptions') ? ', and “File Field Name” in the credential if the file is reported missing' : ''}.${quote}`,
			};
		case 429:
			return {
				message: 'InstantTranscriber is receiving too many requests or jobs from this account',
				description: `The limit is ten jobs at a time. Submit fewer recordings at a time (Loop Over Items with a Wait node), or try again once some are done.${quote}`,
			};
		default:
			return undefined;
	}
};

function notFound(id: string | undefined, path: string, quote: string): ServiceExplanation {
	if (id) {
		return {
			message: `InstantTranscriber has no transcript with the ID “${id}”`,
			description: `Check that “Transcript ID” is correct and that the credential belongs to the account that created the transcript. It may have been deleted.${quote}`,
			isNotFound: true,
		};
	}
	return {
		message:
			path === ''
				? 'InstantTranscriber’s download link no longer works'
				: 'InstantTranscriber couldn’t find the resource',
		description:
			path === ''
				? `Run this again to get a new link.${quote}`
				: `If the credential has a custom Base URL, enter it without “/v1”, which this node adds.${quote}`,
		isNotFound: false,
	};
}

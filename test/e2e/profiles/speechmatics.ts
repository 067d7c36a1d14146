import { type ProviderProfile, SECRET_HEADER } from './profile';

export const speechmatics: ProviderProfile = {
	name: 'Speechmatics',
	provider: 'speechmatics',
	requests: {
		upload: { method: 'POST', path: '/v2/jobs' },
		submit: { method: 'POST', path: '/v2/jobs' },
		fetch: { method: 'GET', path: '/v2/jobs/*' },
	},
	spoilings: SECRET_HEADER,
	// The event is in the query string, which any caller can forge.
	forgeries: (jobId) => {
		const body = { id: jobId };
		const query = `?id=${jobId}&status=success`;
		return [
			{ about: 'no secret', body, query },
			{ about: 'a guessed secret', body, query, headers: { 'x-transcription-webhook-secret': 'f'.repeat(64) } },
			{ about: 'the API key', body, query, headers: { 'x-transcription-webhook-secret': 'sandbox-speechmatics-key' } },
		];
	},
	failureSeenBy: 'callback',
	says: {
		'Submit, no credit': /doesn’t allow this API key.*your contract may not include/s,
		'Submit, 403': /doesn’t allow this API key.*may have expired/s,
		'Get, 403': /doesn’t allow this API key.*may have expired/s,
	},
	// Channels are only returned if they were separated, and the model only if one was requested.
	unknown: ['confidence', 'model', 'utterances.channel', 'utterances.confidence', 'words.channel'],
};

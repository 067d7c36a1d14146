import { type ProviderProfile, SECRET_HEADER } from './profile';

export const soniox: ProviderProfile = {
	name: 'Soniox',
	provider: 'soniox',
	requests: {
		upload: { method: 'POST', path: '/v1/files' },
		submit: { method: 'POST', path: '/v1/transcriptions' },
		fetch: { method: 'GET', path: '/v1/transcriptions/*' },
		conflict: { method: 'GET', path: '/v1/transcriptions/*/transcript' },
	},
	spoilings: SECRET_HEADER,
	forgeries: (jobId) => {
		const body = { id: jobId, status: 'completed' };
		return [
			{ about: 'no secret', body },
			{ about: 'a guessed secret', body, headers: { 'x-transcription-webhook-secret': 'f'.repeat(64) } },
			{ about: 'the API key', body, headers: { 'x-transcription-webhook-secret': 'sandbox-soniox-key' } },
		];
	},
	failureSeenBy: 'callback',
	says: {
		'Submit, no credit': /Soniox account is out of funds.*Add funds/s,
		'Submit, 402': /Soniox account is out of funds.*Add funds/s,
		'Submit, 403': /doesn’t allow this API key.*Check the permissions/s,
		'Get, 403': /doesn’t allow this API key.*Check the permissions/s,
		'Get, 409': /can’t return transcript .* right now.*try again/s,
		'Get, unknown ID': /has no transcription with the ID.*Check that “Transcript ID”/s,
		'Get, deleted': /has no transcription with the ID.*It may have been deleted/s,
	},
	// The language is only returned with Enable Language Identification.
	unknown: [
		'language',
		'languageConfidence',
		'confidence',
		'completedAt',
		'words.channel',
		'utterances.channel',
		'utterances.confidence',
	],
};

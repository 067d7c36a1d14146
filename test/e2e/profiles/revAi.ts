import { type ProviderProfile, SECRET_HEADER } from './profile';

export const revAi: ProviderProfile = {
	name: 'Rev AI',
	provider: 'revAi',
	requests: {
		upload: { method: 'POST', path: '/speechtotext/v1/jobs' },
		submit: { method: 'POST', path: '/speechtotext/v1/jobs' },
		fetch: { method: 'GET', path: '/speechtotext/v1/jobs/*' },
		conflict: { method: 'GET', path: '/speechtotext/v1/jobs/*/transcript' },
	},
	spoilings: SECRET_HEADER,
	forgeries: (jobId) => {
		const body = { job: { id: jobId, status: 'transcribed', type: 'async' } };
		return [
			{ about: 'no secret', body },
			{ about: 'a guessed secret', body, headers: { authorization: `Bearer ${'f'.repeat(64)}` } },
			{ about: 'the API key', body, headers: { authorization: 'Bearer sandbox-revai-key' } },
			{ about: 'another scheme', body, headers: { authorization: `Basic ${'f'.repeat(64)}` } },
		];
	},
	failureSeenBy: 'callback',
	says: {
		'Submit, 403': /doesn’t allow this account.*Check “Region”/s,
		'Get, 403': /doesn’t allow this account.*Check “Region”/s,
		'Get, 409': /can’t do this with job .* in its current state.*Wait until/s,
	},
	notApplicable: {
		'no credit': 'the job of an account without credits is accepted, and then fails',
	},
	// Channels are only returned if they were requested.
	unknown: ['languageConfidence', 'confidence', 'utterances.channel', 'utterances.confidence', 'words.channel'],
};

import type { ProviderProfile } from './profile';

export const gladia: ProviderProfile = {
	name: 'Gladia',
	provider: 'gladia',
	requests: {
		upload: { method: 'POST', path: '/v2/upload' },
		submit: { method: 'POST', path: '/v2/pre-recorded' },
		fetch: { method: 'GET', path: '/v2/pre-recorded/*' },
	},
	// The proof is in the URL, which a forged callback of the sandbox doesn't change.
	spoilings: [],
	forgeries: (jobId) => {
		const body = { id: jobId, event: 'transcription.success', payload: {} };
		return [
			{ about: 'no token', body },
			{ about: 'a guessed token', body, query: `?token=${'f'.repeat(43)}` },
			{ about: 'the API key', body, query: '?token=sandbox-gladia-key' },
			{ about: 'the header of other services', body, headers: { 'x-transcription-webhook-secret': 'f'.repeat(64) } },
		];
	},
	failureSeenBy: 'callback',
	says: {
		'Submit, no credit': /doesn’t allow this API key.*your plan/s,
		'Submit, 403': /doesn’t allow this API key.*your plan/s,
		'Get, 403': /doesn’t allow this API key.*belongs to this account/s,
	},
	unknown: ['languageConfidence', 'confidence'],
};

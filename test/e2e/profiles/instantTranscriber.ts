import { type Forgery, type ProviderProfile, SIGNATURE } from './profile';

/** The service doesn't document how it signs callbacks. The credential controls whether signatures are checked. */

const common = {
	provider: 'instantTranscriber',
	requests: {
		upload: { method: 'POST', path: '/v1/transcriptions' },
		submit: { method: 'POST', path: '/v1/transcriptions' },
		fetch: { method: 'GET', path: '/v1/transcriptions/*' },
	},
	forgeries: (jobId: string): Forgery[] => {
		const body = { id: jobId, status: 'completed' };
		return [
			{ about: 'no token', body },
			{ about: 'a guessed token', body, query: `?token=${'f'.repeat(43)}` },
			{
				about: 'a signature without a token',
				body,
				headers: { 'x-instanttranscriber-signature': `sha256=${'f'.repeat(64)}` },
			},
		];
	},
	failureSeenBy: 'callback',
	says: {
		'Submit, wrong key': /didn’t accept the API key.*Enter the key/s,
		'Get, wrong key': /didn’t accept the API key.*Enter the key/s,
		'Submit, no credit': /no audio hours left.*Check the quota/s,
		'Submit, 402': /no audio hours left.*Check the quota/s,
		'Submit, 403': /doesn’t allow this API key.*Check in the account settings/s,
		'Get, 403': /doesn’t allow this API key.*Check in the account settings/s,
		'Submit, 409': /in the job’s current state.*Try again/s,
		'Get, 409': /in the job’s current state.*Try again/s,
		'Submit, 413': /larger than .* accepts.*Compress or split/s,
		'Submit, 422': /rejected the request \(status 422\).*Check the options/s,
		'Submit, 429': /too many requests or jobs.*Submit fewer/s,
		'Get, 429': /too many requests or jobs.*Submit fewer/s,
	},
	unknown: [
		'recordingName',
		'model',
		'languageConfidence',
		'confidence',
		'words.channel',
		'utterances.channel',
		'utterances.confidence',
	],
} satisfies Partial<ProviderProfile>;

/** The default: callbacks are verified by a token in the URL. */
export const instantTranscriberToken: ProviderProfile = {
	...common,
	name: 'InstantTranscriber',
	spoilings: [],
};

export const instantTranscriberSigned: ProviderProfile = {
	...common,
	name: 'InstantTr. signed',
	credential: { signatureCheck: 'required' },
	spoilings: SIGNATURE,
};

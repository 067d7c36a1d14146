import { type Forgery, type ProviderProfile, SECRET_HEADER, SIGNATURE } from './profile';

/** The credential specifies which generation of the API the account uses. */

const says: ProviderProfile['says'] = {
	'Get, 409': /in the job’s current state.*Check its status/s,
	'Submit, 409': /in the job’s current state.*Check its status/s,
};

const SESSION = '/api/v3/speech-to-text/session';

export const scriptixSessions: ProviderProfile = {
	name: 'Scriptix sessions',
	provider: 'scriptix',
	credential: { apiGeneration: 'sessions' },
	requests: {
		upload: { method: 'PUT', path: '/storage/uploads/*' },
		submit: { method: 'POST', path: SESSION },
		uploadComesLast: true,
		fetch: { method: 'GET', path: `${SESSION}/*` },
	},
	spoilings: SECRET_HEADER,
	forgeries: (jobId): Forgery[] => {
		const body = { sessionId: jobId, zoom_id: jobId };
		const session = { 'x-scriptix-session': jobId };
		return [
			{ about: 'no secret', body, headers: session },
			{ about: 'a guessed secret', body, headers: { ...session, 'x-transcription-webhook-secret': 'f'.repeat(64) } },
			{ about: 'the API key', body, headers: { ...session, 'x-transcription-webhook-secret': 'sandbox-scriptix-key' } },
		];
	},
	// The service sends no callbacks for failed sessions.
	failureSeenBy: 'get',
	says: {
		...says,
		'Submit, 413': /larger than .* accepts.*split or compress.*has been deleted, so you can run this again/s,
		'Get, unknown ID': /has no session with the ID.*Check “Transcript ID”/s,
		'Get, deleted': /has no session with the ID.*Check “Transcript ID”/s,
	},
	unknown: ['model', 'languageConfidence', 'confidence'],
};

export const scriptixStt: ProviderProfile = {
	name: 'Scriptix /stt',
	provider: 'scriptix',
	// The default API. The sandbox signs callbacks for its first account with this secret.
	credential: { webhookSecret: 'sandbox-scriptix-webhook-secret' },
	requests: {
		upload: { method: 'POST', path: '/api/v3/stt' },
		submit: { method: 'POST', path: '/api/v3/stt' },
		fetch: { method: 'GET', path: '/api/v3/stt/*/status' },
	},
	spoilings: SIGNATURE,
	forgeries: (jobId): Forgery[] => {
		const body = {
			event: 'transcription.completed',
			timestamp: new Date().toISOString(),
			data: { id: jobId, status: 'completed' },
		};
		return [
			{ about: 'no signature', body },
			{ about: 'a guessed signature', body, headers: { 'x-scriptix-signature': `sha256=${'f'.repeat(64)}` } },
			{
				about: 'the secret of other ways to prove it',
				body,
				headers: { 'x-transcription-webhook-secret': 'sandbox-scriptix-webhook-secret' },
			},
		];
	},
	failureSeenBy: 'callback',
	says: {
		...says,
		'Get, unknown ID': /has no job with the ID.*Check “Transcript ID”/s,
	},
	notApplicable: {
		URL: 'the /stt API of Scriptix only accepts files',
		'clean-up': 'the /stt API of Scriptix doesn’t support deleting a job',
	},
	unknown: [
		'recordingName',
		'model',
		'languageConfidence',
		'confidence',
		'createdAt',
		'completedAt',
		'words.channel',
		'utterances.channel',
	],
};

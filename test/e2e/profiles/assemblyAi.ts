import { type ProviderProfile, SECRET_HEADER } from './profile';

export const API_KEY = 'sandbox-assemblyai-key';

export const assemblyAi: ProviderProfile = {
	name: 'AssemblyAI',
	provider: 'assemblyAi',
	requests: {
		upload: { method: 'POST', path: '/v2/upload' },
		submit: { method: 'POST', path: '/v2/transcript' },
		fetch: { method: 'GET', path: '/v2/transcript/*' },
	},
	spoilings: SECRET_HEADER,
	forgeries: (jobId) => {
		const body = { transcript_id: jobId, status: 'completed' };
		return [
			{ about: 'no secret', body },
			{ about: 'a guessed secret', body, headers: { 'x-transcription-webhook-secret': 'f'.repeat(64) } },
			{ about: 'the API key', body, headers: { 'x-transcription-webhook-secret': API_KEY } },
		];
	},
	failureSeenBy: 'callback',
	// An uploaded file has no name there.
	unknown: ['recordingName', 'createdAt', 'completedAt', 'words.channel', 'utterances.channel'],
};

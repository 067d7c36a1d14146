import type { ProviderName, Sandbox } from '../../../sandbox';
import { type CredentialData, type Forgery, type ProviderProfile, SIGNATURE } from './profile';

/** The service sends callbacks to the workspace's webhooks, which the trigger or a user creates. */

const common = {
	provider: 'elevenLabs',
	requests: {
		upload: { method: 'POST', path: '/v1/speech-to-text' },
		submit: { method: 'POST', path: '/v1/speech-to-text' },
		fetch: { method: 'GET', path: '/v1/speech-to-text/transcripts/*' },
	},
	spoilings: SIGNATURE,
	forgeries: (jobId: string): Forgery[] => {
		const body = {
			type: 'speech_to_text_transcription',
			data: {
				request_id: jobId,
				transcription: { transcription_id: jobId, language_code: 'en', text: 'Forged', words: [] },
			},
		};
		const now = Math.floor(Date.now() / 1000);
		return [
			{ about: 'no signature', body },
			{ about: 'a guessed signature', body, headers: { 'elevenlabs-signature': `t=${now},v0=${'f'.repeat(64)}` } },
			{ about: 'no time', body, headers: { 'elevenlabs-signature': `v0=${'f'.repeat(64)}` } },
			{ about: 'a guessed secret of the header', body, headers: { 'x-transcription-webhook-secret': 'f'.repeat(64) } },
		];
	},
	failureSeenBy: 'callback',
	says: {
		'Submit, wrong key': /didn’t accept the API key.*Check that the key/s,
		'Get, wrong key': /didn’t accept the API key.*Check that the key/s,
		'Submit, no credit': /ElevenLabs account is out of credits.*Add credits/s,
		'Submit, 402': /ElevenLabs account is out of credits.*Add credits/s,
		'Submit, 403': /doesn’t have the .* permission.*Edit the key/s,
		'Get, 403': /doesn’t have the .* permission.*Edit the key/s,
		'Get, unknown ID': /has no transcript with the ID.*may not be done yet.*the ID may belong to another account/s,
		'Get, deleted': /has no transcript with the ID.*may have been deleted/s,
	},
	unknown: [
		'recordingName',
		'model',
		'createdAt',
		'completedAt',
		'confidence',
		'words.channel',
		'utterances.channel',
		'utterances.confidence',
	],
} satisfies Partial<ProviderProfile>;

export const elevenLabsRegistered: ProviderProfile = { ...common, name: 'ElevenLabs' };

export const elevenLabsByHand: ProviderProfile = {
	...common,
	name: 'ElevenLabs, manual webhook',
	credential: { webhookSetup: 'manual' },
	setUp: async (sandbox, triggerUrl) => ({ webhookSecret: await webhookByHand(sandbox, triggerUrl) }),
};

/** Creates a webhook for this URL, as a user would in the dashboard. @returns its secret */
async function webhookByHand(sandbox: Sandbox, url: string): Promise<string> {
	const service = common.provider as ProviderName;
	const ask = async (method: string, path: string, body: object): Promise<CredentialData> => {
		const answer = await fetch(`${sandbox.baseUrl(service)}/v1/workspace/webhooks${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'xi-api-key': sandbox.accounts(service)[0]?.apiKey ?? '' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as CredentialData;
	};
	const name = 'By hand';
	const created = await ask('POST', '', { settings: { auth_type: 'hmac', name, webhook_url: url } });
	await ask('PATCH', `/${String(created.webhook_id)}`, { is_disabled: false, name, events: ['speech_to_text'] });
	return String(created.webhook_secret);
}

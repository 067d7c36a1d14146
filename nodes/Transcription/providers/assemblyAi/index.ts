import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import { SECRET_HEADER } from '../../callback/headerSecret';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import type { AudioSource, CallbackTarget, Provider, SubmittedJob } from '../provider';
import { submittedJob } from '../submittedJob';
import { targetSecrets } from '../targetSecrets';
import { callback, REDACTED_AUDIO_READY } from './callback';
import { LANGUAGES, MODELS } from './choices';
import { deletion } from './deletion';
import { explain } from './explain';
import { fetchJob } from './job';
import { listing } from './listing';
import { SUBMIT_OPTIONS } from './options';
import { ASSEMBLYAI_REGIONS } from './regions';
import { requestBody } from './request/body';
import { serviceFiles } from './serviceFiles';
import { DISPLAY_NAME, NAME, toStatus } from './transcript';

const uploadAnswer = z.object({ upload_url: z.string() });

/** AssemblyAI, pre-recorded audio. Source unless said otherwise: OpenAPI 1.3.4. */
export const assemblyAi: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'assemblyAiTranscriptionApi',
	regions: ASSEMBLYAI_REGIONS,
	// AssemblyAI docs, “Supported file types”: 2.2 GB by upload, 5 GB by URL.
	limits: () => ({ uploadBytes: 2_200_000_000, callbackUrlLength: LONGEST_CALLBACK_URL }),
	models: MODELS,
	languages: LANGUAGES,
	submitOptions: SUBMIT_OPTIONS,
	extraEvents: [
		{
			name: 'Redacted Audio Ready',
			value: REDACTED_AUDIO_READY,
			description: 'A copy of the recording without personal data can be downloaded',
		},
	],
	echoesCallbackUrl: true,
	triggerNotice:
		'Nothing to set up at AssemblyAI: <b>Submit</b> hands it this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
	explain,
	planSubmit(options) {
		const body = requestBody(options);
		return async (api, source, target) => await submit(api, body, source, target);
	},
	callback,
	fetchJob,
	serviceFiles,
	deletion,
	listing,
};

async function submit(
	api: ProviderApi,
	body: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const audioUrl = 'url' in source ? source.url : await upload(api, source);
	const { body: answer } = await api.request({
		method: 'POST',
		path: '/v2/transcript',
		json: {
			...body,
			audio_url: audioUrl,
			...(target && {
				webhook_url: target.url,
				webhook_auth_header_name: SECRET_HEADER,
				webhook_auth_header_value: target.secret,
			}),
		},
		repeat: 'onlyIfRefused',
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, answer, ['id'], toStatus);
}

async function upload(api: ProviderApi, source: Extract<AudioSource, { file: unknown }>): Promise<string> {
	// An upload that nothing refers to costs nothing and is deleted by the service, so it may be repeated.
	const { body } = await api.request({ method: 'POST', path: '/v2/upload', upload: source.file, repeat: 'safe' });
	return readAnswer(DISPLAY_NAME, uploadAnswer, body).upload_url;
}

import { SECRET_HEADER } from '../../../core/redact';
import { DISPLAY_NAME } from '../constants';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import type { AudioSource, CallbackTarget, SubmittedJob } from '../../provider';
import { submittedJob, targetSecrets } from '../../common/submittedJob';
import { toStatus } from '../transcript';

const uploadSchema = z.object({ upload_url: z.string() });

export async function submit(
	api: ProviderApi,
	body: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const audioUrl = 'url' in source ? source.url : await upload(api, source);
	const { body: response } = await api.request({
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
		idempotent: false,
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, response, ['id'], toStatus);
}

async function upload(api: ProviderApi, source: Extract<AudioSource, { file: unknown }>): Promise<string> {
	// Idempotent: the service deletes an unused upload and doesn't charge for it.
	const { body } = await api.request({ method: 'POST', path: '/v2/upload', upload: source.file, idempotent: true });
	return parseResponse(DISPLAY_NAME, uploadSchema, body).upload_url;
}

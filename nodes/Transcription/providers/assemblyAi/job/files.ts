import { parseHttpUrl } from '../../../core/url';
import { DISPLAY_NAME } from '../constants';
import { sleep } from 'n8n-workflow';
import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ApiResponse, ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { ServiceFile, ServiceFiles } from '../../provider';
import { fetchGiven } from './fetch';
const SUBTITLE_TYPES = new Map([
	['srt', 'application/x-subrip'],
	['vtt', 'text/vtt'],
]);

const AUDIO_TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const;

/** The redacted copy is announced by a callback of its own, so it may be ready later than the text. In ms. */
const REDACTION_DELAYS_MS = [2000, 4000, 8000, 16_000];

const redactedAnswer = z.object({ redacted_audio_url: z.string() });

/** Source: AssemblyAI OpenAPI 1.3.4, `getSubtitles`, `getRedactedAudio`. */
export const serviceFiles: ServiceFiles = {
	formats: [
		{ name: 'Redacted Audio', value: 'redactedAudio', description: 'Only of jobs that were submitted with Redact PII Audio. Held in memory as a whole.' },
		{ name: 'Subtitles (SRT)', value: 'srt' },
		{ name: 'Subtitles (WebVTT)', value: 'vtt' },
	],
	description:
		'Files that AssemblyAI makes of the transcript, each in a binary field named service_ and the format, such as service_srt',
	fetch: async (api, id, format) =>
		format === 'redactedAudio' ? await redactedAudio(api, safeId(id)) : await subtitles(api, safeId(id), format),
};

async function subtitles(api: ProviderApi, id: string, format: string): Promise<ServiceFile> {
	const path = `/v2/transcript/${id}/${safeId(format)}`;
	const { body } = await api.request({ method: 'GET', path, idempotent: true, expect: 'binary' });
	return { content: body as Buffer, mimeType: SUBTITLE_TYPES.get(format) ?? 'text/plain', extension: format };
}

async function redactedAudio(api: ProviderApi, id: string): Promise<ServiceFile> {
	const { given } = await fetchGiven(api, id);
	if (!given.redact_pii_audio) {
		throw new ServiceError({
			message: `There is no redacted audio of ${id}: it was not asked for`,
			description:
				'Submit the recording with the option “Redact PII Audio”, or remove “Redacted Audio” from the files that this node fetches.',
		});
	}
	const { redacted_audio_url: signedUrl } = parseResponse(DISPLAY_NAME, redactedAnswer, (await whenReady(api, id)).body);
	// A link into the storage behind the service, good for a day, that needs no key.
	const { body: content } = await api.request({ method: 'GET', signedUrl, idempotent: true, expect: 'binary' });
	const extension = parseHttpUrl(signedUrl)?.pathname.endsWith('.wav') ? 'wav' : 'mp3';
	return { content: content as Buffer, mimeType: AUDIO_TYPES[extension], extension };
}

async function whenReady(api: ProviderApi, id: string): Promise<ApiResponse> {
	const ask = async () =>
		await api.request({ method: 'GET', path: `/v2/transcript/${id}/redacted-audio`, idempotent: true });
	for (const delay of REDACTION_DELAYS_MS) {
		const answer = await ask().catch((error: unknown) => {
			if (!isEarly(error)) throw error;
		});
		if (answer) return answer;
		await sleep(delay);
	}
	return await ask();
}

/** AssemblyAI does not document what it answers before the copy is ready. */
function isEarly(error: unknown): boolean {
	return error instanceof ServiceError && [400, 404].includes(error.status ?? 0) && !error.explanation.isNotFound;
}

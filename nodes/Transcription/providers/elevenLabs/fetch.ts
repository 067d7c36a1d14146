import { yieldThread } from '../../core/yieldThread';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import { safeId } from '../../http/safeId';
import { DISPLAY_NAME } from './names';
import { type ProviderTranscript, transcriptSchema } from './transcript';

/** Source: ElevenLabs OpenAPI, `/v1/speech-to-text/transcripts/{transcription_id}`. */
export function transcriptPath(id: string): string {
	return `/v1/speech-to-text/transcripts/${safeId(id)}`;
}

/** @throws ServiceRefusal where it is not there: not yet, or not any more */
export async function fetchTranscript(api: ProviderApi, id: string): Promise<{ given: ProviderTranscript; body: unknown }> {
	const { body } = await api.request({ method: 'GET', path: transcriptPath(id), repeat: 'safe' });
	const given = readAnswer(DISPLAY_NAME, transcriptSchema, body);
	await yieldThread();
	return { given, body };
}

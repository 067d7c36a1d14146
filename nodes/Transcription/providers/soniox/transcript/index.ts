import { z } from 'zod';
import { idText, lazySchema, lenient } from '../../common/schemas';
import { longList } from '../../common/wordReader';
import { eventIdOf, type JobStatus, type Transcript, withoutAbsent } from '../../../transcript/model';
import { ESTIMATED_TIMES, missingTextWarning, warningList } from '../../../transcript/completeness';
import { recordingNameOf } from '../../../transcript/recordingName';
import { speakersOf } from '../../../transcript/speakers';
import { byStart } from '../../../transcript/utterances';
import {
	dominantLanguage,
	isTranslation,
	readToken,
	type Token,
	textOfOriginals,
	toUtterances,
	toWords,
	translationsOf,
} from './tokens';

/*
 * Converts Soniox's transcription and its transcript to our model.
 *
 * Source: Soniox OpenAPI 1.0.0, `Transcription`, `TranscriptionTranscript`. All times are in milliseconds.
 */

export const stateSchema = z.object({
	id: idText,
	status: z.string(),
	created_at: lenient(z.string()),
	model: lenient(z.string()),
	file_id: lenient(idText),
	filename: lenient(z.string()),
	audio_url: lenient(z.string()),
	audio_duration_ms: lenient(z.number()),
	error_type: lenient(z.string()),
	error_message: lenient(z.string()),
	webhook_url: lenient(z.string()),
	webhook_status_code: lenient(z.number()),
});

export const transcriptSchema = lazySchema(() => z.object({ text: lenient(z.string()), tokens: longList(readToken) }));

export type State = z.infer<typeof stateSchema>;
export type Content = z.infer<typeof transcriptSchema>;

/** The API's schema defines `error`; Soniox docs, “Errors”, mentions `failed`. */
const STATUSES = new Map<string, JobStatus>([
	['queued', 'queued'],
	['processing', 'processing'],
	['completed', 'completed'],
	['error', 'failed'],
	['failed', 'failed'],
]);

/** Treats undocumented statuses as still processing, never as final. */
export function toStatus(status: string): JobStatus {
	return STATUSES.get(status) ?? 'processing';
}

/** @param content of a completed job, if it was fetched */
export function toTranscript(provider: string, state: State, content: Content | undefined, raw: unknown): Transcript {
	const status = toStatus(state.status);
	const tokens = content?.tokens ?? [];
	// It is 0 until the recording has been analyzed.
	const durationSeconds = state.audio_duration_ms ? state.audio_duration_ms / 1000 : undefined;
	const spaced = toWords(tokens, { end: durationSeconds });
	const inServiceOrder = spaced.map(({ word }) => word);
	const words = [...byStart(inServiceOrder)];
	const text = content && textOf(content, tokens);
	const isTimed =
		words.length === 0 || tokens.some(({ start_ms: start, end_ms: end }) => start !== undefined || end !== undefined);
	return withoutAbsent<Transcript>({
		status,
		text,
		errorMessage: reasonOf(state),
		warnings: warningList(missingTextWarning(text, inServiceOrder), isTimed ? undefined : ESTIMATED_TIMES),
		speakers: speakersOf(words),
		language: dominantLanguage(tokens),
		durationSeconds,
		recordingName: recordingNameOf(state.filename, state.audio_url),
		model: state.model,
		translations: translationsOf(tokens),
		provider,
		id: state.id,
		eventId: eventIdOf(provider, state.id, status),
		createdAt: state.created_at,
		utterances: toUtterances(spaced),
		words: content?.tokens && words,
		raw,
	});
}

/** Returns the original's text. The service's text includes translations, so it is used only if there are none. */
function textOf({ text, tokens: contentTokens }: Content, tokens: readonly Token[]): string | undefined {
	if (text !== undefined && !tokens.some(isTranslation)) return text;
	return contentTokens && textOfOriginals(tokens);
}

/** Returns the reason the job failed. Includes the type because it is stable, unlike the wording of the message. */
function reasonOf({ error_type: type, error_message: message }: State): string | undefined {
	if (!message || !type) return message || type;
	return message.includes(type) ? message : `${message} (${type})`;
}

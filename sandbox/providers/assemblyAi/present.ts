import type { Content, TranscriptResult } from './result';
import type { Status } from './enums';
import type { Job } from '../../core/job';
import type { Params } from './params';
import type { TranscriptEntry } from './store';

/** The default model for new accounts (AssemblyAI docs, Model versions and deprecations). */
const DEFAULT_MODEL = 'assemblyai-stt-3-7';

/** Replaces the URLs of a deleted transcript (AssemblyAI API reference, Delete transcript). */
const DELETED_URL = 'http://deleted_by_user';

/** Returns the service's name for a job's status. */
export function statusOf(job: Job): Status {
	return job.status === 'failed' ? 'error' : job.status;
}

/** Formats a date and time in UTC without a time zone, as in the transcript list (AssemblyAI API reference, TranscriptListItem). */
export function listDate(date: Date): string {
	return date.toISOString().replace(/(\.\d{3})Z$/, '$1000');
}

/** Returns the complete Transcript object (AssemblyAI API reference, Transcript object). Results that the sandbox can't create are `null`. */
export function presentTranscript(entry: TranscriptEntry): Record<string, unknown> {
	const { job, params, deleted } = entry;
	const result = job.status === 'completed' && !deleted ? entry.result : null;
	return {
		id: job.id,
		language_model: 'assemblyai_default',
		acoustic_model: 'assemblyai_default',
		language_code: result?.languageCode ?? params.language_code ?? undefined,
		language_codes: params.language_codes ?? null,
		status: statusOf(job),
		audio_url: deleted ? DELETED_URL : params.audio_url,
		...(deleted && { is_deleted: true }),
		...presentContent(result, deleted),
		confidence: result?.confidence ?? null,
		audio_duration: result ? Math.round(result.audioSeconds) : null,
		audio_channels: result && params.multichannel ? result.audioChannels : undefined,
		...presentWebhook(entry),
		...presentModels(params, result !== null),
		...presentLanguage(params, result),
		...presentSwitches(params),
		...presentRedaction(params, result),
		...presentAnalyses(params, result),
		...presentMetadata(params, result),
		...(job.errorMessage === null ? {} : { error: job.errorMessage }),
	};
}

function presentContent(result: Content | null, deleted: boolean): Record<string, unknown> {
	return {
		text: deleted ? 'Deleted by user.' : (result?.text ?? null),
		words: result?.words ?? null,
		utterances: result?.utterances ?? null,
	};
}

/** Returns the webhook fields, without the header's value (AssemblyAI API reference, Transcript object, webhook_auth). */
function presentWebhook({ params, webhookStatus, deleted }: TranscriptEntry): Record<string, unknown> {
	return {
		webhook_url: deleted ? DELETED_URL : (params.webhook_url ?? null),
		webhook_status_code: webhookStatus,
		webhook_auth: Boolean(params.webhook_auth_header_name),
		webhook_auth_header_name: params.webhook_auth_header_name ?? null,
	};
}

function presentModels(params: Params, done: boolean): Record<string, unknown> {
	return {
		speech_model: null,
		speech_models: params.speech_models ?? null,
		speech_model_used: done ? (params.speech_models?.[0] ?? DEFAULT_MODEL) : undefined,
		domain: params.domain ?? null,
		temperature: params.temperature ?? null,
		prompt: params.prompt,
		keyterms_prompt: params.keyterms_prompt,
		keyterms_prompt_options: params.keyterms_prompt_options,
		remove_audio_tags: params.remove_audio_tags ?? null,
		throttled: false,
	};
}

function presentLanguage(params: Params, result: TranscriptResult | null): Record<string, unknown> {
	return {
		language_confidence: result?.languageConfidence ?? null,
		language_confidence_threshold: params.language_confidence_threshold ?? null,
		language_detection: params.language_detection ?? !params.language_code,
		language_detection_options: params.language_detection_options ?? undefined,
	};
}

function presentSwitches(params: Params): Record<string, unknown> {
	return {
		punctuate: params.punctuate ?? true,
		format_text: params.format_text ?? true,
		disfluencies: params.disfluencies ?? false,
		multichannel: params.multichannel ?? false,
		dual_channel: params.dual_channel ?? null,
		speaker_labels: params.speaker_labels ?? false,
		speakers_expected: params.speakers_expected ?? null,
		speaker_options: params.speaker_options ?? null,
		speech_threshold: params.speech_threshold ?? null,
		speed_boost: false,
		filter_profanity: params.filter_profanity ?? false,
		custom_spelling: params.custom_spelling ?? null,
		audio_start_from: params.audio_start_from ?? null,
		audio_end_at: params.audio_end_at ?? null,
	};
}

function presentRedaction(params: Params, result: TranscriptResult | null): Record<string, unknown> {
	const original = result?.unredacted;
	return {
		redact_pii: params.redact_pii ?? false,
		redact_pii_audio: params.redact_pii_audio ?? false,
		redact_pii_audio_quality: params.redact_pii_audio_quality ?? null,
		redact_pii_audio_options: params.redact_pii_audio_options,
		redact_pii_policies: params.redact_pii_policies ?? null,
		redact_pii_sub: params.redact_pii_sub ?? undefined,
		redact_pii_return_unredacted: params.redact_pii_return_unredacted ?? false,
		...(original
			? { unredacted_text: original.text, unredacted_words: original.words, unredacted_utterances: original.utterances }
			: {}),
	};
}

/** Returns the `metadata` field if there are warnings (AssemblyAI's Node SDK 4.41.5, `TranscriptMetadata`). */
function presentMetadata(params: Params, result: TranscriptResult | null): Record<string, unknown> {
	if (!result || result.warnings.length === 0) return {};
	const skipped = result.warnings.some((warning) => warning.startsWith('Domain'));
	return {
		metadata: {
			domain_used: skipped ? null : (params.domain ?? null),
			warning: result.warnings[0],
			warnings: result.warnings.map((message) => ({ message })),
		},
	};
}

function presentAnalyses(params: Params, result: TranscriptResult | null): Record<string, unknown> {
	return {
		auto_highlights: params.auto_highlights ?? false,
		auto_highlights_result: null,
		auto_chapters: params.auto_chapters ?? false,
		chapters: null,
		content_safety: params.content_safety ?? false,
		content_safety_labels: null,
		entity_detection: params.entity_detection ?? false,
		entities: result?.entities ?? null,
		iab_categories: params.iab_categories ?? false,
		iab_categories_result: null,
		sentiment_analysis: params.sentiment_analysis ?? false,
		sentiment_analysis_results: null,
		summarization: params.summarization ?? false,
		summary: null,
		summary_model: params.summary_model ?? null,
		summary_type: params.summary_type ?? null,
		custom_topics: params.custom_topics ?? null,
		topics: params.topics ?? [],
		speech_understanding: params.speech_understanding && {
			...params.speech_understanding,
			...(result?.understanding && { response: result.understanding }),
		},
	};
}

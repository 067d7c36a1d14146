import type { Job } from '../../core/job';
import type { Entry } from './store';

/** Returns the service's name for a job's status (Soniox OpenAPI, TranscriptionStatus). */
export function statusOf({ status }: Job): 'queued' | 'processing' | 'completed' | 'error' {
	return status === 'failed' ? 'error' : status;
}

/** Returns the transcription (Soniox OpenAPI, Transcription). The value of the webhook's header is masked. */
export function present(entry: Entry): object {
	const { job, params } = entry;
	return {
		id: job.id,
		status: statusOf(job),
		created_at: job.createdAt.toISOString(),
		model: params.model,
		audio_url: params.audio_url ?? null,
		file_id: params.file_id ?? null,
		filename: entry.fileName,
		language_hints: params.language_hints ?? null,
		enable_speaker_diarization: params.enable_speaker_diarization ?? false,
		enable_language_identification: params.enable_language_identification ?? false,
		context: params.context ?? null,
		translation: params.translation ?? null,
		audio_duration_ms: entry.durationMs ?? 0,
		error_type: job.status === 'failed' ? (entry.errorType ?? 'internal_error') : null,
		error_message: job.errorMessage,
		webhook_url: params.webhook_url ?? null,
		webhook_auth_header_name: params.webhook_auth_header_name ?? null,
		webhook_auth_header_value: params.webhook_auth_header_value ? '*'.repeat(18) : null,
		webhook_status_code: entry.webhookStatus,
		client_reference_id: params.client_reference_id ?? null,
	};
}

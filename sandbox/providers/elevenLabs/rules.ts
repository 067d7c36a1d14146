import { ApiError } from './errors';
import type { Params } from './params';

/** Returns the first rule about combinations of fields that a request violates (ElevenLabs API reference, Create transcript). */
export function contradiction(params: Params, hasFile: boolean): ApiError | null {
	const sources = [hasFile, params.source_url, params.cloud_storage_url].filter(Boolean).length;
	if (sources !== 1) return invalid('Must provide exactly one of file, cloud_storage_url or source_url.');
	const { diarize, use_multi_channel: channels, entity_detection: detection, entity_redaction: redaction } = params;
	if (params.webhook_id !== undefined && !params.webhook)
		return invalid('webhook_id can only be set when webhook is true.');
	if (params.diarization_threshold !== undefined && !diarize) return invalid('diarization_threshold requires diarize.');
	if (params.diarization_threshold !== undefined && params.num_speakers !== undefined) {
		return invalid('diarization_threshold and num_speakers cannot be set together.');
	}
	// These rules are from ElevenLabs docs, Multichannel transcription.
	if (channels && diarize) return invalid('diarize must be false when use_multi_channel is true.');
	if (channels && params.num_speakers !== undefined)
		return invalid('num_speakers cannot be set when use_multi_channel is true.');
	if (params.detect_speaker_roles && !diarize) return invalid('detect_speaker_roles requires diarize.');
	if (params.detect_speaker_roles && channels)
		return invalid('detect_speaker_roles cannot be used with use_multi_channel.');
	if (redaction.length > 0 && detection.length === 0)
		return invalid('entity_redaction must be a subset of entity_detection.');
	if (params.transcript_edit !== undefined && (detection.length > 0 || redaction.length > 0 || channels)) {
		return invalid('transcript_edit cannot be combined with entity detection, entity redaction or use_multi_channel.');
	}
	if (
		params.multichannel_output_style === 'combined' &&
		channels &&
		(params.timestamps_granularity === 'none' || detection.length > 0)
	) {
		return invalid('The combined output style requires timestamps and does not support entity detection or redaction.');
	}
	// Removed on 2026-07-09 (ElevenLabs changelog, June 2026). The code of the response isn't documented.
	if (params.model_id === 'scribe_v1')
		return new ApiError(400, 'unsupported_model', 'Model scribe_v1 is no longer available.', { param: 'model_id' });
	return null;
}

const invalid = (message: string) => new ApiError(400, 'invalid_parameters', message);

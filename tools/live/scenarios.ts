import type { IDataObject } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox';

/** The parts of the check that are different for each service. */
export interface Scenario {
	/** Submit's options for the sample. They should return as much detail as possible at no extra cost. */
	options: IDataObject;
	/** Options that the service refuses, but that the package doesn't check. */
	refusedOptions: IDataObject;
	/** A well-formed key that doesn't belong to any account. */
	wrongKey: string;
	/** A well-formed ID that doesn't belong to any job. */
	unknownId: string;
	/** The service's own files to fetch; each must be one of the provider's `serviceFiles.formats`. */
	files: readonly string[];
	/** Names of response fields whose values are compared, because they are part of the contract. */
	enums: readonly string[];
}

const additional = (fields: object): IDataObject => ({ additionalFields: JSON.stringify(fields) });

/** The type requires an entry for each service. */
export const SCENARIOS: Record<ProviderName, Scenario> = {
	assemblyAi: {
		options: { language: 'en', diarize: true },
		refusedOptions: additional({ speech_threshold: 7 }),
		wrongKey: '0123456789abcdef0123456789abcdef',
		unknownId: '3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b',
		files: ['srt', 'vtt'],
		enums: ['status', 'language_code', 'acoustic_model', 'speech_model', 'speech_model_used', 'language_model'],
	},
	elevenLabs: {
		options: { language: 'en', diarize: true, additionalFormats: { format: [{ format: 'srt' }, { format: 'txt' }] } },
		refusedOptions: additional({ temperature: 9 }),
		wrongKey: 'sk_0123456789abcdef0123456789abcdef0123456789abcdef',
		unknownId: 'a1B2c3D4e5F6g7H8i9J0',
		files: ['srt', 'txt'],
		enums: [
			'type',
			'status',
			'code',
			'language_code',
			'requested_format',
			'file_extension',
			'content_type',
			'auth_type',
		],
	},
	gladia: {
		options: { language: 'en', diarize: true, subtitles: ['srt', 'vtt'] },
		refusedOptions: additional({ translation: true, translation_config: { target_languages: [] } }),
		wrongKey: '3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6c',
		unknownId: '3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b',
		files: ['srt', 'vtt'],
		enums: ['status', 'kind', 'event', 'model', 'language', 'format', 'message'],
	},
	instantTranscriber: {
		options: { language: 'en' },
		refusedOptions: additional({ summaries: 'neither' }),
		wrongKey: 'it_live_0123456789abcdef0123456789abcdef',
		unknownId: '3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b',
		files: ['srt', 'txt', 'vtt'],
		enums: ['status', 'code', 'type', 'language', 'event'],
	},
	revAi: {
		options: { language: 'en', diarize: true },
		refusedOptions: additional({ diarization_type: 'neither' }),
		wrongKey: '02_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV',
		unknownId: 'a1B2c3D4e5F6',
		files: ['srt', 'txt', 'vtt'],
		enums: ['status', 'type', 'language', 'transcriber', 'failure', 'title'],
	},
	scriptix: {
		options: { language: 'en-us', diarize: true },
		// One option for each generation of the API. The other generation ignores it.
		refusedOptions: additional({ multichannel: 'neither', timestamps: 'neither' }),
		wrongKey: '0123456789abcdef0123456789abcdef',
		unknownId: '3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b',
		files: [],
		enums: ['status', 'state', 'code', 'error', 'event', 'type', 'language', 'document_type'],
	},
	soniox: {
		options: { language: 'en', diarize: true },
		refusedOptions: additional({ language_hints_strict: 'neither' }),
		wrongKey: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
		unknownId: '3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b',
		files: [],
		enums: ['status', 'error_type', 'model', 'language', 'transcription_mode', 'translation_status'],
	},
	speechmatics: {
		options: { language: 'en', diarize: true },
		refusedOptions: additional({ transcription_config: { max_delay_mode: 'neither' } }),
		wrongKey: '0123456789abcdef0123456789abcdef',
		unknownId: 'a1b2c3d4e5',
		files: ['srt', 'txt'],
		enums: ['status', 'type', 'error', 'format', 'language', 'operating_point', 'model', 'diarization', 'attaches_to'],
	},
};

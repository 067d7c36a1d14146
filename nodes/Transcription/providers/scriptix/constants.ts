import type { Region } from '../../http/connection';
import type { Choice } from '../provider';

export const NAME = 'scriptix';
export const DISPLAY_NAME = 'Scriptix';

/** Source: docs.scriptix.io, “API Overview”. */
export const SESSIONS_PATH = '/api/v3/speech-to-text/session';

/** Source: docs.scriptix.io, “Webhooks - Batch API”. */
export const STT_PATH = '/api/v3/stt';

/** Source: docs.scriptix.io, Batch, Documents. */
export const DOCUMENTS_PATH = '/api/v3/documents';

/**
 * Source: docs.scriptix.io, “API Overview”, Base URL. A getting-started page there uses `api.scriptix.dev` without
 * explaining it; users who received that address can enter it as the custom base URL.
 */
export const SCRIPTIX_REGIONS: readonly Region[] = [
	{ name: 'Scriptix', value: 'scriptix', baseUrl: 'https://api.scriptix.io' },
];

/** Scriptix lists the languages of an account only in its portal; these are the values shown in its docs. */
export const LANGUAGES: readonly Choice[] = [
	{ name: 'Detect', value: 'auto', description: 'Documented for the batch upload API' },
	{ name: 'English', value: 'en' },
];

interface Format extends Choice {
	mimeType: string;
}

/** Source: docs.scriptix.io, API, Documents, “Export document”. `media` is omitted because it is the recording itself. */
export const FORMATS: readonly Format[] = [
	{ name: 'DOCX', value: 'docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
	{ name: 'HTML', value: 'html', mimeType: 'text/html' },
	{ name: 'PDF', value: 'pdf', mimeType: 'application/pdf' },
	{ name: 'SBV', value: 'sbv', mimeType: 'text/plain' },
	{ name: 'SRT', value: 'srt', mimeType: 'application/x-subrip' },
	{ name: 'STL', value: 'stl', mimeType: 'application/octet-stream' },
	{ name: 'TTML', value: 'ttml', mimeType: 'application/ttml+xml' },
	{ name: 'TXT', value: 'txt', mimeType: 'text/plain' },
	{ name: 'VTT', value: 'vtt', mimeType: 'text/vtt' },
];

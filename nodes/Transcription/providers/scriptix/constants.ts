import type { Region } from '../../http/connection';
import { languageChoices } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'scriptix';
export const DISPLAY_NAME = 'Scriptix';

/** Source: docs.scriptix.io, “API Overview”. */
export const SESSIONS_PATH = '/api/v3/speech-to-text/session';

/** Source: docs.scriptix.io, Batch, “Overview”. */
export const STT_PATH = '/api/v3/stt';

/** Source: docs.scriptix.io, “Documents API”, the version for the batch upload API. */
export const DOCUMENTS_PATH = '/api/v3/documents';

/**
 * Source: docs.scriptix.io, “API Overview”, Base URL. A getting-started page there uses `api.scriptix.dev` without
 * explaining it; users who received that address can enter it as the custom base URL.
 */
export const SCRIPTIX_REGIONS: readonly Region[] = [
	{ name: 'Scriptix', value: 'scriptix', baseUrl: 'https://api.scriptix.io' },
];

/**
 * Source: docs.scriptix.io, “Create Custom Model”, Supported Languages. The portal lists the languages available to an
 * account, so users may enter any code.
 */
const LANGUAGE_CODES =
	'ar cs da de el en es fa fi fr he hi hu id it ja ko ms nl no pl pt ro ru sk sv ta te th tr uk vi zh';

/** `auto` comes from docs.scriptix.io, Batch, “Upload”. The docs for sessions don't mention it. */
export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES, undefined, [
	{ name: 'Detect', value: 'auto', description: 'Only documented for batch upload' },
]);

/** Advice for recordings that exceed the limit of the batch upload API. */
export const FOR_LARGER_STT_FILES =
	'Set “API Generation” in the credential to Sessions, which accepts up to 5 GB, or split or compress the recording.';

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

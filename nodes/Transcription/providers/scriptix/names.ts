export const NAME = 'scriptix';
export const DISPLAY_NAME = 'Scriptix';

/** Source: docs.scriptix.io, “API Overview”. */
export const SESSIONS_PATH = '/api/v3/speech-to-text/session';

/** Source: docs.scriptix.io, “Webhooks - Batch API”. */
export const STT_PATH = '/api/v3/stt';

/** Source: docs.scriptix.io, Batch, Documents. */
export const DOCUMENTS_PATH = '/api/v3/documents';

import type { Settings } from '../../http/connection';

/**
 * The fields that only this credential has: what InstantTranscriber's pages leave open, so that it can be set without
 * a new version of this package. Source of what is known: instanttranscriber.com, “Transcription webhooks”: with a
 * `callback_secret` “callbacks include an HMAC signature header”. Its name, encoding and prefix are not said, nor what
 * exactly is signed; the raw body is assumed.
 */
export const DEFAULT_CHECK = 'off';
export const DEFAULT_HEADER = 'X-InstantTranscriber-Signature';
export const DEFAULT_PREFIX = 'sha256=';
export const DEFAULT_ENCODING = 'hex';
export const DEFAULT_FILE_FIELD = 'file';

/** How callbacks are signed, where the user wants that checked. */
export interface SignatureSettings {
	header: string;
	/** In front of the signature; may be empty. */
	prefix: string;
	encoding: 'hex' | 'base64';
}

/** Undefined where the token in the URL is to suffice. Anything but “off” asks for the check: it fails closed. */
export function signatureSettings(settings: Settings): SignatureSettings | undefined {
	if ((settings.signatureCheck || DEFAULT_CHECK) === 'off') return undefined;
	return {
		header: settings.signatureHeader || DEFAULT_HEADER,
		// An empty one is what the user left empty on purpose.
		prefix: settings.signaturePrefix ?? DEFAULT_PREFIX,
		encoding: settings.signatureEncoding === 'base64' ? 'base64' : 'hex',
	};
}

/** Name of the form field that carries the file. The pages show an example in which it cannot be read. */
export function fileFieldName(settings: Settings): string {
	return settings.fileFieldName || DEFAULT_FILE_FIELD;
}

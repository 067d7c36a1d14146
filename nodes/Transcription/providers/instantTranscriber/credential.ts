import type { Settings } from '../../http/connection';
import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import { credentialTest } from '../common/credentialForm';
import { INSTANT_TRANSCRIBER_REGIONS } from './constants';

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

const whenChecked = { show: { signatureCheck: ['required'] } };

/** What this credential asks for besides what every credential of this package has; see `settings.ts`. */
export const SETTING_FIELDS: INodeProperties[] = [
	{
		displayName: 'Signature Check',
		name: 'signatureCheck',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off', description: 'A secret token in the callback URL proves the callback' },
			{ name: 'Required', value: 'required', description: 'The signature must be right as well' },
		],
		default: DEFAULT_CHECK,
		description:
			'InstantTranscriber signs callbacks but does not document how. Turn this on once you know the name and form of the header, for example from a callback that you looked at.',
	},
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: DEFAULT_HEADER,
		required: true,
		displayOptions: whenChecked,
		description: 'Name of the header that carries the HMAC-SHA256 of the body',
	},
	{
		displayName: 'Signature Prefix',
		name: 'signaturePrefix',
		type: 'string',
		default: DEFAULT_PREFIX,
		displayOptions: whenChecked,
		description: 'What stands in the header in front of the signature. Empty it if there is nothing.',
	},
	{
		displayName: 'Signature Encoding',
		name: 'signatureEncoding',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
		],
		default: DEFAULT_ENCODING,
		displayOptions: whenChecked,
		description: 'How the signature is written',
	},
	{
		displayName: 'File Field Name',
		name: 'fileFieldName',
		type: 'string',
		default: DEFAULT_FILE_FIELD,
		description: 'Name of the form field for uploads. Only change it if InstantTranscriber says that it misses the file.',
	},
];

/** Belongs to no job. */
const NO_JOB = '00000000-0000-4000-8000-000000000000';

/** With these answers the key was refused, or nothing is known about it. */
const TELLING_NOTHING_GOOD = [401, 403, 429, 500, 502, 503, 504];

const REFUSED =
	'InstantTranscriber did not accept the API key. Check that it was copied completely; it begins with “it_live_”.';

/** Where services say why they refuse a request, and in which words they refuse a key. */
const PLACES = ['error', 'error.code', 'error.type', 'error.status', 'error.message', 'code', 'detail', 'message', 'status', 'statusCode'];
const WORDS = [401, 403, 'unauthorized', 'Unauthorized', 'unauthenticated', 'Unauthenticated', 'forbidden', 'Forbidden']
	.concat(['invalid_api_key', 'invalid_token', 'authentication_error'])
	.concat(['Invalid API key', 'Invalid API key.', 'Invalid token', 'Not authenticated', 'Missing API key']);

const REFUSING_BODIES = PLACES.flatMap((key) =>
	WORDS.map((value) => ({ type: 'responseSuccessBody' as const, properties: { key, value, message: REFUSED } })),
);

/**
 * No documented request is cheap and certain to succeed, so a job that does not exist is asked for: a wrong key is
 * refused before that matters, and any other refusal (404, perhaps 400 or 422) means that the key was accepted.
 *
 * n8n takes every answer outside 2xx for a failed test, unless the request says which ones are none. n8n 2.41 reads
 * the list of exceptions below; n8n 2.8 knows no list and lets every answer pass, the other way round a right key never
 * would. There the body is all that can be judged: how it refuses a key is not documented, so that the usual words for
 * that are looked for in the usual places, and a refusal in other words passes.
 */
export function credentialTestByMissingJob(): ICredentialTestRequest {
	const test = credentialTest(INSTANT_TRANSCRIBER_REGIONS, `/v1/transcriptions/${NO_JOB}`, REFUSED);
	// The types of n8n 2.8 know only a boolean.
	const ignoreHttpStatusErrors = { ignore: true, except: TELLING_NOTHING_GOOD } as unknown as boolean;
	return {
		request: { ...test.request, ignoreHttpStatusErrors },
		// n8n goes through both kinds; its types know lists of one kind.
		rules: [...(test.rules ?? []), ...REFUSING_BODIES] as ICredentialTestRequest['rules'],
	};
}

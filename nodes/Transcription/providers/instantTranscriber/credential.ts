import type { Settings } from '../../http/connection';
import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import {
	acceptOnly,
	bodyRule,
	credentialTest,
	mixedRules,
	statusRule,
	unexpectedResponse,
} from '../common/credentialForm';
import { INSTANT_TRANSCRIBER_REGIONS } from './constants';

/*
 * Credential fields for details that InstantTranscriber doesn't document, so that users can set them without a new
 * version of this package. Source: instanttranscriber.com, “Transcription webhooks”: with a `callback_secret`
 * “callbacks include an HMAC signature header”. The header's name, encoding, and prefix aren't documented, nor is the
 * signed content; the raw body is assumed.
 */
export const DEFAULT_CHECK = 'off';
export const DEFAULT_HEADER = 'X-InstantTranscriber-Signature';
export const DEFAULT_PREFIX = 'sha256=';
export const DEFAULT_ENCODING = 'hex';
export const DEFAULT_FILE_FIELD = 'file';

/** How callbacks are signed. */
export interface SignatureSettings {
	header: string;
	/** Text before the signature; may be empty. */
	prefix: string;
	encoding: 'hex' | 'base64';
}

/**
 * Returns undefined if the token in the URL is sufficient. Fails closed: any value except “off” requires the signature.
 */
export function signatureSettings(settings: Settings): SignatureSettings | undefined {
	if ((settings.signatureCheck || DEFAULT_CHECK) === 'off') return undefined;
	return {
		header: settings.signatureHeader || DEFAULT_HEADER,
		// An empty prefix is intentional.
		prefix: settings.signaturePrefix ?? DEFAULT_PREFIX,
		encoding: settings.signatureEncoding === 'base64' ? 'base64' : 'hex',
	};
}

/** Returns the name of the form field for the file. It isn't legible in the example on InstantTranscriber's website. */
export function fileFieldName(settings: Settings): string {
	return settings.fileFieldName || DEFAULT_FILE_FIELD;
}

const whenChecked = { show: { signatureCheck: ['required'] } };

export const SETTING_FIELDS: INodeProperties[] = [
	{
		displayName: 'Signature Check',
		name: 'signatureCheck',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off', description: 'Verify callbacks by a secret token in the callback URL only' },
			{ name: 'Required', value: 'required', description: 'Verify the token and the signature' },
		],
		default: DEFAULT_CHECK,
		description:
			'How to verify callbacks. InstantTranscriber signs callbacks but doesn’t document how. Require signatures once you know the name and format of the header, for example from a callback you received.',
	},
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: DEFAULT_HEADER,
		required: true,
		displayOptions: whenChecked,
		description: 'The name of the header that contains the HMAC-SHA256 of the body',
	},
	{
		displayName: 'Signature Prefix',
		name: 'signaturePrefix',
		type: 'string',
		default: DEFAULT_PREFIX,
		displayOptions: whenChecked,
		description: 'The text before the signature in the header. Leave empty if there is none.',
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
		description: 'The encoding of the signature',
	},
	{
		displayName: 'File Field Name',
		name: 'fileFieldName',
		type: 'string',
		default: DEFAULT_FILE_FIELD,
		description: 'The name of the form field for uploads. Only change it if InstantTranscriber reports a missing file.',
	},
];

/** An ID that doesn't belong to any job. */
const NONEXISTENT_JOB = '00000000-0000-4000-8000-000000000000';

/**
 * Possible statuses for an unknown or invalid ID. The docs don't say which one the service returns. A rejected key
 * results in a different status.
 */
const MISSING_JOB_STATUSES = [400, 404, 422];

const INVALID_KEY =
	'InstantTranscriber didn’t accept the API key. Check that it is complete. It starts with “it_live_”.';

/** Common fields for errors, and common error texts for a rejected key. */
const ERROR_FIELDS = [
	'error',
	'error.code',
	'error.type',
	'error.status',
	'error.message',
	'code',
	'detail',
	'message',
	'status',
	'statusCode',
];
const REJECTIONS = [
	401,
	403,
	'unauthorized',
	'Unauthorized',
	'unauthenticated',
	'Unauthenticated',
	'forbidden',
	'Forbidden',
]
	.concat(['invalid_api_key', 'invalid_token', 'authentication_error'])
	.concat(['Invalid API key', 'Invalid API key.', 'Invalid token', 'Not authenticated', 'Missing API key']);

const REJECTION_RULES = ERROR_FIELDS.flatMap((key) => REJECTIONS.map((value) => bodyRule(key, value, INVALID_KEY)));

/**
 * No documented request is both cheap and certain to succeed, so the test requests a job that doesn't exist: an invalid
 * key is rejected first, and an error about the ID (404, perhaps 400 or 422) means that the key was accepted. Every
 * other status fails, including success.
 *
 * In n8n versions that ignore all statuses (see `acceptOnly`), only the body can be checked. The docs don't say how the
 * body reports a rejected key, so the rules compare common fields with common error texts. A rejection that is worded
 * differently passes.
 */
export function credentialTestByMissingJob(): ICredentialTestRequest {
	const test = credentialTest(INSTANT_TRANSCRIBER_REGIONS, `/v1/transcriptions/${NONEXISTENT_JOB}`, INVALID_KEY);
	return {
		request: { ...test.request, ignoreHttpStatusErrors: acceptOnly(MISSING_JOB_STATUSES) },
		rules: mixedRules([
			statusRule(401, INVALID_KEY),
			statusRule(403, INVALID_KEY),
			statusRule(200, unexpectedResponse('InstantTranscriber')),
			...REJECTION_RULES,
		]),
	};
}

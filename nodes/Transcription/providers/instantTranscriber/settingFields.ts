import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_CHECK, DEFAULT_ENCODING, DEFAULT_FILE_FIELD, DEFAULT_HEADER, DEFAULT_PREFIX } from './settings';

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

import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import type { Settings } from '../../http/connection';
import { withoutAbsent } from '../../transcript/model';
import { booleanOrAbsent, readAdditionalFields, readText } from '../../core/optionReaders';
import { requestFields } from '../common/requestFields';
import { type Generation, generationOf } from './credential';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS: Record<Generation, Readonly<Record<string, string>>> = {
	sessions: {
		media_source: 'Source',
		webhook_url: 'Callback',
		webhook_method: 'Callback',
		webhook_headers: 'Callback',
	},
	stt: { audio_file: 'Source', webhook_url: 'Callback' },
};

/** Options that only one API generation supports. */
const GENERATION_OPTIONS: ReadonlyArray<readonly [name: string, displayName: string, generation: Generation]> = [
	['documentType', 'Document Type', 'sessions'],
	['glossaryId', 'Glossary ID', 'stt'],
	['keepSource', 'Keep Source', 'sessions'],
	['multichannel', 'Multichannel', 'sessions'],
	['punctuation', 'Punctuation', 'sessions'],
	['sessionMode', 'Session Mode', 'sessions'],
	['timestamps', 'Timestamps', 'stt'],
];

const GENERATION_NAMES: Record<Generation, string> = {
	sessions: 'the sessions API',
	stt: 'the batch upload API (/stt)',
};

/**
 * Builds the request fields for a job, without the audio and the callback.
 *
 * Sources: docs.scriptix.io, Core APIs, “Initialize session”, and API, “Create session” (sessions); “Upload - Batch
 * API” (batch upload).
 *
 * @throws UserError
 */
export function plannedFields(options: IDataObject, settings: Settings): IDataObject {
	const generation = generationOf(settings);
	assertSupported(options, generation);
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS[generation]);
	const optionFields = {
		language: readText(options.language) ?? defaultUnlessSet(additional, 'language', 'auto'),
		diarization: booleanOrAbsent(options.diarize, 'Diarize'),
		...(generation === 'stt' ? sttFields(options, additional) : sessionFields(options, additional)),
	};
	return requestFields(withoutAbsent(optionFields) as IDataObject, additional);
}

function sttFields(options: IDataObject, additional: IDataObject): IDataObject {
	return {
		// The service's default is `segment`, which would return a transcript without words.
		timestamps: readText(options.timestamps) ?? defaultUnlessSet(additional, 'timestamps', 'word'),
		model: readText(options.model),
		glossary_id: readText(options.glossaryId),
	};
}

function sessionFields(options: IDataObject, additional: IDataObject): IDataObject {
	const document = 'document' in additional ? additional.document : {};
	// A value such as null means that the user doesn't want a document.
	const isDefault = isObject(document) && document.document_type === undefined;
	const type = readText(options.documentType) ?? (isDefault ? 'document' : undefined);
	return {
		custom_model_id: readText(options.model),
		punctuation: booleanOrAbsent(options.punctuation, 'Punctuation'),
		multichannel: booleanOrAbsent(options.multichannel, 'Multichannel'),
		keep_source: booleanOrAbsent(options.keepSource, 'Keep Source'),
		session_mode: readText(options.sessionMode),
		// Scriptix can only export documents.
		document: type && { document_type: type },
	};
}

function assertSupported(options: IDataObject, generation: Generation): void {
	const unsupported = GENERATION_OPTIONS.find(
		([name, , owner]) => owner !== generation && readText(options[name]) !== undefined,
	);
	if (!unsupported) return;
	const [, displayName, owner] = unsupported;
	throw userError(
		`“${displayName}” is an option for ${GENERATION_NAMES[owner]}, but the credential uses ${GENERATION_NAMES[generation]}`,
		`Remove “${displayName}”, or change “API Generation” in the credential.`,
	);
}

function isObject(value: unknown): value is IDataObject {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Returns a default value, unless the user set the field in Additional Fields. */
function defaultUnlessSet(additional: IDataObject, field: string, value: string): string | undefined {
	return field in additional ? undefined : value;
}

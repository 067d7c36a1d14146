import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import type { Settings } from '../../http/connection';
import { withoutAbsent } from '../../transcript/model';
import { readAdditionalFields, readBoolean, readText } from '../../core/optionReaders';
import { requestFields } from '../common/requestFields';
import { type Generation, generationOf } from './credential';

/** Fields of the request that other parameters of the node own. */
const RESERVED_FIELDS: Record<Generation, Readonly<Record<string, string>>> = {
	sessions: { media_source: 'Source', webhook_url: 'Callback', webhook_method: 'Callback', webhook_headers: 'Callback' },
	stt: { audio_file: 'Source', webhook_url: 'Callback' },
};

/** Options that one generation alone knows. */
const OWN_OPTIONS: ReadonlyArray<readonly [name: string, displayName: string, generation: Generation]> = [
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
 * The fields of a submit but for the audio and the callback.
 *
 * Source of every field: docs.scriptix.io, Core APIs, “Initialize session” and API, “Create session” (sessions);
 * “Upload - Batch API” (batch upload).
 *
 * @throws InputError
 */
export function plannedFields(options: IDataObject, settings: Settings): IDataObject {
	const generation = generationOf(settings);
	refuseForeign(options, generation);
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS[generation]);
	const own = {
		language: readText(options.language) ?? unlessIn(additional, 'language', 'auto'),
		diarization: switchOf(options.diarize, 'Diarize'),
		...(generation === 'stt' ? sttFields(options, additional) : sessionFields(options, additional)),
	};
	return requestFields(withoutAbsent(own) as IDataObject, additional);
}

function sttFields(options: IDataObject, additional: IDataObject): IDataObject {
	return {
		// The service's own default is `segment`, with which a transcript has no words.
		timestamps: readText(options.timestamps) ?? unlessIn(additional, 'timestamps', 'word'),
		model: readText(options.model),
		glossary_id: readText(options.glossaryId),
	};
}

function sessionFields(options: IDataObject, additional: IDataObject): IDataObject {
	const type = readText(options.documentType) ?? unlessIn(additional, 'document', 'document');
	return {
		custom_model_id: readText(options.model),
		punctuation: switchOf(options.punctuation, 'Punctuation'),
		multichannel: switchOf(options.multichannel, 'Multichannel'),
		keep_source: switchOf(options.keepSource, 'Keep Source'),
		session_mode: readText(options.sessionMode),
		// Without a document there is nothing that Scriptix could export.
		document: type && { document_type: type },
	};
}

function refuseForeign(options: IDataObject, generation: Generation): void {
	const foreign = OWN_OPTIONS.find(([name, , owner]) => owner !== generation && readText(options[name]) !== undefined);
	if (!foreign) return;
	const [, displayName, owner] = foreign;
	throw userError(
		`“${displayName}” is an option of ${GENERATION_NAMES[owner]}, but the credential says ${GENERATION_NAMES[generation]}`,
		`Remove “${displayName}”, or change “API Generation” in the credential.`,
	);
}

/** A default that gives way to the user's own field. */
function unlessIn(additional: IDataObject, field: string, value: string): string | undefined {
	return field in additional ? undefined : value;
}

/** Absent stays absent: what a switch is without being set is the service's decision. */
function switchOf(value: unknown, name: string): boolean | undefined {
	return readText(value) === undefined ? undefined : readBoolean(value, name);
}

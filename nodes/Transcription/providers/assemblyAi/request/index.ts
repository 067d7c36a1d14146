import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readAdditionalFields, readTerms, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { type OptionConflict, requestFields } from '../../common/requestFields';
import { analysisFields } from './analysis';
import { formattingFields } from './formatting';
import { languageFields } from './language';
import { promptingFields } from './prompting';
import { recordingFields } from './recording';
import { redactionFields } from './redaction';
import { assertAccepted } from './rules';
import { speakerFields } from './speakers';
import { understandingFields } from './understanding';

/** Request fields that are set by other parameters of the node. */
const RESERVED_FIELDS = {
	audio_url: 'Source',
	webhook_url: 'Callback',
	webhook_auth_header_name: 'Callback',
	webhook_auth_header_value: 'Callback',
	// An older field for a single model, which the service now rejects.
	speech_model: 'Model',
};

/** Source: AssemblyAI OpenAPI 1.3.4, field descriptions. */
const OPTION_CONFLICTS: readonly OptionConflict[] = [
	{ field: 'format_text', option: 'Format Text” off in “Text Formatting', other: 'redact_pii', onlyIf: true },
	{ field: 'punctuate', option: 'Punctuate” off in “Text Formatting', other: 'speaker_labels', onlyIf: true },
	{ field: 'redact_pii', option: 'Redact PII', other: 'format_text', onlyIf: false },
	{ field: 'speaker_labels', option: 'Diarize', other: 'punctuate', onlyIf: false },
	{ field: 'speaker_options', option: 'Speaker Range', other: 'speakers_expected' },
	{ field: 'speakers_expected', option: 'Speaker Count', other: 'speaker_options' },
];

/**
 * Builds the request body of `POST /v2/transcript` without the audio and the callback. Contradictory options are
 * rejected here, with errors that use the names shown in the editor, because the service would only reject them after
 * the upload. The service checks constraints that depend on the model, because models change often.
 *
 * Source: AssemblyAI OpenAPI 1.3.4, `TranscriptOptionalParams`. Deprecated fields are omitted.
 *
 * @throws UserError
 */
export function requestBody(options: IDataObject): IDataObject {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	const fields = withoutAbsent<IDataObject>({
		speech_models: undefinedIfEmpty(readTerms(readText(options.model))),
		...languageFields(options),
		...speakerFields(options),
		...promptingFields(options),
		...recordingFields(options),
		...formattingFields(options),
		...redactionFields(options),
		...analysisFields(options),
		...understandingFields(options),
	});
	assertCompatible(fields);
	const body = requestFields(fields, additional, OPTION_CONFLICTS);
	assertAccepted(body);
	return body;
}

/** Checks combinations of options from different groups. @throws UserError */
function assertCompatible(fields: IDataObject): void {
	if (fields.speaker_labels && fields.punctuate === false) {
		throw userError('“Diarize” requires “Punctuate” in “Text Formatting”', 'Turn on “Punctuate”, or remove “Diarize”.');
	}
	if (fields.redact_pii && fields.format_text === false) {
		throw userError(
			'“Redact PII” requires “Format Text” in “Text Formatting”',
			'Turn on “Format Text”, or remove “Redact PII”.',
		);
	}
}

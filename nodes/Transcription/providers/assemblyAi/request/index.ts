import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readAdditionalFields, readTerms, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { type Contradiction, requestFields } from '../../common/requestFields';
import { analysisFields } from './analysis';
import { formattingFields } from './formatting';
import { languageFields } from './language';
import { promptingFields } from './prompting';
import { recordingFields } from './recording';
import { redactionFields } from './redaction';
import { speakerFields } from './speakers';
import { understandingFields } from './understanding';

/** Fields of the request that other parameters of the node own. */
const RESERVED_FIELDS = {
	audio_url: 'Source',
	webhook_url: 'Callback',
	webhook_auth_header_name: 'Callback',
	webhook_auth_header_value: 'Callback',
};

/** An option, and the additional field that it does not go with. Source: AssemblyAI OpenAPI 1.3.4, descriptions. */
const CONTRADICTIONS: readonly Contradiction[] = [
	{ field: 'format_text', option: 'Format Text” off in “Text Formatting', other: 'redact_pii', onlyIf: true },
	{ field: 'keyterms_prompt', option: 'Keyterms', other: 'prompt' },
	{ field: 'prompt', option: 'Prompt', other: 'keyterms_prompt' },
	{ field: 'punctuate', option: 'Punctuate” off in “Text Formatting', other: 'speaker_labels', onlyIf: true },
	{ field: 'redact_pii', option: 'Redact PII', other: 'format_text', onlyIf: false },
	{ field: 'speaker_labels', option: 'Diarize', other: 'punctuate', onlyIf: false },
	{ field: 'speaker_options', option: 'Speaker Range', other: 'speakers_expected' },
	{ field: 'speakers_expected', option: 'Speaker Count', other: 'speaker_options' },
	{ field: 'speech_models', option: 'Model', other: 'speech_model' },
];

/**
 * The request of `POST /v2/transcript` but for the audio and the callback. Options that contradict each other are
 * refused here, with the names the user sees, since the service would only refuse them after the upload. What depends
 * on the model is left to the service: models come and go.
 *
 * Source of every field and constraint: AssemblyAI OpenAPI 1.3.4, `TranscriptOptionalParams`. Deprecated ones are not
 * offered.
 *
 * @throws InputError
 */
export function requestBody(options: IDataObject): IDataObject {
	const additional = readAdditionalFields(options.additionalFields, RESERVED_FIELDS);
	const own = withoutAbsent<IDataObject>({
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
	refuseTogether(own);
	return requestFields(own, additional, CONTRADICTIONS);
}

/** Options of different subjects that do not go together. */
function refuseTogether(fields: IDataObject): void {
	if (fields.keyterms_prompt && fields.prompt) {
		throw userError('“Keyterms” and “Prompt” are both set', 'Keep one of the two; a prompt may name the terms as well.');
	}
	if (fields.speaker_labels && fields.punctuate === false) {
		throw userError('“Diarize” is on, but “Punctuate” in “Text Formatting” is off', 'Telling speakers apart needs punctuation: turn on “Punctuate”, or remove “Diarize”.');
	}
	if (fields.redact_pii && fields.format_text === false) {
		throw userError('“Redact PII” is on, but “Format Text” in “Text Formatting” is off', 'Redaction needs formatted text: turn on “Format Text”, or remove “Redact PII”.');
	}
}

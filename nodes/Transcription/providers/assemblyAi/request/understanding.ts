import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readBoolean, readTerms, readText } from '../../../core/optionReaders';
import { choiceOf, groupOf, isOn } from './groups';

/**
 * What a language model makes of the transcript, an add-on that is charged extra.
 * Source: AssemblyAI OpenAPI 1.3.4, `speech_understanding`; docs, “Translation”, “Speaker identification”,
 * “Custom formatting”; types of its SDK, `SpeechUnderstandingFeatureRequests`.
 */
export const UNDERSTANDING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Speech Understanding',
		name: 'speechUnderstanding',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Task',
		description: 'Translation, names in place of speaker letters, formats of your own. Each task is charged extra.',
		options: [
			{
				displayName: 'Custom Formatting',
				name: 'customFormatting',
				values: [
					{
						displayName: 'Date',
						name: 'date',
						type: 'string',
						default: '',
						placeholder: 'e.g. mm/dd/yyyy',
						description: 'How to write dates. The formatted text stands in the output Raw.',
					},
					{
						displayName: 'Email Address',
						name: 'emailAddress',
						type: 'string',
						default: '',
						placeholder: 'e.g. username@domain.com',
						description: 'How to write email addresses',
					},
					{
						displayName: 'Phone Number',
						name: 'phoneNumber',
						type: 'string',
						default: '',
						placeholder: 'e.g. (xxx)xxx-xxxx',
						description: 'How to write phone numbers',
					},
				],
			},
			{
				displayName: 'Speaker Identification',
				name: 'speakerIdentification',
				values: [
					{
						displayName: 'Identify By',
						name: 'speakerType',
						type: 'options',
						options: [
							{ name: 'Name', value: 'name' },
							{ name: 'Role', value: 'role' },
						],
						default: 'name',
						description: 'What stands in place of the letters of the speakers, found out from what is said. Needs Diarize.',
					},
					{
						displayName: 'Names or Roles',
						name: 'knownValues',
						type: 'string',
						default: '',
						placeholder: 'e.g. Agent, Customer',
						description: 'Whom to expect, separated by commas, up to 35 characters each. Roles must be given, names may be.',
					},
				],
			},
			{
				displayName: 'Translation',
				name: 'translation',
				values: [
					{
						displayName: 'Formal',
						name: 'formal',
						type: 'boolean',
						default: true,
						description: 'Whether to address people formally',
					},
					{
						displayName: 'Match Original Utterance',
						name: 'matchOriginalUtterance',
						type: 'boolean',
						default: false,
						description: 'Whether to also translate each utterance on its own, for the output Raw. Needs Diarize or Multichannel.',
					},
					{
						displayName: 'Target Languages',
						name: 'targetLanguages',
						type: 'string',
						default: '',
						placeholder: 'e.g. es, de',
						description: 'Codes of the languages to translate into, separated by commas',
					},
				],
			},
		],
	},
];

const LONGEST_KNOWN_VALUE = 35;

/** @throws InputError */
export function understandingFields(options: IDataObject): IDataObject {
	const task = (name: string) => groupOf(options.speechUnderstanding, name);
	const [translation, identification, formatting] = ['translation', 'speakerIdentification', 'customFormatting'].map(task);
	const diarize = readBoolean(options.diarize, 'Diarize');
	const utterances = diarize || readBoolean(options.multichannel, 'Multichannel');
	const request = withoutAbsent<IDataObject>({
		translation: translation && translationFields(translation, utterances),
		speaker_identification: identification && identificationFields(identification, diarize),
		custom_formatting: formatting && formatFields(formatting),
	});
	return { speech_understanding: Object.keys(request).length > 0 ? { request } : undefined };
}

function translationFields(translation: IDataObject, hasUtterances: boolean): IDataObject {
	const languages = readTerms(translation.targetLanguages);
	if (languages.length === 0) {
		throw userError('“Translation” has no target language', 'Fill in “Target Languages”, such as es, de, or remove the task.');
	}
	const match = readBoolean(translation.matchOriginalUtterance, 'Match Original Utterance');
	if (match && !hasUtterances) {
		throw userError(
			'“Match Original Utterance” is on, but nothing divides the recording into utterances',
			'Add the option “Diarize” or “Multichannel” and turn it on, or turn off “Match Original Utterance”.',
		);
	}
	return {
		target_languages: languages,
		// Always said: the specification and the SDK differ in what they take for the default.
		formal: isOn(translation.formal, 'Formal'),
		...(match && { match_original_utterance: true }),
	};
}

function identificationFields(identification: IDataObject, diarize: boolean): IDataObject {
	const type = choiceOf(identification.speakerType, 'Identify By', ['name', 'role']) ?? 'name';
	const known = readTerms(identification.knownValues);
	if (!diarize) {
		throw userError(
			'“Speaker Identification” is set without “Diarize”',
			'Add the option “Diarize” and turn it on: speakers must be told apart before they can be named.',
		);
	}
	if (type === 'role' && known.length === 0) {
		throw userError('“Speaker Identification” is by role, but names none', 'Fill in “Names or Roles”, such as Agent, Customer.');
	}
	const long = known.find((value) => value.length > LONGEST_KNOWN_VALUE);
	if (long !== undefined) {
		throw userError(
			`“${long.slice(0, 80)}” in “Names or Roles” has ${long.length} characters`,
			`Separate them with commas, and shorten each to ${LONGEST_KNOWN_VALUE} characters.`,
		);
	}
	return { speaker_type: type, ...(known.length > 0 && { known_values: known }) };
}

function formatFields(formatting: IDataObject): IDataObject {
	const formats = withoutAbsent<IDataObject>({
		date: readText(formatting.date),
		phone_number: readText(formatting.phoneNumber),
		email: readText(formatting.emailAddress),
	});
	if (Object.keys(formats).length > 0) return formats;
	throw userError('“Custom Formatting” has no format', 'Fill in how to write dates, phone numbers or email addresses, or remove the task.');
}

import { memberAt } from '../../../core/json';
import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readAdditionalFields, readBoolean, readTerms, readText } from '../../../core/optionReaders';
import { choiceOf, groupOf, isOn } from './groups';

const EFFORTS = ['low', 'medium'] as const;

/** Source: AssemblyAI docs, “Summarization”, “Action items”: the default is `low`. */
const EFFORT: INodeProperties = {
	displayName: 'Effort',
	name: 'effort',
	type: 'options',
	options: [
		{ name: 'Low', value: 'low' },
		{ name: 'Medium', value: 'medium' },
	],
	default: 'low',
	description: 'The amount of processing. Use Medium for important, multilingual, or very long recordings.',
};

/**
 * Options for tasks that a language model performs on the transcript, which AssemblyAI charges for separately. Source:
 * AssemblyAI OpenAPI 1.3.4, `speech_understanding`, `SummarizationRequestBody`, `ActionItemsRequestBody`; docs,
 * “Translation”, “Speaker identification”, “Custom formatting”, “Summarization”, “Action items”; types of its SDK,
 * `SpeechUnderstandingFeatureRequests`.
 */
export const UNDERSTANDING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Speech Understanding',
		name: 'speechUnderstanding',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Task',
		description:
			'Tasks to perform on the transcript, such as a summary, action items, or a translation. Each task costs extra.',
		options: [
			{
				displayName: 'Action Items',
				name: 'actionItems',
				values: [
					EFFORT,
					{
						displayName: 'Include Decisions',
						name: 'includeDecisions',
						type: 'boolean',
						default: false,
						description: 'Whether to also list the decisions that were made',
					},
				],
			},
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
						description: 'The format of dates. Set Output to Raw to get the formatted text.',
					},
					{
						displayName: 'Email Address',
						name: 'emailAddress',
						type: 'string',
						default: '',
						placeholder: 'e.g. username@domain.com',
						description: 'The format of email addresses',
					},
					{
						displayName: 'Phone Number',
						name: 'phoneNumber',
						type: 'string',
						default: '',
						placeholder: 'e.g. (xxx)xxx-xxxx',
						description: 'The format of phone numbers',
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
						description:
							'Whether to replace speaker letters with names or roles inferred from the conversation. Requires Diarize.',
					},
					{
						displayName: 'Names or Roles',
						name: 'knownValues',
						type: 'string',
						default: '',
						placeholder: 'e.g. Agent, Customer',
						description:
							'Comma-separated names or roles to expect, up to 35 characters each. Required for roles, optional for names.',
					},
				],
			},
			{
				displayName: 'Summary',
				name: 'summarization',
				values: [
					EFFORT,
					{
						displayName: 'Summary Type',
						name: 'summaryType',
						type: 'options',
						options: [
							{ name: 'Bullets', value: 'bullets', description: 'Short key points for each topic' },
							{ name: 'Paragraph', value: 'paragraph', description: 'A detailed paragraph for each topic' },
						],
						default: 'paragraph',
						description: 'The form of the summary',
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
						description: 'Whether to use formal language',
					},
					{
						displayName: 'Match Original Utterance',
						name: 'matchOriginalUtterance',
						type: 'boolean',
						default: false,
						description:
							'Whether to also translate each utterance separately. Set Output to Raw to get these translations. Requires Diarize or Multichannel.',
					},
					{
						displayName: 'Target Languages',
						name: 'targetLanguages',
						type: 'string',
						default: '',
						placeholder: 'e.g. es, de',
						description: 'Comma-separated codes of the languages to translate into',
					},
				],
			},
		],
	},
];

const MAX_KNOWN_VALUE_LENGTH = 35;

/** @throws UserError */
export function understandingFields(options: IDataObject): IDataObject {
	const task = (name: string) => groupOf(options.speechUnderstanding, name);
	const translation = task('translation');
	const identification = task('speakerIdentification');
	const formatting = task('customFormatting');
	const summarization = task('summarization');
	const actionItems = task('actionItems');
	const diarize = readBoolean(options.diarize, 'Diarize');
	const utterances = diarize || readBoolean(options.multichannel, 'Multichannel');
	const request = withoutAbsent<IDataObject>({
		translation: translation && translationFields(translation, utterances),
		speaker_identification: identification && identificationFields(identification, diarize, describesSpeakers(options)),
		custom_formatting: formatting && formatFields(formatting),
		summarization: summarization && summaryFields(summarization),
		action_items: actionItems && actionItemFields(actionItems),
	});
	return { speech_understanding: Object.keys(request).length > 0 ? { request } : undefined };
}

function translationFields(translation: IDataObject, hasUtterances: boolean): IDataObject {
	const languages = readTerms(translation.targetLanguages);
	if (languages.length === 0) {
		throw userError(
			'“Translation” has no target language',
			'Fill in “Target Languages”, for example with es, de, or remove the task.',
		);
	}
	const match = readBoolean(translation.matchOriginalUtterance, 'Match Original Utterance');
	if (match && !hasUtterances) {
		throw userError(
			'“Match Original Utterance” requires “Diarize” or “Multichannel”',
			'Add one of these options and turn it on, or turn off “Match Original Utterance”.',
		);
	}
	return {
		target_languages: languages,
		// Always sent, because the specification and the SDK document different defaults.
		formal: isOn(translation.formal, 'Formal'),
		...(match && { match_original_utterance: true }),
	};
}

function identificationFields(identification: IDataObject, diarize: boolean, hasSpeakers: boolean): IDataObject {
	const type = choiceOf(identification.speakerType, 'Identify By', ['name', 'role']) ?? 'name';
	const known = readTerms(identification.knownValues);
	if (!diarize) {
		throw userError(
			'“Speaker Identification” requires “Diarize”',
			'Add the “Diarize” option and turn it on, or remove the task.',
		);
	}
	if (type === 'role' && known.length === 0 && !hasSpeakers) {
		throw userError(
			'“Speaker Identification” by role requires “Names or Roles”',
			'Enter the roles, for example Agent, Customer.',
		);
	}
	const long = known.find((value) => value.length > MAX_KNOWN_VALUE_LENGTH);
	if (long !== undefined) {
		throw userError(
			`“${long.slice(0, 80)}” in “Names or Roles” has ${long.length} characters`,
			`Separate names and roles with commas, and shorten each to at most ${MAX_KNOWN_VALUE_LENGTH} characters.`,
		);
	}
	return { speaker_type: type, ...(known.length > 0 && { known_values: known }) };
}

/** Whether Additional Fields describe the speakers, in which case no list of names or roles is needed. */
function describesSpeakers({ additionalFields }: IDataObject): boolean {
	const path = 'speech_understanding.request.speaker_identification.speakers';
	return memberAt(readAdditionalFields(additionalFields, {}), path) !== undefined;
}

function formatFields(formatting: IDataObject): IDataObject {
	const formats = withoutAbsent<IDataObject>({
		date: readText(formatting.date),
		phone_number: readText(formatting.phoneNumber),
		email: readText(formatting.emailAddress),
	});
	if (Object.keys(formats).length > 0) return formats;
	throw userError(
		'“Custom Formatting” has no format',
		'Enter a format for dates, phone numbers, or email addresses, or remove the task.',
	);
}

/** Returns the fields of a summary, including its required type. */
function summaryFields(summarization: IDataObject): IDataObject {
	const type = choiceOf(summarization.summaryType, 'Summary Type', ['bullets', 'paragraph']);
	return withoutAbsent({ summary_type: type ?? 'paragraph', effort: effortOf(summarization) });
}

function actionItemFields(actionItems: IDataObject): IDataObject {
	return withoutAbsent({
		effort: effortOf(actionItems),
		include_decisions: readBoolean(actionItems.includeDecisions, 'Include Decisions') || undefined,
	});
}

/** Returns undefined for the default, so that additional fields can set it. */
function effortOf({ effort }: IDataObject): string | undefined {
	const chosen = choiceOf(effort, 'Effort', EFFORTS);
	return chosen === 'low' ? undefined : chosen;
}

import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readBoolean, isSet, readTerms, readText } from '../../../core/optionReaders';
import { PII_POLICIES } from '../constants';
import { choiceOf, groupOf, groupOption, rowsOf, rowsOption } from './groups';

/** Options for redacting personal data. Source: AssemblyAI OpenAPI 1.3.4, `redact_*`; docs, “PII redaction”. */
export const REDACTION_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Redact PII',
		name: 'redactPii',
		type: 'boolean',
		default: true,
		description: 'Whether to remove personal data from the text. Select the kinds of data in Redact PII Policies.',
	},
	{
		displayName: 'Redact PII Audio',
		name: 'redactPiiAudio',
		type: 'boolean',
		default: true,
		description:
			'Whether to also create a copy of the recording with personal data removed. The trigger emits Redacted Audio Ready once it is available.',
	},
	groupOption(
		{
			displayName: 'Redact PII Audio Options',
			name: 'redactPiiAudioOptions',
			placeholder: 'Set Audio Options',
			description: 'Settings for the redacted copy. Requires Redact PII Audio.',
		},
		{
			displayName: 'Audio',
			name: 'audio',
			values: [
				{
					displayName: 'Return Silent Audio',
					name: 'returnRedactedNoSpeechAudio',
					type: 'boolean',
					default: false,
					description: 'Whether to also create a copy of recordings without speech',
				},
				{
					displayName: 'Replacement Sound',
					name: 'overrideAudioRedactionMethod',
					type: 'options',
					options: [
						{ name: 'Beep', value: 'beep' },
						{ name: 'Silence', value: 'silence' },
					],
					default: 'beep',
					description: 'The sound that replaces personal data',
				},
			],
		},
	),
	{
		displayName: 'Redact PII Audio Quality',
		name: 'redactPiiAudioQuality',
		type: 'options',
		options: [
			{ name: 'MP3', value: 'mp3' },
			{ name: 'WAV', value: 'wav' },
		],
		default: 'mp3',
		description: 'The file format of the redacted copy',
	},
	{
		displayName: 'Redact PII Policies',
		name: 'redactPiiPolicies',
		type: 'multiOptions',
		options: PII_POLICIES,
		default: ['person_name', 'phone_number', 'email_address'],
		description: 'The kinds of personal data to remove. Requires Redact PII.',
	},
	{
		displayName: 'Redact PII Return Unredacted',
		name: 'redactPiiReturnUnredacted',
		type: 'boolean',
		default: true,
		description:
			'Whether to also return the unredacted text, in the “unredactedText” field at every Output level. Requires Redact PII.',
	},
	{
		displayName: 'Redact PII Substitution',
		name: 'redactPiiSub',
		type: 'options',
		options: [
			{ name: 'Hash Signs', value: 'hash', description: 'Replace removed text with hash signs, such as ####' },
			{
				name: 'Entity Name',
				value: 'entity_name',
				description: 'Replace removed text with its kind, such as [PERSON_NAME]',
			},
		],
		default: 'hash',
		description: 'The replacement for removed text',
	},
	rowsOption(
		{
			displayName: 'Redact Static Entities',
			name: 'redactStaticEntities',
			placeholder: 'Add Label',
			description: 'Additional terms to remove, such as code names. Requires Redact PII.',
		},
		{
			displayName: 'Entity',
			name: 'entity',
			values: [
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. INTERNAL_TOOL',
					description:
						'The kind of terms. Replaces them if Redact PII Substitution is Entity Name. Letters, digits, spaces, hyphens, and underscores only.',
				},
				{
					displayName: 'Terms',
					name: 'terms',
					type: 'string',
					default: '',
					placeholder: 'e.g. Bearclaw, Cubclaw',
					description: 'Comma-separated terms, up to 200',
				},
			],
		},
	),
];

/** Options that require Redact PII. */
const DEPENDENT_OPTIONS: ReadonlyArray<readonly [name: string, displayName: string]> = [
	['redactPiiAudio', 'Redact PII Audio'],
	['redactPiiAudioOptions', 'Redact PII Audio Options'],
	['redactPiiAudioQuality', 'Redact PII Audio Quality'],
	['redactPiiPolicies', 'Redact PII Policies'],
	['redactPiiReturnUnredacted', 'Redact PII Return Unredacted'],
	['redactPiiSub', 'Redact PII Substitution'],
	['redactStaticEntities', 'Redact Static Entities'],
];

const MAX_LABELS = 100;
const MAX_TERMS = 200;

/** @throws UserError */
export function redactionFields(options: IDataObject): IDataObject {
	if (!readBoolean(options.redactPii, 'Redact PII')) {
		const dependent = DEPENDENT_OPTIONS.find(([name]) => isUsed(options[name]));
		if (dependent) throw missing(dependent[1], 'Redact PII');
		return {};
	}
	const policies = readTerms(options.redactPiiPolicies);
	if (policies.length === 0) {
		throw userError(
			'“Redact PII” is on, but no policy is selected',
			'Add the “Redact PII Policies” option and select the personal data to remove.',
		);
	}
	return {
		redact_pii: true,
		redact_pii_policies: policies,
		redact_pii_sub: choiceOf(options.redactPiiSub, 'Redact PII Substitution', ['hash', 'entity_name']),
		redact_pii_return_unredacted:
			readBoolean(options.redactPiiReturnUnredacted, 'Redact PII Return Unredacted') || undefined,
		redact_static_entities: staticEntities(options.redactStaticEntities),
		...audioFields(options),
	};
}

function audioFields(options: IDataObject): IDataObject {
	const redactAudio = readBoolean(options.redactPiiAudio, 'Redact PII Audio');
	const dependent = DEPENDENT_OPTIONS.find(
		([name]) => ['redactPiiAudioQuality', 'redactPiiAudioOptions'].includes(name) && isUsed(options[name]),
	);
	if (dependent && !redactAudio) throw missing(dependent[1], 'Redact PII Audio');
	const audio = groupOf(options.redactPiiAudioOptions, 'audio') ?? {};
	const method = choiceOf(audio.overrideAudioRedactionMethod, 'Replacement Sound', ['beep', 'silence']);
	const audioOptions = withoutAbsent<IDataObject>({
		return_redacted_no_speech_audio: readBoolean(audio.returnRedactedNoSpeechAudio, 'Return Silent Audio') || undefined,
		override_audio_redaction_method: method === 'beep' ? undefined : method,
	});
	return {
		redact_pii_audio: redactAudio || undefined,
		redact_pii_audio_quality: choiceOf(options.redactPiiAudioQuality, 'Redact PII Audio Quality', ['mp3', 'wav']),
		redact_pii_audio_options: Object.keys(audioOptions).length > 0 ? audioOptions : undefined,
	};
}

function staticEntities(option: unknown): Record<string, string[]> | undefined {
	const entities = new Map<string, string[]>();
	for (const row of rowsOf(option, 'entity')) {
		const label = readText(row.label);
		const terms = readTerms(row.terms);
		if (label === undefined || terms.length === 0) {
			throw userError(
				label === undefined
					? 'An entry in “Redact Static Entities” has no label'
					: `“${label.slice(0, 60)}” in “Redact Static Entities” has no terms`,
				'Fill in both “Label” and “Terms”, or remove the entry.',
			);
		}
		if (entities.has(label)) {
			throw userError(
				`“Redact Static Entities” contains the label “${label.slice(0, 60)}” twice`,
				'Enter all its terms in one entry, separated by commas.',
			);
		}
		if (terms.length > MAX_TERMS) {
			throw userError(
				`“${label.slice(0, 60)}” in “Redact Static Entities” has ${terms.length} terms`,
				`Keep at most ${MAX_TERMS} terms per label.`,
			);
		}
		entities.set(label, terms);
	}
	if (entities.size > MAX_LABELS) {
		throw userError(`“Redact Static Entities” has ${entities.size} labels`, `Keep at most ${MAX_LABELS}.`);
	}
	return entities.size > 0 ? Object.fromEntries(entities) : undefined;
}

/** Returns false for values that are absent, empty, or turned off. */
function isUsed(value: unknown): boolean {
	const isGroup = value !== null && typeof value === 'object' && !Array.isArray(value);
	return isGroup ? Object.keys(value).length > 0 : isSet(value);
}

function missing(option: string, needed: string) {
	return userError(
		`“${option}” requires “${needed}”`,
		`Add the “${needed}” option and turn it on, or remove “${option}”.`,
	);
}

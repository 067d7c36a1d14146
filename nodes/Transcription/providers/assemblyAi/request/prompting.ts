import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readTerms, readNumber, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { choiceOf } from './groups';

/**
 * Options that give the model context.
 * Source: AssemblyAI OpenAPI 1.3.4, `keyterms_prompt`, `prompt`, `temperature`, `domain`; docs, “Keyterms prompting”;
 * types of its SDK, `KeytermsPromptOptions`.
 */
export const PROMPTING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Domain',
		name: 'domain',
		type: 'options',
		options: [
			{
				name: 'Medical',
				value: 'medical-v1',
				description:
					'Use medical vocabulary. Supports English, German, French and Spanish; has no effect in other languages.',
			},
		],
		default: 'medical-v1',
		description: 'The specialized vocabulary used in the recording',
	},
	{
		displayName: 'Keyterms Match Strength',
		name: 'keytermsMatchStrength',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Standard', value: 'standard' },
		],
		default: 'high',
		description: 'How strongly to favor the Keyterms over similar-sounding words',
	},
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. A call between a patient and a pharmacist about a repeat prescription',
		description:
			'Describe the recording and how to transcribe it, in up to 1,500 words. Can’t be combined with Keyterms. Requires Universal-3.5 Pro; other models may not support it.',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0,
		description:
			'The randomness of the result, from 0 (none) to 1. Requires Universal-3.5 Pro; other models may not support it.',
	},
];

/** The limit is 200 for Universal-2. */
const MAX_KEYTERMS = 1000;
const MAX_WORDS_PER_KEYTERM = 6;
const MAX_PROMPT_WORDS = 1500;

/** @throws UserError */
export function promptingFields(options: IDataObject): IDataObject {
	const terms = keyterms(options.keyterms);
	const strength = choiceOf(options.keytermsMatchStrength, 'Keyterms Match Strength', ['high', 'standard']);
	if (strength && !terms) {
		throw userError(
			'“Keyterms Match Strength” requires “Keyterms”',
			'Add the option “Keyterms”, or remove “Keyterms Match Strength”.',
		);
	}
	return {
		keyterms_prompt: terms,
		keyterms_prompt_options: strength && { keyterms_match_strength: strength },
		prompt: prompt(options.prompt),
		temperature: readNumber(options.temperature, 'Temperature', { min: 0, max: 1 }),
		// Not validated, because AssemblyAI adds domains from time to time.
		domain: readText(options.domain),
	};
}

function keyterms(value: unknown): string[] | undefined {
	const terms = readTerms(value);
	const long = terms.find((term) => wordCount(term) > MAX_WORDS_PER_KEYTERM);
	if (long) {
		throw userError(
			`The keyterm “${long.slice(0, 80)}” has more than ${MAX_WORDS_PER_KEYTERM} words`,
			'Separate keyterms with commas, and shorten long ones.',
		);
	}
	if (terms.length > MAX_KEYTERMS) {
		throw userError(`“Keyterms” contains ${terms.length} terms`, `Keep at most ${MAX_KEYTERMS}.`);
	}
	return undefinedIfEmpty(terms);
}

function prompt(value: unknown): string | undefined {
	const text = readText(value);
	const words = text === undefined ? 0 : wordCount(text);
	if (words > MAX_PROMPT_WORDS) {
		throw userError(`“Prompt” has ${words} words`, `Shorten it to at most ${MAX_PROMPT_WORDS} words.`);
	}
	return text;
}

function wordCount(text: string): number {
	return text.split(/\s+/).length;
}

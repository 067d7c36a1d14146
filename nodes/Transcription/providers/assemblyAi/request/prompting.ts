import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readTerms, readNumber, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { choiceOf } from './groups';

/**
 * Options that give the model context. Whether a model accepts a prompt and keyterms together is documented only for
 * retired models, so the service decides. Source: AssemblyAI OpenAPI 1.3.4, `keyterms_prompt`, `prompt`, `temperature`,
 * `domain`; docs, “Prompting”, “Keyterms prompting”; types of its SDK, `KeytermsPromptOptions`.
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
					'Use medical vocabulary. Supports English, German, French, and Spanish; has no effect in other languages.',
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
			'The context of the recording, such as its subject and who speaks, in up to 1,500 words. Instructions about formatting are ignored. Supported by AssemblyAI STT 3.7 and Universal-3.5 Pro.',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0,
		description:
			'The randomness of the result, from 0 (none) to 1. Supported by AssemblyAI STT 3.7 and Universal-3.5 Pro.',
	},
];

/** Source: AssemblyAI OpenAPI 1.3.4, `keyterms_prompt`. */
const MAX_KEYTERMS = 1000;
const MAX_KEYTERMS_UNIVERSAL_2 = 200;
const MAX_WORDS_PER_KEYTERM = 6;
const MAX_PROMPT_WORDS = 1500;

/** @throws UserError */
export function promptingFields(options: IDataObject): IDataObject {
	const models = readTerms(readText(options.model));
	const onlyUniversal2 = models.length > 0 && models.every((model) => model === 'universal-2');
	const terms = keyterms(options.keyterms, onlyUniversal2 ? MAX_KEYTERMS_UNIVERSAL_2 : MAX_KEYTERMS);
	const strength = choiceOf(options.keytermsMatchStrength, 'Keyterms Match Strength', ['high', 'standard']);
	if (strength && !terms) {
		throw userError(
			'“Keyterms Match Strength” requires “Keyterms”',
			'Add the “Keyterms” option, or remove “Keyterms Match Strength”.',
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

function keyterms(value: unknown, max: number): string[] | undefined {
	const terms = readTerms(value);
	const long = terms.find((term) => wordCount(term) > MAX_WORDS_PER_KEYTERM);
	if (long) {
		throw userError(
			`The keyterm “${long.slice(0, 80)}” has more than ${MAX_WORDS_PER_KEYTERM} words`,
			'Separate keyterms with commas, and shorten long ones.',
		);
	}
	if (terms.length > max) {
		throw userError(`“Keyterms” contains ${terms.length} terms`, `Keep at most ${max}.`);
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

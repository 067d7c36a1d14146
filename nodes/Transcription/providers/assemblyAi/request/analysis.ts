import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readTerms, readNumber } from '../../../core/optionReaders';
const CONTENT_SAFETY = 'content_safety';

/** Named as the fields of the request. Source: AssemblyAI OpenAPI 1.3.4. */
const ANALYSES = [
	{ name: 'Content Moderation', value: CONTENT_SAFETY, description: 'Passages about sensitive subjects, and how severe they are' },
	{ name: 'Entities', value: 'entity_detection', description: 'Names, places, organizations, dates' },
	{ name: 'Key Phrases', value: 'auto_highlights', description: 'What is said that matters, and where' },
	{ name: 'Sentiment', value: 'sentiment_analysis', description: 'How each sentence is meant: positive, neutral or negative' },
	{ name: 'Topics', value: 'iab_categories', description: 'What is spoken about, by the taxonomy of the IAB' },
];

export const ANALYSIS_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Analyses',
		name: 'analyses',
		type: 'multiOptions',
		options: ANALYSES,
		default: ['entity_detection'],
		description: 'What else to find out. Results stand in the output Raw; AssemblyAI may charge each.',
	},
	{
		displayName: 'Content Moderation Confidence',
		name: 'contentSafetyConfidence',
		type: 'number',
		typeOptions: { minValue: 25, maxValue: 100, numberPrecision: 0 },
		default: 50,
		description: 'How certain a finding must be to be listed, in percent, 25 or more. Needs Content Moderation among the Analyses.',
	},
];

/** @throws InputError */
export function analysisFields(options: IDataObject): IDataObject {
	const wanted = readTerms(options.analyses);
	const known = ANALYSES.map(({ value }) => value);
	const unknown = wanted.find((value) => !known.includes(value));
	if (unknown !== undefined) {
		throw userError(`“Analyses” has the value ${JSON.stringify(unknown.slice(0, 60))}`, `Choose from: ${known.join(', ')}.`);
	}
	const confidence = readNumber(options.contentSafetyConfidence, 'Content Moderation Confidence', { min: 25, max: 100, integer: true });
	if (confidence !== undefined && !wanted.includes(CONTENT_SAFETY)) {
		throw userError(
			'“Content Moderation Confidence” is set without content moderation',
			'Add the option “Analyses” and choose “Content Moderation”, or remove “Content Moderation Confidence”.',
		);
	}
	return { ...Object.fromEntries(wanted.map((value) => [value, true])), content_safety_confidence: confidence };
}

import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readTerms, readNumber } from '../../../core/optionReaders';

const CONTENT_SAFETY = 'content_safety';

/** The values are the names of the request fields. Source: AssemblyAI OpenAPI 1.3.4. */
const ANALYSES = [
	{
		name: 'Content Moderation',
		value: CONTENT_SAFETY,
		description: 'Find passages about sensitive subjects and rate their severity',
	},
	{ name: 'Entities', value: 'entity_detection', description: 'Find names, places, organizations, and dates' },
	{
		name: 'Key Phrases',
		value: 'auto_highlights',
		description: 'Find the most important phrases and where they occur',
	},
	{
		name: 'Sentiment',
		value: 'sentiment_analysis',
		description: 'Classify each sentence as positive, neutral, or negative',
	},
	{ name: 'Topics', value: 'iab_categories', description: 'Find the topics, using the IAB taxonomy' },
];

export const ANALYSIS_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Analyses',
		name: 'analyses',
		type: 'multiOptions',
		options: ANALYSES,
		default: ['entity_detection'],
		description:
			'Additional analyses to run. Set Output to Utterances or Words to get entities, sentiments, and topics, and to Raw to get key phrases and content moderation. AssemblyAI may charge extra for each.',
	},
	{
		displayName: 'Content Moderation Confidence',
		name: 'contentSafetyConfidence',
		type: 'number',
		typeOptions: { minValue: 25, maxValue: 100, numberPrecision: 0 },
		default: 50,
		description:
			'The minimum confidence of a content moderation result, in percent, from 25 to 100. Requires Content Moderation in Analyses.',
	},
];

/** @throws UserError */
export function analysisFields(options: IDataObject): IDataObject {
	const analyses = readTerms(options.analyses);
	const known = ANALYSES.map(({ value }) => value);
	const unknown = analyses.find((value) => !known.includes(value));
	if (unknown !== undefined) {
		throw userError(
			`“Analyses” contains an unknown value: ${JSON.stringify(unknown.slice(0, 60))}`,
			`Choose from: ${known.join(', ')}.`,
		);
	}
	const confidence = readNumber(options.contentSafetyConfidence, 'Content Moderation Confidence', {
		min: 25,
		max: 100,
		integer: true,
	});
	if (confidence !== undefined && !analyses.includes(CONTENT_SAFETY)) {
		throw userError(
			'“Content Moderation Confidence” requires content moderation',
			'In the “Analyses” option, select “Content Moderation”, or remove “Content Moderation Confidence”.',
		);
	}
	return { ...Object.fromEntries(analyses.map((value) => [value, true])), content_safety_confidence: confidence };
}

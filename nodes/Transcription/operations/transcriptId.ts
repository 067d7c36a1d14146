import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Of the job that an operation is about. */
export const transcriptIdField: INodeProperties = {
	displayName: 'Transcript ID',
	name: 'transcriptId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 9ea68fd3-f953-42c1-9742-976c447fb463',
	description: 'What Submit or the trigger put out as ID of the job',
};

export function transcriptIdOf(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('transcriptId', itemIndex) ?? '').trim();
}

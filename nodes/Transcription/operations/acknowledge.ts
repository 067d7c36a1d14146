import { userError } from '../core/userError';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../providers';
import { recordAcknowledged } from '../deduplication';
import { failedItem, toNodeError } from '../shared/errors';
import type { Operation } from './operation';

const FROM_TRIGGER = "{{ $('Transcription Trigger').item.json.eventId }}";

export const acknowledge: Operation = {
	resource: 'transcript',
	option: {
		name: 'Acknowledge',
		value: 'acknowledge',
		action: 'Acknowledge a transcript',
		description: 'Record at the end of a workflow that the transcript arrived; Recover Missed brings back others',
	},
	fields: [
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '={{ $json.eventId }}',
			required: true,
			placeholder: 'e.g. assemblyAi:9ea68fd3-f953-42c1-9742-976c447fb463:completed',
			// No hint: the editor shows the value of an expression in its place.
			description: `The event as the trigger or Recover Missed put it out, in the same workflow. Where the items no longer carry it, ${FROM_TRIGGER} gives the trigger’s.`,
		},
	],
	credentialFreeWhen: { operation: ['acknowledge'] },
	execute,
};

/** All items in one write; they pass through as they are. */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const eventIds: string[] = [];
	const output = context.getInputData().map((item, itemIndex): INodeExecutionData => {
		try {
			eventIds.push(eventIdOfItem(context, itemIndex));
			return { ...item, pairedItem: { item: itemIndex } };
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			return failedItem(nodeError, itemIndex);
		}
	});
	const strangers = await recordAcknowledged(context, eventIds);
	const hint = hintFor(context, eventIds, [...strangers]);
	if (hint) context.addExecutionHints({ message: hint, type: 'info', location: 'outputPane' });
	return output;
}

/** @throws InputError */
function eventIdOfItem(context: IExecuteFunctions, itemIndex: number): string {
	const given = context.getNodeParameter('eventId', itemIndex, '');
	const text = typeof given === 'string' ? given.trim() : '';
	const [, provider] = /^([^:]+):.+:[A-Za-z]+$/s.exec(text) ?? [];
	if (provider !== undefined && PROVIDERS.some(({ name }) => name === provider)) return text;
	throw userError(
		text === '' ? `“Event ID” is empty in item ${itemIndex}` : `“Event ID” in item ${itemIndex} is no event’s ID: ${text.slice(0, 120)}`,
		`Give the eventId that the trigger put out, which looks like provider:id:status: ${FROM_TRIGGER}`,
	);
}

function hintFor(context: IExecuteFunctions, eventIds: readonly string[], strangers: readonly string[]): string | undefined {
	if (context.getMode() === 'manual') {
		return eventIds.length > 0 ? 'Nothing was recorded, since this is a test by hand.' : undefined;
	}
	if (strangers.length === 0) return undefined;
	return (
		`This workflow had not received ${strangers.length} of ${eventIds.length} events, such as ${strangers[0]}. ` +
		'An acknowledgement counts in the workflow whose trigger received the event; in a sub-workflow it has no effect there.'
	);
}

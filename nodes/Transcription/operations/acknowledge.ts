import { userError } from '../core/userError';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../providers';
import { recordAcknowledged } from '../deduplication';
import type { Provider } from '../providers/provider';
import { failedItem, toNodeError } from '../shared/errors';
import { eventKeys } from '../shared/eventKeys';
import { EXAMPLE_ID } from '../transcript/example';
import { eventIdOf } from '../transcript/model';
import type { Operation } from './operation';

const EXAMPLE_SKIPPED = 'The trigger’s example transcript was skipped: there is nothing to acknowledge.';

const FROM_TRIGGER = "{{ $('Transcription Trigger').item.json.eventId }}";

export const acknowledge: Operation = {
	resource: 'transcript',
	option: {
		name: 'Acknowledge',
		value: 'acknowledge',
		action: 'Acknowledge a transcript',
		description:
			'Mark a transcript as processed at the end of a workflow, so that Recover Missed doesn’t return it again',
	},
	fields: [
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '={{ $json.eventId }}',
			required: true,
			placeholder: 'e.g. assemblyAi:9ea68fd3-f953-42c1-9742-976c447fb463:completed',
			// There is no hint, because the editor shows an expression's value in its place.
			description: `The eventId returned by the trigger or Recover Missed in the same workflow. If your items no longer have it, use ${FROM_TRIGGER}.`,
		},
	],
	credentialFreeWhen: { operation: ['acknowledge'] },
	execute,
};

/** Records all items in one write. The items pass through unchanged. */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const eventIds: string[] = [];
	const keys: string[] = [];
	let examples = 0;
	const output = context.getInputData().map((item, itemIndex): INodeExecutionData => {
		try {
			const { eventId, provider } = eventOfItem(context, itemIndex);
			const { ref } = item.json;
			if (eventId === eventIdOf(provider.name, EXAMPLE_ID, 'completed')) {
				examples++;
				return { ...item, pairedItem: { item: itemIndex } };
			}
			eventIds.push(eventId);
			keys.push(...eventKeys(provider, eventId, typeof ref === 'string' && ref !== '' ? ref : undefined));
			return { ...item, pairedItem: { item: itemIndex } };
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			return failedItem(nodeError, itemIndex);
		}
	});
	const unknown = keys.length > 0 ? await recordAcknowledged(context, [...new Set(keys)]) : new Set<string>();
	const hint = hintFor(
		context,
		eventIds,
		[...new Set(eventIds)].filter((eventId) => unknown.has(eventId)),
	);
	if (hint) context.addExecutionHints({ message: hint, type: 'info', location: 'outputPane' });
	if (examples > 0) context.addExecutionHints({ message: EXAMPLE_SKIPPED, type: 'info', location: 'outputPane' });
	return output;
}

/** @throws UserError */
function eventOfItem(context: IExecuteFunctions, itemIndex: number): { eventId: string; provider: Provider } {
	const value = context.getNodeParameter('eventId', itemIndex, '');
	const text = typeof value === 'string' ? value.trim() : '';
	const [, providerName] = /^([^:]+):.+:[A-Za-z]+$/s.exec(text) ?? [];
	const provider = PROVIDERS.find(({ name }) => name === providerName);
	if (provider) return { eventId: text, provider };
	throw userError(
		text === ''
			? `“Event ID” is empty in item ${itemIndex}`
			: `“Event ID” in item ${itemIndex} isn’t a valid event ID: ${text.slice(0, 120)}`,
		`Use the eventId that the trigger returned (format: provider:id:status), for example ${FROM_TRIGGER}`,
	);
}

function hintFor(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	unknown: readonly string[],
): string | undefined {
	if (context.getMode() === 'manual') {
		return eventIds.length > 0 ? 'Nothing was recorded because this is a manual execution.' : undefined;
	}
	if (unknown.length === 0) return undefined;
	return (
		`This workflow hasn’t received ${unknown.length} of ${eventIds.length} events, such as ${unknown[0]}. ` +
		'Acknowledge an event in the workflow whose trigger received it. Acknowledging it in a sub-workflow has no effect.'
	);
}

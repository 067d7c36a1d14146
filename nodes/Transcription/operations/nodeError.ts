import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Explanation } from '../http/refusal';

/** What any failure becomes before n8n shows it: what happened, how to fix it, in which item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	const explanation = explanationOf(error);
	if (!explanation) return new NodeOperationError(node, error as Error, { itemIndex });
	const { message } = explanation;
	const named = itemIndex === undefined || message.includes(`item ${itemIndex}`) || message.includes(`Item ${itemIndex}`);
	const description = named ? explanation.description : `${explanation.description} (Item ${itemIndex})`;
	const status = (error as { status?: number }).status;
	return status === undefined
		? new NodeOperationError(node, message, { description, itemIndex })
		: new NodeApiError(node, { message } as JsonObject, {
				message,
				description,
				httpCode: String(status),
				itemIndex,
			});
}

/** The two halves of the message, where the code that failed gave them. */
export function explanationOf(error: unknown): Explanation | undefined {
	return error instanceof Error && 'explanation' in error
		? (error.explanation as Explanation)
		: undefined;
}

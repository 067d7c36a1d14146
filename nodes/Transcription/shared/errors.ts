import {
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { UserError } from '../core/userError';

/** Converts any error to an n8n error that says what happened, how to fix it, and in which item. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (!(error instanceof UserError)) return new NodeOperationError(node, error as Error, { itemIndex });
	const { explanation } = error;
	const { message } = explanation;
	const namesItem =
		itemIndex === undefined || message.includes(`item ${itemIndex}`) || message.includes(`Item ${itemIndex}`);
	const description = namesItem ? explanation.description : `${explanation.description} (Item ${itemIndex})`;
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

/**
 * Runs `work` for each input item, in order. With Continue On Fail, a failure becomes an error item; otherwise, the
 * first failure ends the node.
 */
export async function forEachItem(
	context: IExecuteFunctions,
	work: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			// Avoids `push(...items)`: a long transcript can have enough search hits to overflow the stack.
			for (const item of await work(itemIndex)) output.push(item);
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			output.push(failedItem(nodeError, itemIndex));
		}
	}
	return output;
}

/**
 * Returns the error item for an input item that failed. `error` and `message` are the only keys that every n8n version
 * accepts in an item for the error output.
 */
export function failedItem(
	error: { message: string; description?: string | null },
	itemIndex: number,
): INodeExecutionData {
	return {
		json: { error: error.message, ...(error.description && { message: error.description }) },
		pairedItem: { item: itemIndex },
	};
}

/** Reports a problem that doesn't stop the node, in n8n's log and as an execution hint in the output panel. */
export function warn(context: IExecuteFunctions, message: string): void {
	context.logger.warn(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

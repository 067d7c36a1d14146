import {
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { UserError } from '../core/userError';
import { mapConcurrently } from './concurrency';

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
 * Runs `work` for each input item and returns the results in the order of the items. With Continue On Fail, a failure
 * becomes an error item; otherwise, the first failure ends the node.
 * @param concurrency the maximum number of items in progress
 */
export async function forEachItem(
	context: IExecuteFunctions,
	work: (itemIndex: number) => Promise<INodeExecutionData[]>,
	concurrency = 1,
): Promise<INodeExecutionData[]> {
	const output = await mapConcurrently(
		context.getInputData(),
		async (_, itemIndex) => await attemptItem(context, itemIndex, async () => await work(itemIndex)),
		concurrency,
	);
	return output.flat();
}

/** Runs `work` for one input item. With Continue On Fail, a failure becomes an error item; otherwise, it is thrown. */
export async function attemptItem(
	context: IExecuteFunctions,
	itemIndex: number,
	work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	try {
		return await work();
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error, itemIndex);
		if (!context.continueOnFail()) throw nodeError;
		return [failedItem(nodeError, itemIndex)];
	}
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

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toNodeError } from './nodeError';

/**
 * Runs `work` for each input item in order. With Continue On Fail an item that fails becomes an item that says why;
 * otherwise the first failure ends the node.
 */
export async function forEachItem(
	context: IExecuteFunctions,
	work: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			// One by one: so many arguments as a long transcript has hits would overflow the stack.
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
 * The item that stands for one that failed. `error` and `message` are the only keys that n8n accepts in an item for
 * its error branch, on every version.
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

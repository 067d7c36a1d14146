import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readNumber } from '../core/optionReaders';
import { userError } from '../core/userError';

/** The allowed values of the Concurrency option. */
const CONCURRENCY = { min: 1, max: 50, integer: true };

/** The maximum number of items in progress, unless the user chooses another. */
export const DEFAULT_CONCURRENCY = { read: 10, submitUrl: 10, upload: 4 };

/**
 * Returns the Concurrency option, which all operations that process items one by one have.
 * @param more properties that differ, such as the display conditions
 */
export function concurrencyOption(more: Partial<INodeProperties> = {}): INodeProperties {
	return {
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: CONCURRENCY.min, maxValue: CONCURRENCY.max, numberPrecision: 0 },
		default: 10,
		description: `The maximum number of items to process at the same time. If the provider asks for a pause, all of them wait. Default: ${DEFAULT_CONCURRENCY.read}.`,
		...more,
	};
}

/** The option for operations that may upload files. */
export const submitConcurrencyOption = concurrencyOption({
	description: `The maximum number of recordings to submit at the same time, and for uploads at most as many as the provider accepts. If the provider asks for a pause, all of them wait. Default: ${DEFAULT_CONCURRENCY.submitUrl} for URLs, ${DEFAULT_CONCURRENCY.upload} for uploads, and less if the provider accepts fewer or n8n can’t stream large files.`,
});

/**
 * Reads the Concurrency option, which must be the same for all items.
 * @param preset the value if the option isn't set
 * @throws UserError
 */
export function readConcurrency(context: IExecuteFunctions, preset: number = DEFAULT_CONCURRENCY.read): number {
	const values = context
		.getInputData()
		.map((_, itemIndex) =>
			readNumber(context.getNodeParameter('options.concurrency', itemIndex, ''), 'Concurrency', CONCURRENCY),
		);
	const [first, ...others] = new Set(values);
	if (others.length === 0) return first ?? preset;
	throw userError(
		'“Concurrency” differs between items, but it applies to all items together',
		'Enter a number, or use an expression that returns the same number for every item.',
	);
}

/**
 * Maps items with a few concurrent workers, keeping their order. After the first failure, no new work starts. When the
 * work in progress has ended, the error of the first failed item is thrown, in the order of the items: the one that
 * working one by one would have thrown.
 * @param limit the maximum number of calls of `map` in progress
 */
export async function mapConcurrently<T, R>(
	items: readonly T[],
	map: (item: T, index: number) => Promise<R>,
	limit = DEFAULT_CONCURRENCY.read,
): Promise<R[]> {
	const results: R[] = [];
	const errors: unknown[] = [];
	let next = 0;
	const worker = async () => {
		while (next < items.length && errors.length === 0) {
			const index = next++;
			try {
				results[index] = await map(items[index] as T, index);
			} catch (error) {
				errors[index] = error;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	const [firstError] = Object.values(errors);
	if (errors.length > 0) throw firstError;
	return results;
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { presentIn } from './look';

/**
 * What this process has seen in the records of workflows. Who received or acknowledged an event did so for good, so that
 * it need not be looked for again: a look that is killed makes what it looks for doubtful.
 */
const known = new Set<string>();

/** Some five megabytes. */
const MOST_KNOWN = 50_000;

const nameOf = (context: IExecuteFunctions, key: string) => `${String(context.getWorkflow().id)} ${key}`;

/** Which of the keys are in the workflow's record. For keys only that nobody ever removes. Leaves no trace. */
export async function everIn(context: IExecuteFunctions, keys: readonly string[]): Promise<Set<string>> {
	const [seen, open] = [new Set<string>(), [] as string[]];
	for (const key of keys) {
		if (known.has(nameOf(context, key))) seen.add(key);
		else open.push(key);
	}
	const present = await presentIn(context, 'workflow', open);
	noteEver(context, present);
	return new Set([...seen, ...present]);
}

/** Notes that these keys are in the workflow's record. */
export function noteEver(context: IExecuteFunctions, keys: Iterable<string>): void {
	for (const key of keys) known.add(nameOf(context, key));
	// The oldest stand first.
	for (const oldest of known) {
		if (known.size <= MOST_KNOWN) break;
		known.delete(oldest);
	}
}

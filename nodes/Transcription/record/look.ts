import { randomUUID } from 'node:crypto';
import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { partsOf } from './bulk';
import { markOf } from './keys';
import { isAlone as isOnlyProcess, ROUNDS, settle } from './processes';
import { withRow } from './row';

/** More would make the row long, and removing them slow. */
const KEYS_AT_ONCE = 500;

/** Marks of others that look at the same time are gone by the next look; what then still stands was left by one that was killed. */
const LOOKS = 3;

/** In queue mode runs by hand take place in the main process: callbacks may come there too, but others do the work. */
const isAlone = (context: IExecuteFunctions) => isOnlyProcess() && context.getMode() !== 'manual';

/**
 * Which of the keys are in the record. Leaves no trace.
 *
 * n8n can only record: what was not there is removed again. If the process is killed in between, the key would pass for
 * recorded, and what it stands for be lost. Hence a mark for each key in the same write: a key that was there with its
 * mark is one that a killed look may have left. It counts as absent and is removed.
 */
export async function presentIn(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const present = new Set<string>();
	for (const part of partsOf(keys, KEYS_AT_ONCE)) {
		let open = part;
		for (let left = isAlone(context) ? 1 : LOOKS; open.length > 0 && left > 0; left--) {
			const seen = await look(context, scope, open, left === 1);
			for (const key of seen.present) present.add(key);
			open = seen.marked;
			if (open.length > 0 && left > 1) await settle();
		}
	}
	return present;
}

interface Seen {
	present: string[];
	/** Present as well, but with a mark. */
	marked: string[];
}

async function look(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
	removeMarked: boolean,
): Promise<Seen> {
	const trace = `look ${randomUUID()}`;
	let leftBehind: string[] = [];
	const seen = await withRow(context, scope, async (row) => {
		// Nothing is forgotten for what is removed at once.
		const added = await row.add([...keys, ...keys.map(markOf), trace], false);
		const known = keys.filter((key) => !added.has(key));
		const marked = known.filter((key) => !added.has(markOf(key)));
		leftBehind = [...added, ...(removeMarked ? marked.flatMap((key) => [key, markOf(key)]) : [])];
		await row.remove(leftBehind);
		return { present: known.filter((key) => added.has(markOf(key))), marked };
	});
	if (!isAlone(context)) await ensureRemoved(context, scope, trace, leftBehind);
	return seen;
}

/**
 * Another process that writes at the same time may bring back what was removed. The trace, which nobody else asks for,
 * came with the keys and went with them: if it is there, all of them are.
 */
async function ensureRemoved(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	trace: string,
	keys: readonly string[],
): Promise<void> {
	for (let round = 1; round <= ROUNDS; round++) {
		await settle(0.5);
		const isRemoved = await withRow(context, scope, async (row) => {
			const added = await row.add([trace], false);
			await row.remove(added.has(trace) ? [trace] : keys);
			return added.has(trace);
		});
		if (isRemoved) return;
	}
}

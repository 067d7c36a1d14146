type Rewrite = (member: unknown, key?: string) => unknown;

/**
 * A JSON array or object with some of its members replaced. Without any it is the same one: copying a long transcript
 * costs more than reading it.
 *
 * @param rewrite returns what stands in a member's place, or the member itself; arrays have no keys
 */
export function rewriteMembers(value: object, rewrite: Rewrite): object {
	return Array.isArray(value) ? rewriteItems(value, rewrite) : rewriteFields(value as Record<string, unknown>, rewrite);
}

function rewriteItems(items: readonly unknown[], rewrite: Rewrite): readonly unknown[] {
	let copy: unknown[] | undefined;
	for (const [index, item] of items.entries()) {
		const rewritten = rewrite(item);
		if (rewritten !== item) (copy ??= [...items])[index] = rewritten;
	}
	return copy ?? items;
}

function rewriteFields(fields: Readonly<Record<string, unknown>>, rewrite: Rewrite): object {
	let copy: Record<string, unknown> | undefined;
	for (const key of Object.keys(fields)) {
		const rewritten = rewrite(fields[key], key);
		if (rewritten !== fields[key]) (copy ??= { ...fields })[key] = rewritten;
	}
	return copy ?? fields;
}

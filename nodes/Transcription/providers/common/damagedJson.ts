/**
 * Finds a job's ID in incomplete JSON. IDs inside errors are ignored.
 * @param idPaths paths such as `result.session_id`, the most reliable first. Only their last part is used.
 */
export function idInDamagedJson(text: string, idPaths: readonly string[]): string | undefined {
	for (const name of idPaths.map((path) => path.split('.').at(-1) ?? path)) {
		// A number at the very end may be truncated.
		const ids = new RegExp(`"${name}"\\s*:\\s*(?:"([A-Za-z0-9_-]{1,128})"|(\\d{1,15})\\s*[,}])`, 'g');
		for (const found of text.matchAll(ids)) {
			if (!enclosingNames(text.slice(0, found.index)).some((outer) => /^errors?$|^details?$/i.test(outer)))
				return found[1] ?? found[2];
		}
	}
	return undefined;
}

/** Returns the names of the objects and lists that are still open at the end of the JSON text. Best effort. */
function enclosingNames(text: string): string[] {
	const open: string[] = [];
	let name = '';
	for (const [token, string, colon] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*(:)?|[{}[\],]/g)) {
		if (token === '{' || token === '[') open.push(name);
		else if (token === '}' || token === ']') open.pop();
		name = colon ? (string ?? '') : '';
	}
	return open;
}

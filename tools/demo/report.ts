const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** Counts the words of `truth` that `text` contains in the same order (longest common subsequence). */
export function commonWords(truth: string, text: string): { common: number; total: number } {
	const [a, b] = [words(truth), words(text)];
	let previous = new Array<number>(b.length + 1).fill(0);
	for (const word of a) {
		const row = [0];
		for (let j = 1; j <= b.length; j++) {
			row[j] = word === b[j - 1] ? (previous[j - 1] ?? 0) + 1 : Math.max(previous[j] ?? 0, row[j - 1] ?? 0);
		}
		previous = row;
	}
	return { common: previous.at(-1) ?? 0, total: a.length };
}

/** Wraps a text into lines of at most `width` characters, each prefixed with `indent`. */
export function wrap(text: string, indent = '    ', width = 96): string {
	const lines = [''];
	for (const word of text.split(/\s+/)) {
		const line = lines.at(-1) ?? '';
		if (line !== '' && line.length + word.length >= width) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines.map((line) => indent + line).join('\n');
}

/** Returns the first element that matches a selector. The page is generated, so a missing element is a bug. */
export function element<T extends Element>(selector: string, within: ParentNode = document): T {
	const found = within.querySelector<T>(selector);
	if (!found) throw new Error(`The page has no element ${selector}`);
	return found;
}

/** Shows ranges of text in the style of `::highlight(name)`. Does nothing in browsers without the CSS Custom Highlight API. */
export function highlight(name: string, ranges: readonly AbstractRange[], priority = 0): void {
	if (!('highlights' in CSS)) return;
	const shown = new Highlight(...ranges);
	shown.priority = priority;
	CSS.highlights.set(name, shown);
}

/** Whether the reader pressed a key that gives a click or another key a different meaning, such as opening a new tab. */
export function hasModifier({ ctrlKey, metaKey, altKey }: MouseEvent | KeyboardEvent): boolean {
	return ctrlKey || metaKey || altKey;
}

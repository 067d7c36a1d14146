import type { Editor } from './browser';

/** The visible content of an open node's Parameters tab. */
export interface Panel {
	/** Labels of all fields in order, including those in collections. */
	labels: string[];
	/** Notices between the fields. */
	notices: string[];
	/** Labels of the fields that are marked as invalid. */
	red: string[];
	/** Texts that are truncated because the panel is too narrow. */
	cut: string[];
	/** The lowest contrast between a label and its background, from 1 to 21, as defined by WCAG 2.2. */
	contrast: number;
}

/** Runs in the page. Ignores elements that aren't displayed, e.g. those on the Settings tab. */
const READ = `(() => {
	const seen = (element) => element.getClientRects().length > 0;
	const list = [...document.querySelectorAll('[data-test-id="ndv"] .parameter-input-list-wrapper')].find(seen);
	const all = (selector) => [...list.querySelectorAll(selector)].filter(seen);
	const text = (element) => element.textContent.trim().replace(/\\s+/g, ' ');
	const labelOf = (label) => text(label.querySelector('.n8n-text') ?? label);
	const labels = all('label.n8n-input-label');
	const cut = all('*').filter((element) => {
		if (element.closest('.cm-editor')) return false;
		if (element.localName !== 'input' && getComputedStyle(element).textOverflow !== 'ellipsis') return false;
		return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
	});
	const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
	// Supports every CSS color syntax.
	const rgba = (color) => {
		pixel.clearRect(0, 0, 1, 1);
		pixel.fillStyle = color;
		pixel.fillRect(0, 0, 1, 1);
		return [...pixel.getImageData(0, 0, 1, 1).data];
	};
	const light = (color) => {
		const [r, g, b] = rgba(color).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const groundOf = (element) => {
		const color = getComputedStyle(element).backgroundColor;
		return element.parentElement === null || rgba(color)[3] > 0 ? color : groundOf(element.parentElement);
	};
	const contrasts = labels.map((label) => {
		const [front, ground] = [light(getComputedStyle(label.querySelector('.n8n-text') ?? label).color), light(groundOf(label))];
		return (Math.max(front, ground) + 0.05) / (Math.min(front, ground) + 0.05);
	});
	return {
		labels: labels.map(labelOf),
		notices: all('.notice').map(text),
		red: all('.has-issues').map((field) => labelOf(field.closest('[data-test-id="parameter-item"], .parameter-item, .multi-parameter').querySelector('label'))),
		cut: cut.map((element) => (element.localName === 'input' ? element.value || element.placeholder : text(element))),
		contrast: Math.min(...contrasts),
	};
})()`;

/** Reads the panel of the open node. */
export async function readPanel(editor: Editor): Promise<Panel> {
	return await editor.page.evaluate<Panel>(READ);
}

/** An entry of an open menu. */
interface MenuEntry {
	name: string;
	/** Whether its description is truncated. */
	isCut: boolean;
}

const READ_MENU = `[...document.querySelectorAll('.el-select-dropdown__item')]
	.filter((item) => item.getClientRects().length > 0)
	.map((item) => {
		const name = item.querySelector('.option-headline') ?? item;
		return {
			name: name.textContent.trim(),
			isCut: [...item.querySelectorAll('*')].some(
				(part) => getComputedStyle(part).webkitLineClamp !== 'none' && part.scrollHeight > part.clientHeight + 1,
			),
		};
	})`;

/** Reads the entries of the open menu. */
export async function readMenu(editor: Editor): Promise<MenuEntry[]> {
	return await editor.page.evaluate<MenuEntry[]>(READ_MENU);
}

/** Selects an entry in a dropdown of the open panel. @param parameter the parameter's name, e.g. `provider` */
export async function choose(editor: Editor, parameter: string, entry: string): Promise<void> {
	await editor.byTestId(`parameter-input-${parameter}`).locator('input').first().click();
	const items = editor.page.locator('.el-select-dropdown__item').locator('visible=true');
	await items
		.filter({ hasText: new RegExp(`^\\s*${entry}`) })
		.first()
		.click();
	// The editor updates the visible fields and reloads lists.
	await editor.page.waitForTimeout(800);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = join(__dirname, '../..');

/** Every Markdown file of the repository, except those of dependencies and build output. */
function pagesBelow(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (!entry.isDirectory()) return entry.name.endsWith('.md') ? [path] : [];
		const isSkipped =
			['node_modules', 'dist'].includes(entry.name) || (entry.name.startsWith('.') && entry.name !== '.github');
		return isSkipped ? [] : pagesBelow(path);
	});
}

const pages = pagesBelow('');

const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** Returns the text without code, where brackets aren't links. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Returns the relative links of a page: the target file and its anchor. */
function linksIn(page: string): Array<{ file: string; anchor?: string }> {
	return [...prose(read(page)).matchAll(/\]\(([^()\s]+)\)/g)]
		.map(([, link]) => link ?? '')
		.filter((link) => !/^[a-z]+:/.test(link))
		.map((link) => {
			const [path = '', anchor] = link.split('#');
			const file = path === '' ? page : relative(root, resolve(root, dirname(page), path));
			return { file, ...(anchor !== undefined && { anchor }) };
		});
}

/** Returns the anchors that GitHub derives from the headings of a page. */
const anchorsIn = (page: string) =>
	[
		...read(page)
			.replace(/^```[\s\S]*?^```/gm, '')
			.matchAll(/^#+ (.+)$/gm),
	].map(([, heading = '']) =>
		heading
			.replace(/[`*]/g, '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);

it('finds the pages and their links', () => {
	expect(pages).toEqual(
		expect.arrayContaining([
			'README.md',
			'CONTRIBUTING.md',
			'docs/architecture.md',
			'docs/templates/README.md',
			'bench/RESULTS.md',
		]),
	);
	expect(pages.flatMap(linksIn).length).toBeGreaterThan(30);
});

it.each(pages)('%s links to files and headings that exist', (page) => {
	const broken = linksIn(page).filter(
		({ file, anchor }) => !existsSync(join(root, file)) || (anchor !== undefined && !anchorsIn(file).includes(anchor)),
	);
	expect(broken).toEqual([]);
});

/** Counts the cells in a table row. As on GitHub, only a backslash escapes a pipe, even in a code span. */
const cellsIn = (row: string) =>
	row
		.trim()
		.replace(/^\|/, '')
		.replace(/(?<!\\)\|$/, '')
		.split(/(?<!\\)\|/).length;

const isTableRow = (line: string) => /^\s*\|/.test(line);
const isDelimiterRow = (line: string) => /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);

/** Returns the rows that GitHub doesn't render as part of their intended table, as `<line number>: <reason>`. */
function brokenRows(text: string): string[] {
	let fence: string | undefined;
	const lines = text.split('\n').map((line) => {
		const marker = /^\s*(```|~~~)/.exec(line)?.[1];
		const isCode = fence !== undefined || marker !== undefined;
		if (fence === undefined) fence = marker;
		else if (marker === fence) fence = undefined;
		return isCode ? '' : line;
	});
	const problems: string[] = [];
	const report = (index: number, reason: string) => problems.push(`${index + 1}: ${reason}`);
	for (let first = 0; first < lines.length; first += 1) {
		if (!isTableRow(lines[first] ?? '')) continue;
		let end = first;
		while (isTableRow(lines[end] ?? '')) end += 1;
		const [header = '', delimiter = ''] = lines.slice(first, end);
		if (!isDelimiterRow(delimiter)) report(first, 'no header and delimiter row');
		else {
			for (let row = first + 1; row < end; row += 1) {
				const [cells, expected] = [cellsIn(lines[row] ?? ''), cellsIn(header)];
				if (cells !== expected) report(row, `${cells} cells, the header has ${expected}`);
			}
		}
		if (!/^\s*(?:$|<)/.test(lines[end] ?? '')) report(end, 'text right after a table becomes a row of it');
		first = end;
	}
	return problems;
}

describe('tables', () => {
	const TABLE = '| a | b |\n|---|---|\n| 1 | 2 |';

	it.each([
		['a table', TABLE],
		['alignment', '| a | b |\n| :-- | --: |\n| 1 | 2 |'],
		['empty cells', '| | b |\n|---|---|\n| 1 | |'],
		['an escaped pipe in a code span', '| a | b |\n|---|---|\n| `1 \\| 2` | 3 |'],
		['a table in a code block', '```\n| not a table |\n```'],
		['a table before a comment', `${TABLE}\n<!-- end -->`],
	])('accepts %s', (_, text) => {
		expect(brokenRows(text)).toEqual([]);
	});

	it.each([
		['a blank line between rows', `${TABLE}\n\n| 3 | 4 |`, ['5: no header and delimiter row']],
		['a missing delimiter row', '| a | b |\n| 1 | 2 |', ['1: no header and delimiter row']],
		['a row with too few cells', `${TABLE}\n| 3 |`, ['4: 1 cells, the header has 2']],
		['a pipe in a code span', `${TABLE}\n| \`3 | 4\` | 5 |`, ['4: 3 cells, the header has 2']],
		['a delimiter row of another width', '| a | b |\n|---|\n| 1 | 2 |', ['2: 1 cells, the header has 2']],
		['text right after the last row', `${TABLE}\ntext`, ['4: text right after a table becomes a row of it']],
	])('rejects %s', (_, text, problems) => {
		expect(brokenRows(text)).toEqual(problems);
	});

	it.each(pages)('are rendered completely in %s', (page) => {
		expect(brokenRows(read(page))).toEqual([]);
	});
});

describe('pictures', () => {
	const folder = 'docs/images';
	const pictures = readdirSync(join(root, folder)).filter((name) => name.endsWith('.png'));
	/** npm resolves relative paths in links and `src`, but not in `srcset`, so README.md uses absolute addresses. */
	const { repository } = JSON.parse(read('package.json')) as { repository: { url: string } };
	const onGitHub = `${repository.url
		.replace('git+https://github.com', 'https://raw.githubusercontent.com')
		.replace(/\.git$/, '')}/main/`;

	/** The addresses of all pictures on a page. */
	const addressesIn = (page: string) =>
		[...prose(read(page)).matchAll(/!\[[^\]]*\]\(([^()\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
			([, markdown, html]) => markdown ?? html ?? '',
		);

	/** Returns the path of a picture in the repository. */
	const fileOf = (page: string, address: string) =>
		address.startsWith(onGitHub)
			? address.slice(onGitHub.length)
			: relative(root, resolve(root, dirname(page), address));

	const used = new Map(pages.map((page) => [page, addressesIn(page).map((address) => fileOf(page, address))]));

	it('are found on the pages', () => {
		expect([...used.values()].flat().filter((file) => file.startsWith(folder)).length).toBeGreaterThan(30);
	});

	it.each(pages)('exist where %s refers to them', (page) => {
		expect(used.get(page)?.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	});

	it('have a light variant if they have a dark one', () => {
		const dark = pictures.filter((name) => name.endsWith('-dark.png'));
		expect(dark.length).toBeGreaterThan(10);
		expect(dark.filter((name) => !pictures.includes(name.replace('-dark', '')))).toEqual([]);
	});

	it.each(pages)('are light and dark in %s, as the reader prefers', (page) => {
		const paired = [
			...read(page).matchAll(
				/<picture>\n {2}<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\n {2}<img alt="[^"]+" src="([^"]+)">\n<\/picture>/g,
			),
		].map(([, dark = '', light = '']) => [light, dark]);
		for (const [light = '', dark] of paired) expect(dark).toBe(light.replace(/\.(png|gif|webp)$/, '-dark.$1'));
		const light = paired.map(([address = '']) => fileOf(page, address));
		const files = used.get(page)?.filter((file) => file.startsWith(folder) && !/-dark\.\w+$/.test(file)) ?? [];
		const withDark = files.filter((file) => existsSync(join(root, file.replace(/\.(\w+)$/, '-dark.$1'))));
		expect(withDark.filter((file) => !light.includes(file))).toEqual([]);
	});

	it('have absolute addresses in README.md, which npm shows as well', () => {
		const addresses = addressesIn('README.md');
		expect(addresses).not.toEqual([]);
		for (const address of addresses) expect(address.startsWith(onGitHub)).toBe(true);
	});
});

describe('docs/architecture.md', () => {
	const page = read('docs/architecture.md');

	it('only names files and folders that exist', () => {
		const names = [...page.matchAll(/`([a-z][\w-]*\/[\w/.-]*)`/g)].map(([, name = '']) => name);
		expect(names.length).toBeGreaterThan(30);
		const missing = names.filter(
			(name) => ![root, join(root, 'nodes/Transcription')].some((folder) => existsSync(join(folder, name))),
		);
		expect(missing).toEqual([]);
	});

	it('lists the layers in the order that the import test enforces', () => {
		const [order = ''] = /^\*\.node\.ts → .+$/m.exec(page) ?? [];
		const tested = /const MAY_IMPORT\b[^=]*= \{([^}]+)\}/.exec(read('test/unit/architecture.test.ts'))?.[1] ?? '';
		const layers = [...tested.matchAll(/^\t(\w+):/gm)].map(([, name = '']) => name);
		expect(order.split(/ → |, /).slice(1)).toEqual(layers.filter((name) => name !== 'deduplication'));
	});

	it('has a diagram without semicolons, because Mermaid reads them as line breaks', () => {
		const diagrams = [...page.matchAll(/^```mermaid\n([\s\S]*?)^```/gm)].map(([, diagram = '']) => diagram);
		expect(diagrams).toHaveLength(1);
		expect(diagrams.join('')).not.toContain(';');
	});
});

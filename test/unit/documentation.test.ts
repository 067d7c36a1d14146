import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = join(__dirname, '../..');

const pages = ['', 'docs', 'docs/providers', 'sandbox', 'tools', 'samples', '.github']
	.flatMap((folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => join(folder, name)) : []))
	.filter((name) => name.endsWith('.md'));

const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** Text without code, in which brackets mean something else. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Links of a page to files, with the part behind `#`. */
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

/** As GitHub makes them of headings. */
const anchorsIn = (page: string) =>
	[...read(page).replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading.replace(/[`*]/g, '').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'),
	);

it('finds the pages and their links', () => {
	expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md']));
	expect(pages.flatMap(linksIn).length).toBeGreaterThan(30);
});

it.each(pages)('%s links to what exists, to headings too', (page) => {
	const broken = linksIn(page).filter(
		({ file, anchor }) => !existsSync(join(root, file)) || (anchor !== undefined && !anchorsIn(file).includes(anchor)),
	);
	expect(broken).toEqual([]);
});

describe('the architecture', () => {
	const page = read('docs/architecture.md');

	it('names files and folders that exist', () => {
		const names = [...page.matchAll(/`([a-z][\w-]*\/[\w/.-]*)`/g)].map(([, name = '']) => name);
		expect(names.length).toBeGreaterThan(30);
		const missing = names.filter((name) => ![root, join(root, 'nodes/Transcription')].some((folder) => existsSync(join(folder, name))));
		expect(missing).toEqual([]);
	});

	it('shows the layers in the order that the imports are held to', () => {
		const [order = ''] = /^\*\.node\.ts → .+$/m.exec(page) ?? [];
		const held = /const LAYERS = \['\.', (.+)\];/.exec(read('test/unit/architecture.test.ts'))?.[1] ?? '';
		expect(order.split(' → ').slice(1)).toEqual(held.split(', ').map((name) => name.replaceAll("'", '')));
	});

	it('has a diagram without semicolons, which would end a line of it', () => {
		const diagrams = [...page.matchAll(/^```mermaid\n([\s\S]*?)^```/gm)].map(([, diagram = '']) => diagram);
		expect(diagrams).toHaveLength(1);
		expect(diagrams.join('')).not.toContain(';');
	});
});

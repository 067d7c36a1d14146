import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const root = join(__dirname, '../..');
const nodes = 'nodes/Transcription';

/** For each folder, the other folders that its files may import from. The node files may import from all of them. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	trigger: ['shared', 'providers', 'http', 'deduplication', 'callback', 'transcript', 'core'],
	operations: ['shared', 'providers', 'http', 'deduplication', 'callback', 'transcript', 'core'],
	shared: ['providers', 'http', 'callback', 'transcript', 'core'],
	providers: ['http', 'callback', 'transcript', 'core'],
	http: ['callback', 'transcript', 'core'],
	callback: ['transcript', 'core'],
	transcript: ['core'],
	deduplication: ['core'],
	core: [],
};

/** The operations that an operation may import from. Operations may only share code if this is declared here. */
const MAY_IMPORT_OPERATIONS: Readonly<Record<string, readonly string[]>> = { submitAndWait: ['submit'] };

/** Files next to the operations: the interface, which all of them import, and the files that list them. */
const OPERATION_INTERFACE = 'operation';
const OPERATION_LIST = ['index', 'menu'];

/** The adapter to n8n's webhook requests; the rest of `callback/` and `transcript/` is pure. */
const ADAPTERS = ['callback/endpoint.ts'];

const sources = ['nodes', 'credentials', 'sandbox', 'tools', 'bench'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.split(sep).includes('node_modules'))
		.map((file) => join(folder, file)),
);
const files = sources.filter((file) => file.startsWith(nodes)).map((file) => relative(nodes, file));

function specifiersIn(file: string): string[] {
	const code = readFileSync(join(root, file), 'utf8');
	return [...code.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';/gms)].map(([, from]) => from ?? '');
}

/** Returns the source files that a source file imports, relative to the project's root. */
function importsOf(file: string): string[] {
	return specifiersIn(file)
		.filter((from) => from.startsWith('.'))
		.flatMap((from) => {
			const target = relative(root, resolve(root, file, '..', from));
			return [target, `${target}.ts`, join(target, 'index.ts')].filter(
				(candidate) => candidate.endsWith('.ts') && existsSync(join(root, candidate)),
			);
		});
}

const nodeImportsOf = (file: string) => importsOf(join(nodes, file)).map((target) => relative(nodes, target));
const folderOf = (file: string) => (file.includes(sep) ? (file.split(sep)[0] ?? '') : '');
/** Returns the operation that a file in `operations/` belongs to, or the name of a file next to them. */
const operationOf = (file: string) => (file.split(sep)[1] ?? '').replace(/\.ts$/, '');

/** Returns the first import cycle that can be reached from a file; empty if there is none. */
function cycleFrom(file: string, path: readonly string[] = [], done = new Set<string>()): string[] {
	const seenAt = path.indexOf(file);
	if (seenAt >= 0) return [...path.slice(seenAt), file];
	if (done.has(file)) return [];
	for (const target of importsOf(file).filter((candidate) => sources.includes(candidate))) {
		const cycle = cycleFrom(target, [...path, file], done);
		if (cycle.length > 0) return cycle;
	}
	done.add(file);
	return [];
}

describe('Architecture', () => {
	it('finds the files and their imports', () => {
		expect(files.length).toBeGreaterThan(50);
		expect(files.flatMap(nodeImportsOf).length).toBeGreaterThan(150);
	});

	it('knows every folder', () => {
		expect([...new Set(files.map(folderOf))].filter((folder) => folder !== '' && !(folder in MAY_IMPORT))).toEqual([]);
	});

	it.each(files.filter((file) => folderOf(file) !== ''))('%s imports only from folders below its own', (file) => {
		const own = folderOf(file);
		const allowed = [own, ...(MAY_IMPORT[own] ?? [])];
		expect(nodeImportsOf(file).filter((target) => !allowed.includes(folderOf(target)))).toEqual([]);
	});

	it.each(files.filter((file) => folderOf(file) === 'operations'))('%s imports from no other operation', (file) => {
		const own = operationOf(file);
		const others = nodeImportsOf(file)
			.filter((target) => folderOf(target) === 'operations' && operationOf(target) !== own)
			.filter((target) => operationOf(target) !== OPERATION_INTERFACE)
			.filter((target) => !MAY_IMPORT_OPERATIONS[own]?.includes(operationOf(target)));
		expect(OPERATION_LIST.includes(own) ? [] : others).toEqual([]);
	});

	it.each(files.filter((file) => ['transcript', 'callback'].includes(folderOf(file)) && !ADAPTERS.includes(file)))(
		'%s is pure: it imports only node:crypto and a ZIP library',
		(file) => {
			const packages = specifiersIn(join(nodes, file)).filter((from) => !from.startsWith('.'));
			expect(packages.filter((name) => !['node:crypto', 'fflate/browser'].includes(name))).toEqual([]);
		},
	);

	it('has no import cycle outside the tests', () => {
		const done = new Set<string>();
		expect(sources.map((file) => cycleFrom(file, [], done)).find((cycle) => cycle.length > 0)).toBeUndefined();
	});
});

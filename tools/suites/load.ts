import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { bundledPackages, licensedPackages } from '../lib/thirdPartyLicenses';
import { packedPackage, projectFolder } from '../n8n/hosts';
import { npm, npmEnvironment } from '../n8n/npm';
import { add, failedCheck, NONE, passed, type Counts } from './suite';

const MAX_TARBALL_BYTES = 300_000;

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

interface NodeDescription {
	name?: string;
	displayName?: string;
	properties?: unknown[];
	inputs?: unknown;
	outputs?: unknown;
	icon?: string | { light: string; dark: string };
}

/** Creates a folder with only the installed tarball and n8n-workflow to import. */
async function installInEmptyFolder(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'load-'));
	const modules = join(folder, 'node_modules');
	await npm(['install', packedPackage, '--no-save', '--no-package-lock'], {
		cwd: folder,
		env: npmEnvironment(dirname(process.execPath)),
		label: 'installing the tarball into an empty folder',
	});
	mkdirSync(modules, { recursive: true });
	// With a link, n8n-workflow can load its own dependencies, but our package can't.
	symlinkSync(join(projectFolder, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'));
	return folder;
}

function assert(condition: unknown, complaint: string): asserts condition {
	if (!condition) throw new Error(complaint);
}

function checkIcons(icon: NodeDescription['icon'], file: string): void {
	for (const name of typeof icon === 'string' ? [icon] : Object.values(icon ?? {})) {
		if (!name.startsWith('file:')) continue;
		const path = join(dirname(file), name.slice('file:'.length));
		assert(existsSync(path), `its icon ${basename(path)} isn't in the package`);
	}
}

/** Instantiates the class that a built file exports, as n8n does, and checks that it has everything n8n needs. */
function checkClass(folder: string, file: string, kind: 'node' | 'credential'): void {
	const className = basename(file).split('.')[0] ?? '';
	const exported = createRequire(join(folder, 'index.js'))(file) as Record<string, new () => Record<string, unknown>>;
	const Class = exported[className];
	assert(Class, `it doesn't export a class ${className}`);
	const instance = new Class();
	const description = (kind === 'node' ? instance['description'] : instance) as NodeDescription | undefined;
	assert(description?.name && description.displayName, 'it has no name or display name');
	assert(Array.isArray(description.properties) && description.properties.length > 0, 'it has no properties');
	assert(kind === 'credential' || (description.inputs && description.outputs), 'it has no inputs or outputs');
	checkIcons(description.icon, file);
	console.log(`  ${kind} ${description.name}: ${description.properties.length} properties`);
}

/** Checks that the package contains the license notices of exactly those packages whose code it contains. */
function checkLicenses(installed: string): void {
	const scripts = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.js'),
	);
	const code = scripts.map((file) => readFileSync(join(installed, 'dist', file), 'utf8')).join('\n');
	const [bundled, licensed] = [
		bundledPackages(code),
		licensedPackages(readFileSync(join(installed, 'dist/THIRD-PARTY-LICENSES'), 'utf8')),
	];
	assert(bundled.length > 0, 'no package is bundled, or esbuild no longer names the files it bundles');
	assert(
		bundled.join() === licensed.join(),
		`the bundles contain ${bundled.join(', ')}, but THIRD-PARTY-LICENSES has ${licensed.join(', ') || 'none'}`,
	);
	console.log(`  licenses: ${licensed.join(', ')}`);
}

/** Checks that the packed package can be loaded and instantiated in an empty folder, and that it is small. */
export async function runLoad(): Promise<Counts> {
	let counts = NONE;
	const check = (subject: string, work: () => void) => {
		try {
			work();
			counts = add(counts, passed());
		} catch (error) {
			const failure = `${subject}: ${(error as Error).message}`;
			console.log(`  ${failure}`);
			counts = add(counts, failedCheck(`load: ${failure}`));
		}
	};
	const bytes = statSync(packedPackage).size;
	check('tarball', () => {
		assert(bytes < MAX_TARBALL_BYTES, `${bytes} bytes, the limit is ${MAX_TARBALL_BYTES}`);
		console.log(`  tarball: ${Math.round(bytes / 1000)} kB`);
	});
	const folder = await installInEmptyFolder();
	try {
		const { name } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as Manifest;
		const installed = join(folder, 'node_modules', name);
		const { n8n } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
		check('licenses', () => checkLicenses(installed));
		for (const file of n8n.credentials) check(file, () => checkClass(folder, join(installed, file), 'credential'));
		for (const file of n8n.nodes) check(file, () => checkClass(folder, join(installed, file), 'node'));
	} finally {
		rmSync(folder, { recursive: true });
	}
	return counts;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PROVIDERS } from '../../../nodes/Transcription/providers';
import { n8n as packed } from '../../../package.json';

const root = join(__dirname, '../../..');
const nodes = join(root, 'nodes/Transcription');
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const filesBelow = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file));

/** Whether a source file is outside the providers' own folders and the registry. */
const isShared = (file: string) =>
	!relative(nodes, file).startsWith(`providers${sep}`) || relative(nodes, file).startsWith(join('providers', 'common'));

describe('Registry', () => {
	it('is in alphabetical order, like the menu', () => {
		const names = PROVIDERS.map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	});

	it('contains every folder of providers/', () => {
		const folders = readdirSync(join(nodes, 'providers'), { withFileTypes: true }).filter((entry) =>
			entry.isDirectory(),
		);
		expect(folders.map(({ name }) => name).sort()).toEqual(['common', ...PROVIDERS.map(({ name }) => name)].sort());
	});

	it.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
		'%s has a packaged credential and a docs page',
		(name, { credentialType }) => {
			expect(credentialType).toBe(`${name}TranscriptionApi`);
			const file = `credentials/${pascal(credentialType)}.credentials`;
			expect(existsSync(join(root, `${file}.ts`))).toBe(true);
			expect(packed.credentials).toContain(`dist/${file}.js`);
			expect(existsSync(join(root, `docs/providers/${name}.md`))).toBe(true);
		},
	);
});

describe('Shared code', () => {
	const shared = filesBelow(nodes).filter(isShared);

	it('is found', () => expect(shared.length).toBeGreaterThan(30));

	it.each(PROVIDERS.map(({ name }) => name))('never checks for the name %s', (name) => {
		const matches = shared.filter((file) => new RegExp(`['"\`]${name}['"\`]`).test(readFileSync(file, 'utf8')));
		expect(matches.map((file) => relative(root, file))).toEqual([]);
	});
});

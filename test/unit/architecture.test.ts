import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const nodes = join(__dirname, '../../nodes/Transcription');

/** From left to right: a file knows its own folder and what stands further right. */
const LAYERS = ['.', 'trigger', 'operations', 'providers', 'http', 'record', 'callback', 'transcript', 'core'];

/** The adapter to n8n's webhook requests; the rest of `callback/` and `transcript/` is pure. */
const ADAPTERS = [join('callback', 'endpoint.ts')];

const files = readdirSync(nodes, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
	const code = readFileSync(join(nodes, file), 'utf8');
	return [...code.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';/gms)].map(([, from]) => from ?? '');
}

const layerOf = (file: string) => LAYERS.indexOf(file.includes(sep) ? (file.split(sep)[0] ?? '') : '.');

it('finds the files and their imports', () => {
	expect(files.length).toBeGreaterThan(50);
	expect(files.flatMap(importsOf).length).toBeGreaterThan(150);
});

it.each(files)('%s imports nothing that stands to its left', (file) => {
	const left = importsOf(file)
		.filter((from) => from.startsWith('.'))
		.map((from) => relative(nodes, resolve(nodes, dirname(file), from)))
		.filter((target) => layerOf(target.includes(sep) || LAYERS.includes(target) ? `${target}${sep}` : target) < layerOf(file));
	expect(left).toEqual([]);
});

it.each(files.filter((file) => /^(transcript|callback)\b/.test(file) && !ADAPTERS.includes(file)))(
	'%s is pure: of packages it imports at most node:crypto',
	(file) => {
		const packages = importsOf(file).filter((from) => !from.startsWith('.'));
		expect(packages.filter((name) => name !== 'node:crypto')).toEqual([]);
	},
);

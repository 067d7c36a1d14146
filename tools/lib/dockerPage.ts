import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectFolder } from '../n8n';

/** The settings of `compose.yaml` that the tests use. */
export interface ComposeFile {
	services: Record<
		string,
		{
			build?: string;
			image?: string;
			command?: string;
			ports?: string[];
			volumes?: string[];
			environment?: Record<string, string>;
			depends_on?: Record<string, { condition: string }>;
			healthcheck?: { test: string[] };
		}
	>;
	volumes: Record<string, null>;
}

/** An instruction of a Dockerfile, with its continuation lines joined, e.g. `['USER', 'node']`. */
export type Instruction = [name: string, argument: string];

/** Returns the only code block of docs/docker.md in a language. */
function block(language: string): string {
	const page = readFileSync(join(projectFolder, 'docs/docker.md'), 'utf8');
	const found = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))];
	if (found.length !== 1) throw new Error(`docs/docker.md must have one ${language} block, but has ${found.length}`);
	return found[0]?.[1] ?? '';
}

/** Reads the Dockerfile in docs/docker.md. */
export function readDockerfile(): Instruction[] {
	return block('dockerfile')
		.replace(/^#.*\n/gm, '')
		.replace(/\\\n/g, '')
		.trim()
		.split('\n')
		.map((line) => {
			const [, name = '', argument = ''] = /^([A-Z]+) +(.+)$/.exec(line) ?? [];
			return [name, argument];
		});
}

/** Reads `compose.yaml` in docs/docker.md, with its merge keys resolved. */
export function readComposeFile(): ComposeFile {
	return parse(block('yaml'), { merge: true }) as ComposeFile;
}

/** Reads the variables that make n8n install a fixed set of packages. */
export function readManagedPackages(): Record<string, string> {
	return Object.fromEntries(
		block('sh')
			.trim()
			.split('\n')
			.map((line) => {
				const [, name = '', value = ''] = /^(\w+)='?(.*?)'?$/.exec(line) ?? [];
				return [name, value];
			}),
	);
}

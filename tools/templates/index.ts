import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, type WorkflowDefinition } from '../n8n';

/** Where the importable workflows lie. */
export const templatesFolder = join(projectFolder, 'templates');

/** The names of all templates: their files without `.json`. */
export const templateNames: readonly string[] = readdirSync(templatesFolder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length))
	.sort();

/** A template as it stands in its file. A new object each time. */
export function readTemplate(name: string): WorkflowDefinition {
	return JSON.parse(readFileSync(join(templatesFolder, `${name}.json`), 'utf8')) as WorkflowDefinition;
}

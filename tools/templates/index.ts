import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, type WorkflowDefinition } from '../n8n';

/** The folder with the importable workflows. */
export const templatesFolder = join(projectFolder, 'templates');

/** The names of all templates, which are their file names without `.json`. */
export const templateNames: readonly string[] = readdirSync(templatesFolder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length))
	.sort();

/** Reads a template from its file. Returns a new object each time. */
export function readTemplate(name: string): WorkflowDefinition {
	return JSON.parse(readFileSync(join(templatesFolder, `${name}.json`), 'utf8')) as WorkflowDefinition;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	projectFolder,
	type Credential,
	type Workflow,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../tools/n8n';
import { credentialsOf, type Testbed } from '../e2e/harness';

/** A published template. */
export interface Published {
	workflow: Workflow;
	formUrl: string;
}

/** Returns the credential type that a user has to select in a node. */
function credentialType({ type, parameters }: WorkflowNode, service: Credential): string | undefined {
	if (type === 'n8n-nodes-base.wordpress') return 'wordpressApi';
	if (type === 'n8n-nodes-base.httpRequest') return parameters['nodeCredentialType'] as string;
	return type === 'n8n-nodes-transcription.transcription' ? service.type : undefined;
}

/**
 * Imports the template, selects credentials in its nodes, and publishes it.
 * @param change other changes to its nodes
 */
export async function publishTemplate(
	{ client, credential, n8n }: Testbed,
	wordpressCredential: Credential,
	change: (node: WorkflowNode) => void = () => {},
): Promise<Published> {
	const file = join(projectFolder, 'templates/form-to-wordpress.json');
	const template = JSON.parse(readFileSync(file, 'utf8')) as WorkflowDefinition;
	const form = crypto.randomUUID();
	for (const node of template.nodes) {
		const chosen = [wordpressCredential, credential].find(({ type }) => type === credentialType(node, credential));
		if (chosen) node.credentials = credentialsOf(chosen);
		// The editor sets the form's ID on import.
		if (node.type === 'n8n-nodes-base.formTrigger') node.webhookId ??= form;
		change(node);
	}
	const workflow = await client.createWorkflow(template);
	await client.publish(workflow.id);
	return { workflow, formUrl: `${n8n.url}/form/${form}` };
}

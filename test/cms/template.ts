import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, type Credential, type Workflow, type WorkflowDefinition, type WorkflowNode } from '../../tools/n8n';
import { credentialsOf, type Stage } from '../e2e/harness';

/** A template in n8n, published. */
export interface Published {
	workflow: Workflow;
	formUrl: string;
}

/** The type of credential that somebody who sets the template up chooses in a node. */
function credentialType({ type, parameters }: WorkflowNode, service: Credential): string | undefined {
	if (type === 'n8n-nodes-base.wordpress') return 'wordpressApi';
	if (type === 'n8n-nodes-base.httpRequest') return parameters['nodeCredentialType'] as string;
	return type === 'n8n-nodes-transcription.transcription' ? service.type : undefined;
}

/**
 * Imports the template as it stands, chooses credentials in its nodes, and publishes it.
 * @param change what its user changes besides
 */
export async function publishTemplate(
	{ client, credential, n8n }: Stage,
	site: Credential,
	change: (node: WorkflowNode) => void = () => {},
): Promise<Published> {
	const file = join(projectFolder, 'templates/form-to-wordpress.json');
	const template = JSON.parse(readFileSync(file, 'utf8')) as WorkflowDefinition;
	const form = crypto.randomUUID();
	for (const node of template.nodes) {
		const chosen = [site, credential].find(({ type }) => type === credentialType(node, credential));
		if (chosen) node.credentials = credentialsOf(chosen);
		// As the editor does with an import: the address of the form.
		if (node.type === 'n8n-nodes-base.formTrigger') node.webhookId ??= form;
		change(node);
	}
	const workflow = await client.createWorkflow(template);
	await client.publish(workflow.id);
	return { workflow, formUrl: `${n8n.url}/form/${form}` };
}

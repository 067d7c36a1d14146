import { readTemplate } from '../../../tools/templates';
import type { Credential, N8nClient, Workflow, WorkflowDefinition, WorkflowNode } from '../../../tools/n8n';
import { addCredential, MINUTES, useOwnTestbed, type Testbed } from '../harness';
import { PROFILES } from '../profiles';
import { type Internet, startInternet } from './internet';
import { credentialTypesOf, typeOf } from './nodeTypes';

/** n8n behind an intercepting proxy, and the sandbox. */
export interface TemplateTestbed {
	readonly testbed: Testbed;
	readonly internet: Internet;
	/**
	 * Imports a template, selects its credentials and one for every transcription service, and publishes it, like a user.
	 * @param choices parameters that have no default, by the name of their node
	 */
	setUp(
		name: string,
		credentials?: Record<string, Record<string, unknown>>,
		choices?: Record<string, Record<string, unknown>>,
	): Promise<Workflow>;
}

export function useTemplateTestbed(): TemplateTestbed {
	let internet: Internet | undefined;
	let published: Workflow[] = [];
	const testbed = useOwnTestbed({
		env: async () => {
			internet = await startInternet();
			// On a busy machine, the process that runs Code nodes takes longer to start than n8n's default limits.
			return { ...internet.env, N8N_RUNNERS_GRANT_TOKEN_TTL: '600', N8N_RUNNERS_TASK_REQUEST_TIMEOUT: '600' };
		},
	});
	const opened = () => {
		if (!internet) throw new Error('The proxy is only available within tests');
		return internet;
	};
	beforeEach(() => opened().mock({}));
	// Also after a failed test: a workflow that keeps polling its services would make later tests fail.
	afterEach(async () => {
		for (const { id } of published) await testbed.client.unpublish(id);
		published = [];
	}, MINUTES);
	// No test may send requests to unknown hosts or requests that the vendor would reject.
	afterEach(() => expect(opened().violations()).toEqual([]));
	afterAll(async () => await internet?.close(), MINUTES);
	return {
		testbed,
		get internet() {
			return opened();
		},
		async setUp(name, credentials = {}, choices = {}) {
			const { client, sandbox } = testbed;
			const made = await Promise.all(
				PROFILES.map(async (profile) => await addCredential(client, sandbox, {}, profile)),
			);
			for (const [type, data] of Object.entries(credentials)) {
				made.push(await client.createCredential(`${name} ${type} ${Math.random()}`, type, data));
			}
			const template = await withCredentials(client, readTemplate(name), made);
			const nodes = template.nodes.map((node) => ({
				...node,
				parameters: { ...node.parameters, ...choices[node.name] },
				// The editor sets the form's ID on import.
				...(node.type === 'n8n-nodes-base.formTrigger' && { webhookId: node.webhookId ?? crypto.randomUUID() }),
			}));
			const workflow = await client.createWorkflow({ ...template, nodes });
			published.push(workflow);
			await client.publish(workflow.id);
			return workflow;
		},
	};
}

/** Returns the template with a credential selected in every node that requires one. @throws if none has the required type */
async function withCredentials(
	client: N8nClient,
	template: WorkflowDefinition,
	credentials: readonly Credential[],
): Promise<WorkflowDefinition> {
	const nodes = [];
	for (const node of template.nodes) {
		const chosen: NonNullable<WorkflowNode['credentials']> = {};
		for (const type of credentialTypesOf(node, await typeOf(client, node))) {
			const credential = credentials.find((candidate) => candidate.type === type);
			if (!credential) throw new Error(`${node.name} requires a credential of type ${type}`);
			chosen[type] = { id: credential.id, name: credential.name };
		}
		nodes.push({ ...node, ...(Object.keys(chosen).length > 0 && { credentials: chosen }) });
	}
	return { ...template, nodes };
}

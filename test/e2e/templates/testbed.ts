import { readTemplate } from '../../../tools/templates';
import type { Credential, N8nClient, Workflow, WorkflowDefinition, WorkflowNode } from '../../../tools/n8n';
import { MINUTES, useTestbed, type Testbed } from '../harness';
import { assemblyAi } from '../profiles/assemblyAi';
import { type Internet, startInternet } from './internet';
import { credentialTypesOf, typeOf } from './nodeTypes';

/** n8n behind an intercepting proxy, and a credential for the sandbox that the templates use. */
export interface TemplateTestbed {
	readonly testbed: Testbed;
	readonly internet: Internet;
	/** Imports a template, selects its credentials, and publishes it, like a user. */
	setUp(name: string, credentials?: Record<string, Record<string, unknown>>): Promise<Workflow>;
}

export function useTemplateTestbed(): TemplateTestbed {
	let internet: Internet | undefined;
	const testbed = useTestbed(assemblyAi, {
		env: async () => {
			internet = await startInternet();
			return internet.env;
		},
	});
	const opened = () => {
		if (!internet) throw new Error('The proxy is only available within tests');
		return internet;
	};
	beforeEach(() => opened().mock({}));
	// No test may send requests to unknown hosts or requests that the vendor would reject.
	afterEach(() => expect(opened().violations()).toEqual([]));
	afterAll(async () => await internet?.close(), MINUTES);
	return {
		testbed,
		get internet() {
			return opened();
		},
		async setUp(name, credentials = {}) {
			const { client, credential } = testbed;
			const made = [credential];
			for (const [type, data] of Object.entries(credentials)) {
				made.push(await client.createCredential(`${name} ${type} ${Math.random()}`, type, data));
			}
			const template = await withCredentials(client, readTemplate(name), made);
			const workflow = await client.createWorkflow(template);
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

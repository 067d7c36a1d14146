import { readTemplate } from '../../../tools/templates';
import type { Credential, N8nClient, Workflow, WorkflowDefinition, WorkflowNode } from '../../../tools/n8n';
import { MINUTES, useStage, type Stage } from '../harness';
import { assemblyAi } from '../profiles/assemblyAi';
import { type Internet, startInternet } from './internet';
import { credentialTypesOf, typeOf } from './nodeTypes';

/** n8n in front of a local internet, with the sandbox behind the credential that the templates need. */
export interface TemplateStage {
	readonly stage: Stage;
	readonly internet: Internet;
	/** A template in n8n as a user leaves it: imported, each credential chosen, published. */
	setUp(name: string, credentials?: Record<string, Record<string, unknown>>): Promise<Workflow>;
}

export function useTemplateStage(): TemplateStage {
	let internet: Internet | undefined;
	const stage = useStage(assemblyAi, {
		env: async () => {
			internet = await startInternet();
			return internet.env;
		},
	});
	const opened = () => {
		if (!internet) throw new Error('The internet opens before the first test');
		return internet;
	};
	beforeEach(() => opened().play({}));
	// Whatever else a test says: no node asks a host that nobody plays, or something that its vendor would refuse.
	afterEach(() => expect(opened().complaints()).toEqual([]));
	afterAll(async () => await internet?.close(), MINUTES);
	return {
		stage,
		get internet() {
			return opened();
		},
		async setUp(name, credentials = {}) {
			const { client, credential } = stage;
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

/** The template with a credential chosen wherever one is asked for. @throws when none of the type is there */
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
			if (!credential) throw new Error(`${node.name} asks for a credential of type ${type}`);
			chosen[type] = { id: credential.id, name: credential.name };
		}
		nodes.push({ ...node, ...(Object.keys(chosen).length > 0 && { credentials: chosen }) });
	}
	return { ...template, nodes };
}

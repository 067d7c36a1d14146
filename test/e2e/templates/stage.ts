import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import { readTemplate } from '../../../tools/templates';
import type { Credential, N8nClient, NodeType, Workflow, WorkflowDefinition, WorkflowNode } from '../../../tools/n8n';
import { MINUTES, useStage, type Stage } from '../harness';
import { assemblyAi } from '../profiles/assemblyAi';
import { type Internet, startInternet } from './internet';

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

const listed = new WeakMap<N8nClient, Promise<NodeType[]>>();

/** What n8n knows of a node's type. @throws when it does not know the type in this version */
export async function typeOf(client: N8nClient, { name, type, typeVersion }: WorkflowNode): Promise<INodeTypeDescription> {
	// Asked for all: n8n 2.41 does not tell the tool form of a node by itself.
	const types = listed.get(client) ?? client.listNodeTypes();
	listed.set(client, types);
	const found = (await types).find((known) => known.name === type && [known.version].flat().includes(typeVersion));
	if (!found) throw new Error(`n8n does not know the type of ${name}: ${type} version ${typeVersion}`);
	return found as unknown as INodeTypeDescription;
}

/**
 * The types of credentials that a node asks for with the parameters it has.
 * The HTTP Request node names another node's type in a parameter.
 */
export function credentialTypesOf(node: WorkflowNode, description: INodeTypeDescription): string[] {
	const parameters = completed(node, description);
	const declared = (description.credentials ?? []).filter((credential) =>
		NodeHelpers.displayParameterPath(parameters, credential, '', node as INode, description),
	);
	const named = node.parameters.nodeCredentialType;
	return [...declared.map(({ name }) => name), ...(typeof named === 'string' ? [named] : [])];
}

/** The parameters of a node, with the defaults of those that it does not name. */
export function completed(node: WorkflowNode, description: INodeTypeDescription): INode['parameters'] {
	const given = node.parameters as INode['parameters'];
	return NodeHelpers.getNodeParameters(description.properties, given, true, false, node as INode, description) ?? {};
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

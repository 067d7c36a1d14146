import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import type { N8nClient, NodeType, WorkflowNode } from '../../../tools/n8n';

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

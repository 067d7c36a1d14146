import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import type { N8nClient, NodeType, WorkflowNode } from '../../../tools/n8n';

const listed = new WeakMap<N8nClient, Promise<NodeType[]>>();

/** n8n's description of a node's type. @throws if this version of n8n doesn't have the type */
export async function typeOf(
	client: N8nClient,
	{ name, type, typeVersion }: WorkflowNode,
): Promise<INodeTypeDescription> {
	// Lists all types, because n8n 2.41 doesn't return the tool variant of a single node.
	const types = listed.get(client) ?? client.listNodeTypes();
	listed.set(client, types);
	const found = (await types).find((known) => known.name === type && [known.version].flat().includes(typeVersion));
	if (!found) throw new Error(`Unknown type of node ${name}: ${type} version ${typeVersion}`);
	return found as unknown as INodeTypeDescription;
}

/**
 * The credential types that a node requires with its current parameters. The HTTP Request node can name another node's
 * credential type in a parameter.
 */
export function credentialTypesOf(node: WorkflowNode, description: INodeTypeDescription): string[] {
	const parameters = completed(node, description);
	const declared = (description.credentials ?? []).filter((credential) =>
		NodeHelpers.displayParameterPath(parameters, credential, '', node as INode, description),
	);
	const named = node.parameters.nodeCredentialType;
	return [...declared.map(({ name }) => name), ...(typeof named === 'string' ? [named] : [])];
}

/** Returns the parameters of a node, including the defaults of those that aren't set. */
export function completed(node: WorkflowNode, description: INodeTypeDescription): INode['parameters'] {
	const given = node.parameters as INode['parameters'];
	return NodeHelpers.getNodeParameters(description.properties, given, true, false, node as INode, description) ?? {};
}

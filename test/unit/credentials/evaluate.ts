import { type ICredentialDataDecryptedObject, type IDataObject, type INode, Workflow } from 'n8n-workflow';

const node: INode = { id: '1', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) };
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });

/** Evaluates an expression of a credential the way n8n does. */
export function evaluate(expression: unknown, values: ICredentialDataDecryptedObject): unknown {
	return workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', {
		$credentials: values as IDataObject,
	});
}

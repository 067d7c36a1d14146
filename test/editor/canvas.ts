import { type IDataObject, type INodeProperties, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';
import { findOperation } from '../../nodes/Transcription/operations';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import type { WorkflowNode } from '../../tools/n8n';
import { credentialsOf, type Testbed } from '../e2e/harness';

const NODES = {
	transcription: new Transcription().description,
	transcriptionTrigger: new TranscriptionTrigger().description,
};

/** Creates one of our nodes with the credential of a testbed's service. */
export function ours(
	testbed: Testbed,
	name: string,
	kind: keyof typeof NODES,
	position: [number, number],
	parameters: IDataObject = {},
): WorkflowNode {
	return {
		id: crypto.randomUUID(),
		name,
		type: `n8n-nodes-transcription.${kind}`,
		typeVersion: 1,
		position,
		webhookId: crypto.randomUUID(),
		credentials: credentialsOf(testbed.credential),
		parameters: { provider: testbed.profile.provider, ...parameters },
	};
}

/** Returns the parameters that select an operation. @param word such as `transcript.get` */
export function operation(word: string): { resource: string; operation: string } {
	const [resource = '', value = ''] = word.split('.');
	findOperation(resource, value);
	return { resource, operation: value };
}

/** Returns the parameters with every option of every collection added with its default value. */
export function withAllOptions(kind: keyof typeof NODES, parameters: IDataObject): IDataObject {
	const description: INodeTypeDescription = NODES[kind];
	const all =
		NodeHelpers.getNodeParameters(description.properties, parameters as never, true, false, null, description) ?? {};
	const shown = description.properties.filter(
		(property) => property.type === 'collection' && NodeHelpers.displayParameter(all, property, null, description),
	);
	const filled = shown.map(({ name, options }) => [
		name,
		Object.fromEntries((options as INodeProperties[]).map((option) => [option.name, added(option)])),
	]);
	return { ...parameters, ...(Object.fromEntries(filled) as IDataObject) };
}

/** Returns the value of a newly added option. */
function added({ type, typeOptions, options, default: preset }: INodeProperties): unknown {
	if (type === 'resourceLocator') return { __rl: true, ...(preset as object) };
	const [group] = type === 'fixedCollection' ? (options ?? []) : [];
	if (!group || !('values' in group)) return preset;
	const one = Object.fromEntries(group.values.map((value) => [value.name, value.default]));
	return { [group.name]: typeOptions?.multipleValues ? [one] : one };
}

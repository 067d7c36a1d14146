import type { Credential, WorkflowDefinition, WorkflowNode } from '../n8n';

/** Names that the demo looks up. */
export const names = {
	workflow: 'Transcription demo',
	start: 'Start',
	submit: 'Submit Recording',
	trigger: 'When Transcribed',
	crm: 'To Your CRM',
} as const;

interface DemoWorkflowOptions {
	/** Absolute path of the recording. n8n must be allowed to read it. */
	recording: string;
	/** Value of the Provider menu. */
	provider: string;
	/** Credentials of all providers, so that the user can switch between them. */
	credentials: readonly Credential[];
}

const to = (node: string) => [{ node, type: 'main', index: 0 }];

const note = (
	id: string,
	content: string,
	position: [number, number],
	width: number,
	height: number,
	color: number,
): WorkflowNode => ({
	id,
	name: `Note ${id}`,
	type: 'n8n-nodes-base.stickyNote',
	typeVersion: 1,
	position,
	parameters: { content, width, height, color },
});

const set = (id: string, name: string, position: [number, number], fields: Record<string, string>): WorkflowNode => ({
	id,
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	position,
	parameters: {
		assignments: {
			assignments: Object.entries(fields).map(([field, value]) => ({
				id: `${id}-${field}`,
				name: field,
				value,
				type: 'string',
			})),
		},
		options: {},
	},
});

/**
 * Two flows on one canvas. The upper flow submits a recording and ends. The lower flow starts with the transcript when the
 * service sends the callback.
 */
export function demoWorkflow({ recording, provider, ...options }: DemoWorkflowOptions): WorkflowDefinition {
	const credentials = Object.fromEntries(options.credentials.map(({ id, name, type }) => [type, { id, name }]));
	return {
		name: names.workflow,
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 'start',
				name: names.start,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'read',
				name: 'Read Recording',
				type: 'n8n-nodes-base.readWriteFile',
				typeVersion: 1,
				position: [220, 0],
				parameters: { operation: 'read', fileSelector: recording, options: {} },
			},
			{
				id: 'submit',
				name: names.submit,
				type: 'n8n-nodes-transcription.transcription',
				typeVersion: 1,
				position: [440, 0],
				credentials,
				parameters: {
					provider,
					resource: 'transcription',
					operation: 'submit',
					source: 'binary',
					binaryPropertyName: 'data',
					callback: 'workflowTrigger',
					metadata: { pair: [{ key: 'customer', value: 'Ada Lovelace' }] },
					options: { diarize: true },
				},
			},
			{
				id: 'trigger',
				name: names.trigger,
				type: 'n8n-nodes-transcription.transcriptionTrigger',
				typeVersion: 1,
				position: [0, 480],
				// n8n requires one for webhook nodes, although this node's path doesn't use it.
				webhookId: '6b3f0f57-1f43-4a39-9f0e-3a0a5c1d7e42',
				credentials,
				parameters: { provider, events: ['completed', 'failed'], fetchTranscript: true, output: 'simplified' },
			},
			set('crm', names.crm, [440, 400], {
				customer: '={{ $json.metadata.customer }}',
				transcript: '={{ $json.text }}',
				transcriptId: '={{ $json.id }}',
			}),
			set('notify', 'Notify Someone', [440, 580], {
				message: '=The recording of {{ $json.metadata.customer }} could not be transcribed: {{ $json.errorMessage }}',
			}),
			note(
				'submit-note',
				'## 1. Submit\nUploads the recording and ends. No waiting, no polling: the service receives the URL of the trigger below.',
				[-60, -130],
				760,
				310,
				4,
			),
			note(
				'receive-note',
				'## 2. Receive\nStarts when the service sends a callback. The trigger verifies it, fetches the transcript and drops duplicates.',
				[-60, 270],
				760,
				490,
				5,
			),
		],
		connections: {
			[names.start]: { main: [to('Read Recording')] },
			'Read Recording': { main: [to(names.submit)] },
			[names.trigger]: { main: [to(names.crm), to('Notify Someone')] },
		},
	};
}

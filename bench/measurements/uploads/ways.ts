import { node } from '../../../tools/compare/canvases';
import type { Connections, N8nClient, WorkflowNode } from '../../../tools/n8n';

/** How a file travels: as the whole body, or as a part of a form. */
export type Shape = 'raw' | 'form';

/** One node that uploads a file. */
export interface Way {
	title: string;
	shape: Shape;
	/** The node that uploads. */
	create(client: N8nClient, origin: string): Promise<WorkflowNode>;
}

export const UPLOAD = 'Upload';

/** Nodes that upload: ours, n8n's own, what existing packages do, and the shortest way there is. */
export const WAY_NAMES = ['ours', 'httpRequest', 'buffering', 'piping'] as const;
export type WayName = (typeof WAY_NAMES)[number];

export const WAYS: Record<WayName, Partial<Record<Shape, Way>>> = {
	ours: { raw: ours('raw', 'assemblyAi', 'AssemblyAI'), form: ours('form', 'soniox', 'Soniox') },
	httpRequest: { raw: httpRequest('raw'), form: httpRequest('form') },
	buffering: { raw: buffering('raw'), form: buffering('form') },
	piping: { raw: piping() },
};

/** Where the sink takes a file of that shape. */
export const PATHS: Record<Shape, string> = { raw: '/v2/upload', form: '/v1/files' };

function ours(shape: Shape, provider: string, service: string): Way {
	return {
		title: `Submit (${service})`,
		shape,
		async create(client, baseUrl) {
			const type = `${provider}TranscriptionApi`;
			const { id, name } = await client.createCredential(service, type, { apiKey: 'key', region: 'custom', baseUrl });
			const submit = { provider, resource: 'transcription', operation: 'submit', source: 'binary', callback: 'none' };
			return { ...node(UPLOAD, 'n8n-nodes-transcription.transcription', 1, submit), credentials: { [type]: { id, name } } };
		},
	};
}

function httpRequest(shape: Shape): Way {
	const body =
		shape === 'raw'
			? { contentType: 'binaryData', inputDataFieldName: 'data' }
			: {
					contentType: 'multipart-form-data',
					bodyParameters: { parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }] },
				};
	return {
		title: 'HTTP Request',
		shape,
		create: async (_client, origin) =>
			node(UPLOAD, 'n8n-nodes-base.httpRequest', 4.2, {
				method: 'POST',
				url: origin + PATHS[shape],
				sendBody: true,
				...body,
				options: { timeout: 3_600_000 },
			}),
	};
}

function buffering(shape: Shape): Way {
	return {
		title: 'a node that reads it into memory',
		shape,
		create: async (_client, origin) => node(UPLOAD, 'CUSTOM.bufferingUpload', 1, { url: origin + PATHS[shape], asForm: shape === 'form' }),
	};
}

function piping(): Way {
	return {
		title: 'a pipe from disk in n8n’s process',
		shape: 'raw',
		create: async (_client, origin) => node(UPLOAD, 'CUSTOM.pipingUpload', 1, { url: origin + PATHS.raw }),
	};
}

/** Start → Read → Upload. @returns its ID */
export async function createPipeline(client: N8nClient, way: Way, origin: string, file: string): Promise<string> {
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const connections: Connections = { Start: to('Read'), Read: to(UPLOAD) };
	const { id } = await client.createWorkflow({
		name: way.title,
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1, { operation: 'read', fileSelector: file, options: {} }),
			await way.create(client, origin),
		],
		connections,
	});
	return id;
}

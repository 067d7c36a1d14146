import { connect, credentialsOf, type N8nClient, node, type WorkflowNode } from '../../../tools/n8n';

/** How a file is sent: as the whole body, or as a part of a form. */
export type Shape = 'raw' | 'form';

/** A node that uploads a file. */
export interface Uploader {
	title: string;
	shape: Shape;
	/** Creates the node. */
	create(client: N8nClient, origin: string): Promise<WorkflowNode>;
}

export const UPLOAD = 'Upload';

/** Our node, n8n's own, a node that works like existing packages, and the most direct upload possible. */
export const UPLOADER_NAMES = ['ours', 'httpRequest', 'buffering', 'piping'] as const;
export type UploaderName = (typeof UPLOADER_NAMES)[number];

export const UPLOADERS: Record<UploaderName, Partial<Record<Shape, Uploader>>> = {
	ours: { raw: ours('raw', 'assemblyAi', 'AssemblyAI'), form: ours('form', 'soniox', 'Soniox') },
	httpRequest: { raw: httpRequest('raw'), form: httpRequest('form') },
	buffering: { raw: buffering('raw'), form: buffering('form') },
	piping: { raw: piping() },
};

/** Paths of the sink that accept a file of each shape. */
export const PATHS: Record<Shape, string> = { raw: '/v2/upload', form: '/v1/files' };

function ours(shape: Shape, provider: string, service: string): Uploader {
	return {
		title: `Submit (${service})`,
		shape,
		async create(client, baseUrl) {
			const type = `${provider}TranscriptionApi`;
			const credential = await client.createCredential(service, type, { apiKey: 'key', region: 'custom', baseUrl });
			const submit = { provider, resource: 'transcription', operation: 'submit', source: 'binary', callback: 'none' };
			return {
				...node(UPLOAD, 'n8n-nodes-transcription.transcription', 1, submit),
				credentials: credentialsOf(credential),
			};
		},
	};
}

function httpRequest(shape: Shape): Uploader {
	const body =
		shape === 'raw'
			? { contentType: 'binaryData', inputDataFieldName: 'data' }
			: {
					contentType: 'multipart-form-data',
					bodyParameters: {
						parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
					},
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

function buffering(shape: Shape): Uploader {
	return {
		title: 'a node that reads the file into memory',
		shape,
		create: async (_client, origin) =>
			node(UPLOAD, 'CUSTOM.bufferingUpload', 1, { url: origin + PATHS[shape], asForm: shape === 'form' }),
	};
}

function piping(): Uploader {
	return {
		title: 'a pipe from disk in n8n’s process',
		shape: 'raw',
		create: async (_client, origin) => node(UPLOAD, 'CUSTOM.pipingUpload', 1, { url: origin + PATHS.raw }),
	};
}

/** Creates the workflow Start → Read → Upload. @returns its ID */
export async function createPipeline(
	client: N8nClient,
	uploader: Uploader,
	origin: string,
	file: string,
): Promise<string> {
	const { id } = await client.createWorkflow({
		name: uploader.title,
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1, { operation: 'read', fileSelector: file, options: {} }),
			await uploader.create(client, origin),
		],
		connections: connect(['Start', 'Read', UPLOAD]),
	});
	return id;
}

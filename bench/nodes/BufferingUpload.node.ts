import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** Uploads a file like existing packages do: reads all of it into memory first. */
export class BufferingUpload implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Buffering Upload',
		name: 'bufferingUpload',
		group: ['transform'],
		version: 1,
		description: 'Uploads a file from memory',
		defaults: { name: 'Buffering Upload' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'As Form', name: 'asForm', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = this.getNodeParameter('url', 0) as string;
		const { fileName, mimeType } = this.helpers.assertBinaryData(0, 'data');
		const content = await this.helpers.getBinaryDataBuffer(0, 'data');
		const json = (await this.helpers.httpRequest({
			method: 'POST',
			url,
			timeout: 0,
			...(this.getNodeParameter('asForm', 0)
				? { body: formWith(content, fileName ?? 'audio', mimeType) }
				: { body: content, headers: { 'content-type': 'application/octet-stream' } }),
			json: true,
		})) as INodeExecutionData['json'];
		return [[{ json, pairedItem: 0 }]];
	}
}

function formWith(content: Buffer, fileName: string, type: string): FormData {
	const form = new FormData();
	form.append('file', new Blob([content], { type }), fileName);
	return form;
}

import { createReadStream, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

/**
 * Pipes a file from disk into a request, without n8n in between, in Node's default chunks of 64 KiB. Community nodes
 * can't do this, because they must support every storage that n8n offers for files.
 */
export class PipingUpload implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Piping Upload',
		name: 'pipingUpload',
		group: ['transform'],
		version: 1,
		description: 'Pipes a file into a request',
		defaults: { name: 'Piping Upload' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = this.getNodeParameter('url', 0) as string;
		const path = this.helpers.getBinaryPath(this.helpers.assertBinaryData(0, 'data').id ?? '');
		const response = await new Promise<IncomingMessage>((resolve, reject) => {
			const outgoing = request(url, { method: 'POST', headers: { 'content-length': statSync(path).size } }, resolve);
			outgoing.once('error', reject);
			createReadStream(path).pipe(outgoing);
		});
		return [[{ json: JSON.parse(await text(response)) as INodeExecutionData['json'], pairedItem: 0 }]];
	}
}

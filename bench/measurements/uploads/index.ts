import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost } from '../../../tools/n8n';
import type { Bench, Measurement, Section } from '../../bench';
import { type House, openHouse } from '../../house';
import { growthWhile } from './memory';
import { byCurl, byPlainNode } from './others';
import { type Cost, sectionOf, type Uploads } from './results';
import { openSink, type Sink } from './sink';
import { createPipeline, PATHS, type Shape, UPLOAD, type Way, WAYS } from './ways';

const MEGABYTE = 1_000_000;
const SIZES = [100, 500, 1000];
const QUICK_SIZES = [10, 50];
const WARM_UP_BYTES = 200_000;
const PATIENCE_MS = 300_000;

export const uploads: Measurement = {
	name: 'uploads',
	title: 'Uploads through a real n8n',
	async measure(bench: Bench): Promise<Section> {
		const sink = await openSink();
		const results: Uploads[] = [];
		try {
			for (const shape of ['raw', 'form'] as const) {
				for (const megabytes of bench.quick ? QUICK_SIZES : SIZES) {
					results.push(await measureOne(bench, sink, shape, megabytes));
				}
			}
		} finally {
			sink.close();
		}
		return sectionOf(results);
	},
};

/** All ways with one file. Each has an n8n of its own: what one leaves behind would hide what the next takes. */
async function measureOne(bench: Bench, sink: Sink, shape: Shape, megabytes: number): Promise<Uploads> {
	const result: Uploads = { shape, megabytes, ours: [], httpRequest: [], buffering: [], curl: [], plainNode: [] };
	for (const name of ['ours', 'httpRequest', 'buffering'] as const) {
		const way = WAYS[name][shape];
		bench.say(`${megabytes} MB by ${way.title} …`);
		const house = await openHouse({ ...bench, say: () => {} });
		try {
			const file = fileOf(house, megabytes * MEGABYTE);
			const upload = await prepare(house, sink, way, file);
			for (let run = 0; run < (bench.quick ? 1 : 3); run++) {
				result[name].push(await upload());
				// In turn with ours, on the same file.
				if (name === 'ours') Object.entries(await byOthers(sink, shape, file)).forEach(([other, seconds]) => result[other as 'curl'].push(seconds));
			}
		} finally {
			await house.close();
		}
	}
	return result;
}

/** A recording of that size: a beginning, then silence. */
function fileOf({ folder }: House, bytes: number): string {
	const path = join(folder, `${bytes}.wav`);
	writeFileSync(path, Buffer.alloc(44, 1));
	truncateSync(path, bytes);
	return path;
}

/** What a first run loads, and what the node takes that reads the file from disk, is not what an upload costs. */
async function prepare(house: House, sink: Sink, way: Way, file: string): Promise<() => Promise<Cost>> {
	const { client, n8n } = house;
	const small = fileOf(house, WARM_UP_BYTES);
	const warmUp = await createPipeline(client, way, sink.origin, small);
	for (let run = 0; run < 5; run++) await execute(house, warmUp, UPLOAD);
	rmSync(small);
	const workflowId = await createPipeline(client, way, sink.origin, file);
	await execute(house, workflowId, 'Read');
	await sink.largestBody();
	return async () => {
		const { mebibytes, result } = await growthWhile(n8n.pid, () => n8n.rssBytes(), async () => await execute(house, workflowId, UPLOAD));
		const bytes = Number(file.match(/(\d+)\.wav$/)?.[1]);
		const received = await sink.largestBody();
		if (received < bytes || received > bytes + 2_000) throw new Error(`${way.title} sent ${received} bytes of ${bytes}`);
		return { mebibytes, seconds: result };
	};
}

/** @returns seconds that the last node took */
async function execute({ client }: House, workflowId: string, destinationNode: string): Promise<number> {
	const { executionId = '' } = await client.runManually({ workflowId, triggerNodeName: 'Start', destinationNode });
	const execution = await client.waitForExecution(executionId, PATIENCE_MS);
	if (execution.error) throw new Error(`The upload failed: ${execution.error.message}`);
	const seconds = (execution.runs[destinationNode]?.at(-1)?.executionTime ?? NaN) / 1000;
	await client.deleteExecution(executionId);
	return seconds;
}

async function byOthers(sink: Sink, shape: Shape, file: string): Promise<{ curl: number; plainNode: number }> {
	const url = sink.origin + PATHS[shape];
	const { node } = await ensureHost('2.41');
	return { curl: await byCurl(file, shape, url), plainNode: await byPlainNode(node.path, file, url) };
}

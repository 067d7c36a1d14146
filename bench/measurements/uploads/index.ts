import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost } from '../../../tools/n8n';
import type { Bench, Measurement, Section } from '../../bench';
import { type House, openHouse } from '../../house';
import { memoryOf } from './memory';
import { byCurl, byPlainNode } from './others';
import { type Cost, sectionOf, type Uploads } from './results';
import { openSink, type Sink } from './sink';
import { createPipeline, PATHS, type Shape, UPLOAD, type Way, WAY_NAMES, WAYS } from './ways';

const SIZES = [100, 500, 1000];
const QUICK_SIZES = [10, 50];
/** Of the file that travels as over a line. */
const LINE_SIZE = 500;
const MEGABYTE = 1_000_000;
const WARM_UP_BYTES = 200_000;
/** A form has some bytes of its own. */
const MOST_FRAME_BYTES = 2_000;
const PATIENCE_MS = 300_000;

export const uploads: Measurement = {
	name: 'uploads',
	title: 'Uploads through a real n8n',
	async measure(bench: Bench): Promise<Section> {
		const sink = await openSink();
		const results: Uploads[] = [];
		try {
			for (const shape of ['raw', 'form'] as const) {
				for (const megabytes of bench.quick ? QUICK_SIZES : SIZES) results.push(await measureOne(bench, sink, shape, megabytes));
			}
		} finally {
			sink.close();
		}
		return sectionOf(results);
	},
};

/** All ways with one file. Each has an n8n of its own: what one leaves behind would hide what the next takes. */
async function measureOne(bench: Bench, sink: Sink, shape: Shape, megabytes: number): Promise<Uploads> {
	const nodes = { ours: [], httpRequest: [], buffering: [], piping: [] };
	const result: Uploads = { shape, megabytes, nodes, curl: [], plainNode: [], line: { ours: [], curl: [] } };
	const { node } = await ensureHost('2.41');
	for (const name of WAY_NAMES) {
		const way = WAYS[name][shape];
		if (!way) continue;
		bench.say(`${megabytes} MB ${shape === 'form' ? 'in a form ' : ''}by ${way.title} …`);
		const house = await openHouse({ ...bench, say: () => {} });
		try {
			const file = fileOf(house, megabytes * MEGABYTE);
			const upload = await prepare(house, sink, way, file, sink.origin);
			const overLine = name === 'ours' && megabytes === LINE_SIZE ? await prepare(house, sink, way, file, sink.lineUrl) : undefined;
			for (let run = 0; run < (bench.quick ? 1 : 3); run++) {
				result.nodes[name].push(await upload());
				if (name !== 'ours') continue;
				// In turn with ours, on the same file.
				result.curl.push(await byCurl(file, shape, sink.origin + PATHS[shape]));
				result.plainNode.push(await byPlainNode(node.path, file, sink.origin + PATHS[shape]));
				if (!overLine) continue;
				result.line.ours.push((await overLine()).seconds);
				result.line.curl.push(await byCurl(file, shape, sink.lineUrl + PATHS[shape]));
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
async function prepare(house: House, sink: Sink, way: Way, file: string, url: string): Promise<() => Promise<Cost>> {
	const { client, n8n } = house;
	const small = fileOf(house, WARM_UP_BYTES);
	const warmUp = await createPipeline(client, way, sink.origin, small);
	for (let run = 0; run < 5; run++) await execute(house, warmUp, UPLOAD);
	rmSync(small);
	const workflowId = await createPipeline(client, way, url, file);
	await execute(house, workflowId, 'Read');
	await sink.largestBody();
	const memory = memoryOf(n8n.pid, () => n8n.rssBytes());
	return async () => {
		const { mebibytes, result } = await memory.growthWhile(async () => await execute(house, workflowId, UPLOAD));
		const bytes = Number(/(\d+)\.wav$/.exec(file)?.[1]);
		const received = await sink.largestBody();
		if (received < bytes || received > bytes + MOST_FRAME_BYTES) throw new Error(`${way.title} sent ${received} bytes of ${bytes}`);
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

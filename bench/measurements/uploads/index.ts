import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost } from '../../../tools/n8n';
import type { Bench, Measurement, Section } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import type { N8nInstance } from '../../../tools/n8n';
import { memoryOf } from './memory';
import { byCurl, byPlainNode } from './others';
import { type Cost, sectionOf, type Uploads } from './results';
import { openSink, type Sink } from './sink';
import { createPipeline, PATHS, type Shape, UPLOAD, type Uploader, UPLOADER_NAMES, UPLOADERS } from './uploaders';

const SIZES = [100, 500, 1000];
const QUICK_SIZES = [10, 50];
/** Size, in MB, of the file that is also uploaded over a simulated line. */
const LINE_SIZE = 500;
const MEGABYTE = 1_000_000;
const WARM_UP_BYTES = 200_000;
/** Allows for a form's boundaries and headers. */
const MOST_FRAME_BYTES = 2_000;
const TIMEOUT_MS = 300_000;

export const uploads: Measurement = {
	name: 'uploads',
	title: 'Uploads through a real n8n',
	async measure(bench: Bench): Promise<Section> {
		const sink = await openSink();
		const results: Uploads[] = [];
		try {
			for (const shape of ['raw', 'form'] as const) {
				for (const megabytes of bench.quick ? QUICK_SIZES : SIZES)
					results.push(await measureOne(bench, sink, shape, megabytes));
			}
		} finally {
			sink.close();
		}
		return sectionOf(results);
	},
};

/** Measures all uploaders with one file. Each has its own n8n, because memory kept by one would hide what the next one uses. */
async function measureOne(bench: Bench, sink: Sink, shape: Shape, megabytes: number): Promise<Uploads> {
	const nodes = { ours: [], httpRequest: [], buffering: [], piping: [] };
	const result: Uploads = { shape, megabytes, nodes, curl: [], plainNode: [], line: { ours: [], curl: [] } };
	const { node } = await ensureHost('2.41');
	for (const name of UPLOADER_NAMES) {
		const uploader = UPLOADERS[name][shape];
		if (!uploader) continue;
		bench.say(`${megabytes} MB ${shape === 'form' ? 'in a form ' : ''}by ${uploader.title} …`);
		const instance = await openBenchN8n({ ...bench, say: () => {} });
		try {
			const file = fileOf(instance, megabytes * MEGABYTE);
			const upload = await prepare(instance, sink, uploader, file, sink.origin);
			const overLine =
				name === 'ours' && megabytes === LINE_SIZE
					? await prepare(instance, sink, uploader, file, sink.lineUrl)
					: undefined;
			for (let run = 0; run < (bench.quick ? 1 : 3); run++) {
				result.nodes[name].push(await upload());
				if (name !== 'ours') continue;
				// These runs alternate with our node's uploads of the same file.
				result.curl.push(await byCurl(file, shape, sink.origin + PATHS[shape]));
				result.plainNode.push(await byPlainNode(node.path, file, sink.origin + PATHS[shape]));
				if (!overLine) continue;
				result.line.ours.push((await overLine()).seconds);
				result.line.curl.push(await byCurl(file, shape, sink.lineUrl + PATHS[shape]));
			}
		} finally {
			await instance.close();
		}
	}
	return result;
}

/** Creates a sparse recording of this size. */
function fileOf({ folder }: N8nInstance, bytes: number): string {
	const path = join(folder, `${bytes}.wav`);
	writeFileSync(path, Buffer.alloc(44, 1));
	truncateSync(path, bytes);
	return path;
}

/** Warms up, so that loading code and reading the file from disk aren't measured as part of the upload. @returns a function that runs one upload */
async function prepare(
	instance: N8nInstance,
	sink: Sink,
	uploader: Uploader,
	file: string,
	url: string,
): Promise<() => Promise<Cost>> {
	const { client, n8n } = instance;
	const small = fileOf(instance, WARM_UP_BYTES);
	const warmUp = await createPipeline(client, uploader, sink.origin, small);
	for (let run = 0; run < 5; run++) await execute(instance, warmUp, UPLOAD);
	rmSync(small);
	const workflowId = await createPipeline(client, uploader, url, file);
	await execute(instance, workflowId, 'Read');
	await sink.largestBody();
	const memory = memoryOf(n8n.pid, () => n8n.rssBytes());
	return async () => {
		const { mebibytes, result } = await memory.growthWhile(async () => await execute(instance, workflowId, UPLOAD));
		const bytes = Number(/(\d+)\.wav$/.exec(file)?.[1]);
		const received = await sink.largestBody();
		if (received < bytes || received > bytes + MOST_FRAME_BYTES)
			throw new Error(`${uploader.title} sent ${received} bytes of ${bytes}`);
		return { mebibytes, seconds: result };
	};
}

/** @returns the duration of the last node, in seconds */
async function execute({ client }: N8nInstance, workflowId: string, destinationNode: string): Promise<number> {
	const { executionId = '' } = await client.runManually({ workflowId, triggerNodeName: 'Start', destinationNode });
	const execution = await client.waitForExecution(executionId, TIMEOUT_MS);
	if (execution.error) throw new Error(`The upload failed: ${execution.error.message}`);
	const seconds = (execution.runs[destinationNode]?.at(-1)?.executionTime ?? NaN) / 1000;
	await client.deleteExecution(executionId);
	return seconds;
}

import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf, type N8nInstance } from '../../../tools/n8n';
import type { Bench, Measurement, Section } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import { memoryOf } from '../uploads/memory';
import { BATCH, createBatch, createNode, createTrigger, createUploads, ours, SIDES, WORK } from './nodes';
import { type Batch, sectionOf, type Uploads } from './results';
import { type DistantService, openDistantService } from './service';

const LATENCIES_MS = [20, 200];
const COUNTS = [1, 20, 100, 1000];
const QUICK_COUNTS = [1, 20];
const RUNS = { full: 3, quick: 1 };
const FILES = { full: { count: 20, megabytes: 100 }, quick: { count: 4, megabytes: 10 } };
const TIMEOUT_MS = 600_000;

export const batches: Measurement = {
	name: 'batches',
	title: 'Batches through a real n8n',
	async measure(bench: Bench): Promise<Section> {
		const service = await openDistantService();
		try {
			return sectionOf(await measureBatches(bench, service), await measureUploads(bench, service));
		} finally {
			service.close();
		}
	},
};

async function measureBatches(bench: Bench, { origin }: DistantService): Promise<Batch[]> {
	const instance = await openBenchN8n(bench);
	const results: Batch[] = [];
	try {
		await receiveCallback(instance, `${origin}/0`);
		for (const work of WORK) {
			for (const latencyMs of LATENCIES_MS) {
				for (const count of bench.quick ? QUICK_COUNTS : COUNTS) {
					bench.say(`${work}, ${count} items, ${latencyMs} ms away …`);
					const batch: Batch = { work, latencyMs, count, seconds: { ours: [], most: [], httpRequest: [] } };
					const workflows = [];
					for (const side of SIDES) {
						const node = await createNode(instance.client, side, work, `${origin}/${latencyMs}`);
						workflows.push({ side, id: await createBatch(instance.client, count, node) });
					}
					// Warms up, so that loading code isn't measured.
					if (results.length === 0) for (const { id } of workflows) await execute(instance, id, count);
					for (let run = 0; run < (bench.quick ? RUNS.quick : RUNS.full); run++) {
						for (const { side, id } of workflows) batch.seconds[side].push(await execute(instance, id, count));
					}
					results.push(batch);
				}
			}
		}
	} finally {
		await instance.close();
	}
	return results;
}

/**
 * Publishes a trigger and posts to it. From then on, Submit knows that this process is the only one that records what is
 * submitted, as in any n8n in regular mode that receives callbacks.
 */
async function receiveCallback({ client, n8n }: N8nInstance, baseUrl: string): Promise<void> {
	const { id } = await client.createWorkflow({
		name: 'Receiver',
		settings: { executionOrder: 'v1' },
		nodes: [await createTrigger(client, baseUrl)],
		connections: {},
	});
	await client.publish(id);
	const { status } = await fetch(`${n8n.url}/webhook/${id}/assemblyAi`, { method: 'POST', body: '{}' });
	if (status !== 401) throw new Error(`The trigger responded with ${status} to a post without proof`);
}

/** Uploads files one after the other and with the default concurrency, each in a fresh n8n, so that its memory is comparable. */
async function measureUploads(bench: Bench, { origin }: DistantService): Promise<Uploads> {
	const { count, megabytes } = bench.quick ? FILES.quick : FILES.full;
	const result: Uploads = { count, megabytes, ours: [], oneByOne: [] };
	for (const [side, concurrency] of [
		['oneByOne', 1],
		['ours', undefined],
	] as const) {
		const instance = await openBenchN8n({ ...bench, say: () => {} });
		try {
			const small = await createUploads(
				instance.client,
				filesOf(instance, 'small', 5, 100_000),
				await ours(instance.client, 'upload', `${origin}/0`, concurrency),
			);
			for (let run = 0; run < 3; run++) await execute(instance, small, 5);
			const id = await createUploads(
				instance.client,
				filesOf(instance, 'large', count, megabytes * 1e6),
				await ours(instance.client, 'upload', `${origin}/200`, concurrency),
			);
			await execute(instance, id, count, 'Read');
			const memory = memoryOf(instance.n8n.pid, () => instance.n8n.rssBytes());
			bench.say(`${count} uploads of ${megabytes} MB, ${concurrency ?? 'several'} at a time …`);
			const { mebibytes, result: seconds } = await memory.growthWhile(async () => await execute(instance, id, count));
			result[side].push({ mebibytes, seconds });
		} finally {
			await instance.close();
		}
	}
	return result;
}

/** Creates sparse recordings of this size. @returns the pattern that matches them */
function filesOf({ folder }: N8nInstance, name: string, count: number, bytes: number): string {
	mkdirSync(join(folder, name));
	for (let index = 0; index < count; index++) {
		const path = join(folder, name, `${index}.wav`);
		writeFileSync(path, Buffer.alloc(44, 1));
		truncateSync(path, bytes);
	}
	return join(folder, name, '*.wav');
}

/** @returns the duration of the last node, in seconds */
async function execute({ client }: N8nInstance, workflowId: string, count: number, last = BATCH): Promise<number> {
	const run = { workflowId, triggerNodeName: 'Start', destinationNode: last };
	const { executionId = '' } = await client.runManually(run);
	const execution = await client.waitForExecution(executionId, TIMEOUT_MS);
	if (execution.error) throw new Error(`The batch failed: ${execution.error.message}`);
	const items = outputOf(execution, last).length;
	if (items !== count) throw new Error(`The batch returned ${items} items instead of ${count}`);
	await client.deleteExecution(executionId);
	return (execution.runs[last]?.at(-1)?.executionTime ?? NaN) / 1000;
}

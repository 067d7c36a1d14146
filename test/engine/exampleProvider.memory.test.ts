import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INodeExecutionData } from 'n8n-workflow';
import { sha256 } from './exampleProvider/form';
import { setupFor, submitExample, useService } from './exampleProvider/nodes';
import { inFilesystem } from './harness';

jest.setTimeout(240_000);
const used = useService();
const MB = 1_000_000;
const FILE_BYTES = 64 * MB;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns the memory in use after garbage collection, which can take several rounds if other tests ran first. */
async function memory(): Promise<number> {
	let last = Infinity;
	for (;;) {
		collect();
		await new Promise((resolve) => setImmediate(resolve));
		const { heapUsed, external } = process.memoryUsage();
		const now = heapUsed + external;
		if (now > last - MB) return now;
		last = now;
	}
}

/** A separate function, so that the content can be garbage-collected. */
async function aLargeFile(): Promise<{ item: INodeExecutionData; hash: string }> {
	const content = Buffer.alloc(FILE_BYTES);
	for (let at = 0; at < FILE_BYTES; at += 4) content.writeUInt32LE((at * 2_654_435_761) % 4_294_967_296, at);
	return { item: await inFilesystem(content), hash: sha256(content) };
}

it('detects a 64 MB file in memory with the measurement below', async () => {
	const before = await memory();
	const content = Buffer.alloc(FILE_BYTES, 1);
	expect((await memory()) - before).toBeGreaterThan(FILE_BYTES / 2);
	expect(content.length).toBe(FILE_BYTES);
});

it('sends a form with a 64 MB file without loading it into memory, even if the service reads slowly', async () => {
	const { item, hash } = await aLargeFile();
	const before = await memory();
	const growth: number[] = [];
	used.service.onFormBytes = async (total) => {
		if (total / MB < growth.length * 8) return;
		// This is long enough for a sender without backpressure to read the whole file.
		await new Promise((resolve) => setTimeout(resolve, 250));
		growth.push((await memory()) - before);
	};
	const { error } = await submitExample({ callback: 'none' }, [item], setupFor(used.service));
	expect(error).toBeUndefined();
	const [form] = used.service.forms.values();
	expect(form?.file).toMatchObject({ bytes: FILE_BYTES, sha256: hash });
	expect(growth.length).toBeGreaterThanOrEqual(8);
	expect(Math.max(...growth)).toBeLessThan(FILE_BYTES / 4);
});

it('sends ten such forms at the same time with less memory than one file', async () => {
	const { item, hash } = await aLargeFile();
	const items = Array.from({ length: 10 }, () => item);
	const before = await memory();
	const growth: number[] = [];
	let [inProgress, mostInProgress] = [0, 0];
	used.service.onFormBytes = async (total) => {
		if (total >= FILE_BYTES / 2) return;
		mostInProgress = Math.max(mostInProgress, ++inProgress);
		// The first half of each form takes time, so that senders without backpressure read all files meanwhile.
		await new Promise((resolve) => setTimeout(resolve, 5));
		if (growth.length < 20 && mostInProgress === items.length) growth.push((await memory()) - before);
		inProgress--;
	};
	const parameters = { callback: 'none', options: { concurrency: items.length } };
	const { error } = await submitExample(parameters, items, setupFor(used.service));
	expect(error).toBeUndefined();
	expect(mostInProgress).toBe(items.length);
	expect([...used.service.forms.values()].map(({ file }) => file?.sha256)).toEqual(items.map(() => hash));
	expect(growth.length).toBeGreaterThanOrEqual(20);
	expect(Math.max(...growth)).toBeLessThan(FILE_BYTES);
});

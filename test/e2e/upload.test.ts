import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../../tools/n8n';
import { createPipeline, MINUTES, runSubmit, sample, useTestbed } from './harness';

const MEBIBYTE = 2 ** 20;
const FILE_BYTES = 300_000_000;
const MOST_GROWTH_BYTES = 64 * MEBIBYTE;

const testbed = useTestbed();

/** Creates a large recording: the start of a sample, followed by silence. */
function bigRecording(): string {
	const path = join(testbed.folder, 'long-meeting.wav');
	writeFileSync(path, Buffer.alloc(44));
	truncateSync(path, FILE_BYTES);
	return path;
}

/** Measures n8n's peak resident memory during a task. */
async function peakWhile<T>(work: Promise<T>): Promise<{ peak: number; result: T }> {
	let peak = testbed.n8n.rssBytes();
	const timer = setInterval(() => (peak = Math.max(peak, testbed.n8n.rssBytes())), 20);
	try {
		const result = await work;
		return { peak, result };
	} finally {
		clearInterval(timer);
	}
}

it(
	'uploads 300 MB while the memory of n8n grows by less than 64 MiB',
	async () => {
		// Run once and read the file before measuring, so that only the memory used by the upload is counted.
		const warmUp = await createPipeline(testbed, { file: sample(testbed.sandbox).path, submit: { callback: 'none' } });
		await runSubmit(testbed, warmUp);
		const workflow = await createPipeline(testbed, { file: bigRecording(), submit: { callback: 'none' } });
		const { executionId = '' } = await testbed.client.runManually({
			workflowId: workflow.id,
			triggerNodeName: 'Start',
			destinationNode: 'Read',
		});
		await testbed.client.waitForExecution(executionId, MINUTES);
		const before = testbed.n8n.rssBytes();

		const { peak, result } = await peakWhile(runSubmit(testbed, workflow));

		expect(outputOf(result, 'Submit')[0]?.json).toMatchObject({ status: 'queued' });
		const upload = testbed.sandbox.requests
			.list()
			.filter(({ path }) => path.endsWith('/v2/upload'))
			.at(-1);
		expect(upload?.requestBytes).toBe(FILE_BYTES);
		console.info(
			`memory grew by ${((peak - before) / MEBIBYTE).toFixed(1)} MiB while uploading ${FILE_BYTES / 1e6} MB`,
		);
		expect(peak - before).toBeLessThan(MOST_GROWTH_BYTES);
	},
	5 * MINUTES,
);

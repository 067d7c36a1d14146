import { polling, submitAndWait } from '../../tools/compare/canvases';
import { publishApproach } from '../../tools/compare/approach';
import { nodeRunsIn, submitRecording } from '../../tools/compare/jobs';
import { type Execution, outputOf } from '../../tools/n8n';
import { credentialsOf, MINUTES, node, requestsTo, sample, type Testbed, useTestbeds } from './harness';
import { PROFILES } from './profiles';
import { assemblyAi } from './profiles/assemblyAi';
import type { ProviderProfile } from './profiles/profile';

const open = useTestbeds(PROFILES);

const to = (name: string) => [{ node: name, type: 'main', index: 0 }];

/** Runs Submit and Wait by polling with `count` recordings, on an n8n instance that only knows its local address. */
async function start(on: Testbed, count: number, deadlineMinutes: number): Promise<string> {
	const { provider, options } = on.profile;
	const workflow = await on.client.createWorkflow({
		name: 'Wait by polling',
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Items', 'n8n-nodes-base.code', 2, {
				jsCode: `return Array.from({ length: ${count} }, (_, i) => ({ json: { i } }));`,
			}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1, {
				operation: 'read',
				fileSelector: sample(on.sandbox).path,
				options: {},
			}),
			{
				...node('Wait', 'n8n-nodes-transcription.transcription', 1, {
					provider,
					resource: 'transcription',
					operation: 'submitAndWait',
					waitBy: 'polling',
					metadata: { pair: [{ key: 'i', value: "={{ $('Items').item.json.i }}" }] },
					deadlineAmount: deadlineMinutes,
					deadlineUnit: 'minutes',
					// One recording at a time, so that the jobs are in the order of the items.
					options: { ...options, concurrency: 1 },
				}),
				credentials: credentialsOf(on.credential),
			},
			node('After', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			Start: { main: [to('Items')] },
			Items: { main: [to('Read')] },
			Read: { main: [to('Wait')] },
			Wait: { main: [to('After')] },
		},
	});
	const { executionId = '' } = await on.client.runManually({ workflowId: workflow.id, triggerNodeName: 'Start' });
	return executionId;
}

async function eventually(holds: () => boolean): Promise<void> {
	const deadline = Date.now() + 2 * MINUTES;
	while (!holds()) {
		if (Date.now() > deadline) throw new Error('Waited two minutes');
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

const jobsOf = ({ sandbox }: Testbed) => sandbox.jobs.list().map(({ id }) => id);
const reads = ({ sandbox }: Testbed) => requestsTo(sandbox).filter((line) => line.startsWith('GET')).length;

/** Runs a scenario for all profiles concurrently, since it consists mostly of waiting, with one test for each profile. */
function itForEachProfile(title: string, scenario: (profile: ProviderProfile) => Promise<void>): void {
	describe(title, () => {
		const outcomes = new Map<ProviderProfile, Promise<unknown>>();
		beforeAll(() => {
			for (const profile of PROFILES) {
				open(profile).sandbox.reset();
				outcomes.set(
					profile,
					scenario(profile).catch((error: unknown) => error),
				);
			}
		});
		it.each(PROFILES.map((profile) => ({ profile, name: profile.name })))('with $name', async ({ profile }) => {
			const error = await outcomes.get(profile);
			if (error !== undefined) throw error;
		});
	});
}

itForEachProfile(
	'returns completed, failed, and unfinished jobs at their items’ positions, despite a 429',
	async (profile) => {
		const on = open(profile);
		on.sandbox.configure({ hold: 'processing' });
		on.sandbox.jobs.failNext('No speech found');
		const id = await start(on, 3, 0.4);
		await eventually(() => jobsOf(on).length === 3 && reads(on) > 0);
		on.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 2, next: 1, match: profile.requests.fetch });
		const [failed = '', completed = '', unfinished = ''] = jobsOf(on);
		on.sandbox.jobs.release(failed);
		on.sandbox.jobs.release(completed);
		const execution = await on.client.waitForExecution(id, 2 * MINUTES);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		const json = outputOf(execution, 'After').map((item) => item.json);
		// ElevenLabs doesn't report failed jobs.
		const failure = profile.provider === 'elevenLabs' ? { timedOut: true } : { status: 'failed' };
		expect(json).toEqual([
			expect.objectContaining({ id: failed, metadata: { i: '0' }, ...failure }),
			expect.objectContaining({
				id: completed,
				metadata: { i: '1' },
				status: 'completed',
				text: sample(on.sandbox).text,
			}),
			expect.objectContaining({ id: unfinished, metadata: { i: '2' }, status: 'processing', timedOut: true }),
		]);
		expect(jobsOf(on)).toHaveLength(3);
		// At most 11 + ⌈24 / 30⌉ rounds, with up to four requests for a transcript.
		expect(reads(on)).toBeLessThanOrEqual(3 * 12 + 4);
		process.stdout.write(`${profile.name}: ${reads(on)} reads for three jobs in 24 s\n`);
	},
);

itForEachProfile('ends when the execution is stopped, and the log names the jobs', async (profile) => {
	const on = open(profile);
	on.sandbox.configure({ hold: 'processing' });
	const id = await start(on, 2, 60);
	await eventually(() => jobsOf(on).length === 2 && reads(on) > 1);
	await on.client.session.rest('POST', `/executions/${id}/stop`, {});
	const isLogged = (job: string) => on.n8n.logs().includes(`Already submitted, don’t submit again: item 0: ${job}`);
	await eventually(() => jobsOf(on).some(isLogged));
	const before = requestsTo(on.sandbox).length;
	await new Promise((resolve) => setTimeout(resolve, 3000));
	expect(requestsTo(on.sandbox)).toHaveLength(before);
	expect(jobsOf(on)).toHaveLength(2);
});

/** Long enough for the growing intervals to matter. A loop's interval is fixed, so its requests grow with the job. */
const JOB_MS = 80_000;

// The number of requests doesn't depend on n8n's version.
const describeOnNewest = process.env.N8N_VERSION === '2.8' ? describe.skip : describe;

describeOnNewest('compared to a loop of HTTP Request, Wait, and IF', () => {
	it(
		'needs fewer status requests and node runs for the same job',
		async () => {
			const on = open(assemblyAi);
			on.sandbox.reset();
			on.sandbox.configure({ hold: 'processing' });
			const context = {
				client: on.client,
				baseUrl: on.sandbox.baseUrl('assemblyAi'),
				account: on.sandbox.accounts('assemblyAi')[0]!,
				source: 'url' as const,
				publicUrl: `${on.n8n.url}/`,
			};
			const jobs: Array<{ id: string; workflowId: string }> = [];
			for (const [name, build] of [
				['loop', polling(5)],
				['node', submitAndWait({ waitBy: 'polling' })],
			] as const) {
				const approach = await publishApproach({ name, title: name, build }, context);
				await submitRecording(on, approach);
				await eventually(() => jobsOf(on).length === jobs.length + 1);
				const id = jobsOf(on).find((job) => !jobs.some((other) => other.id === job)) ?? '';
				jobs.push({ id, workflowId: approach.workflowId });
			}
			await new Promise((resolve) => setTimeout(resolve, JOB_MS));
			on.sandbox.jobs.release();
			const [loop, ours] = await Promise.all(
				jobs.map(async ({ id, workflowId }) => {
					const execution = await ended(on, workflowId);
					const statusRequests = on.sandbox.requests
						.list()
						.filter(({ method, path }) => method === 'GET' && path.includes(id)).length;
					return { statusRequests, nodeRuns: nodeRunsIn([execution]) };
				}),
			);
			process.stdout.write(`A job of ${JOB_MS / 1000} s: ${JSON.stringify({ loop, ours })}\n`);
			expect(ours!.statusRequests).toBeLessThan(loop!.statusRequests);
			expect(ours!.nodeRuns).toBeLessThan(loop!.nodeRuns);
			expect(ours!.statusRequests).toBeGreaterThan(1);
			for (const { workflowId } of jobs) await on.client.unpublish(workflowId);
		},
		5 * MINUTES,
	);
});

async function ended({ client }: Testbed, workflowId: string): Promise<Execution> {
	for (;;) {
		const [summary] = await client.listExecutions(workflowId);
		if (summary) return await client.waitForExecution(summary.id, 2 * MINUTES);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

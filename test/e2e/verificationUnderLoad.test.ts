import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { outputOf, type Workflow } from '../../tools/n8n';
import {
	callbackExecutions,
	credentialsOf,
	MINUTES,
	node,
	postTo,
	runSubmit,
	sample,
	type Testbed,
	triggerUrl,
	useOwnTestbeds,
} from './harness';
import { assemblyAi } from './profiles/assemblyAi';
import { scriptixStt } from './profiles/scriptix';

/** n8n's list shows up to a hundred executions, so larger loads require several workflows. */
const EACH = 50;
const WORKFLOWS = Number(process.env.LOAD_WORKFLOWS ?? 1);
const GUESS = 'a-guessed-secret';

const testbedOf = useOwnTestbeds([assemblyAi, scriptixStt]);

/** Start → Several → Submit; Trigger → Completed. */
async function pipelineFor(testbed: Testbed, count: number): Promise<Workflow> {
	const { client, credential, sandbox, profile } = testbed;
	const { provider } = profile;
	const submit = {
		provider,
		resource: 'transcription',
		operation: 'submit',
		source: 'url',
		audioUrl: `${sandbox.origin}/samples/${sample(sandbox).file}`,
	};
	const ours = (name: string, type: string, parameters: Record<string, unknown>) => ({
		...node(name, `n8n-nodes-transcription.${type}`, 1, parameters),
		credentials: credentialsOf(credential),
	});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const workflow = await client.createWorkflow({
		name: 'Load',
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Several', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				duplicateItem: true,
				duplicateCount: count - 1,
				jsonOutput: '{}',
				options: {},
			}),
			ours('Submit', 'transcription', submit),
			ours('Trigger', 'transcriptionTrigger', { provider }),
			node('Completed', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			Start: { main: [to('Several')] },
			Several: { main: [to('Submit')] },
			Trigger: { main: [to('Completed')] },
		},
	});
	await client.publish(workflow.id);
	return workflow;
}

/** A callback that names an existing job, with a guessed proof. */
async function forgedFor(testbed: Testbed, workflow: Workflow, id: string): Promise<number> {
	const headers = { 'x-transcription-webhook-secret': GUESS };
	return (await postTo(testbed, workflow, { transcript_id: id, status: 'completed' }, headers)).status;
}

it(
	'accepts all genuine callbacks and no forged ones if both arrive in bursts',
	async () => {
		const testbed = testbedOf(assemblyAi);
		const { sandbox, n8n } = testbed;
		sandbox.jobs.hold();
		const submitted = new Map<Workflow, string[]>();
		for (let index = 0; index < WORKFLOWS; index++) {
			const workflow = await pipelineFor(testbed, EACH);
			const items = outputOf(await runSubmit(testbed, workflow), 'Submit');
			submitted.set(
				workflow,
				items.map(({ json }) => json.id as string),
			);
		}
		const pairs = [...submitted].flatMap(([workflow, ids]) => ids.map((id) => ({ workflow, id })));
		expect(pairs).toHaveLength(EACH * WORKFLOWS);

		sandbox.jobs.release();
		const statuses = await Promise.all(pairs.map(async ({ workflow, id }) => await forgedFor(testbed, workflow, id)));

		expect(statuses.filter((status) => status !== 401)).toEqual([]);
		for (const [workflow, ids] of submitted) {
			const executions = await callbackExecutions(testbed, workflow, EACH, 3 * MINUTES);
			expect(executions.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
			const arrived = executions.flatMap((execution) => outputOf(execution, 'Completed')).map(({ json }) => json.id);
			expect(arrived.sort()).toEqual(ids.sort());
		}
		const log = n8n.logs();
		expect(log.match(/Responded with 401/g)).toHaveLength(pairs.length);
		expect(log).not.toContain(GUESS);
		expect(log).not.toContain(String(sandbox.accounts('assemblyAi')[0]?.apiKey));
	},
	8 * MINUTES,
);

it.each([
	['gzip', gzipSync],
	['deflate', deflateSync],
])(
	'verifies a signed callback that is compressed with %s, and rejects one with a different signature',
	async (encoding, compress) => {
		const testbed = testbedOf(scriptixStt);
		const workflow = await pipelineFor(testbed, 1);
		const body = JSON.stringify({ event: 'transcription.started', data: { id: 'stt_1' } });
		const post = async (secret: string) => {
			const signature = createHmac('sha256', secret).update(body).digest('hex');
			const headers = {
				'content-type': 'application/json',
				'content-encoding': encoding,
				'x-scriptix-signature': `sha256=${signature}`,
			};
			return (await fetch(triggerUrl(testbed, workflow), { method: 'POST', headers, body: compress(body) })).status;
		};
		expect(await post(String(scriptixStt.credential?.webhookSecret))).toBe(200);
		expect(await post(GUESS)).toBe(401);
		await sleep(500);
		expect(await testbed.client.listExecutions(workflow.id)).toEqual([]);
	},
	2 * MINUTES,
);

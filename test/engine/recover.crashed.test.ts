import type { INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox';
import { inMemory, run, type Setup } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(60_000);

const NOTHING = expect.stringMatching(/^Nothing was recovered\. /) as string;

/** n8n's execution endpoints, with the same responses as n8n 2.41. */
interface Executions extends LocalServer {
	/** Statuses by execution ID. Other executions don't exist. */
	status: Map<string, string>;
	/** A response to send instead of a status. */
	broken?: { status: number; body: string } | 'unreachable';
	/** The ID of the execution that is running. All others have ended or are waiting. */
	running?: string | undefined;
}

async function startExecutions(): Promise<Executions> {
	const status = new Map<string, string>();
	const server = await startServer(({ method, url }, response) => {
		const [, endpoint, id = '', suffix] = new URL(url, 'http://localhost').pathname.split('/');
		if (method !== 'GET') {
			const message = `The execution "${id}" ${executions.running === id ? 'is running already' : 'has finished with error'}.`;
			return sendJson(response, 409, { code: 409, message });
		}
		if (executions.broken === 'unreachable') return void response.destroy();
		const answer = executions.broken ?? { status: 200, body: status.get(id) ?? 'null' };
		if (endpoint !== 'form-waiting' || suffix !== 'n8n-execution-status')
			throw new Error(`Nothing may be asked at ${url}`);
		response.writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' }).end(answer.body);
	});
	const executions: Executions = Object.assign(server, { status });
	return executions;
}

/** n8n's execution IDs are unique, and the submit ledger relies on that. */
let executionId = 100;

describe.each<[string, ProviderName]>([
	['AssemblyAI', 'assemblyAi'],
	['Gladia', 'gladia'],
	['Rev AI', 'revAi'],
	['Soniox', 'soniox'],
	['Speechmatics', 'speechmatics'],
])('%s: Recover Missed with jobs of Submit and Wait', (_name, provider) => {
	const service = useSandbox(provider);
	let n8n: Executions;
	beforeEach(async () => (n8n = await startExecutions()));
	afterEach(async () => await n8n.close());

	const setup = (more: Partial<Setup> = {}) => service.setup({ webhookBase: `${n8n.origin}/webhook`, ...more });

	/** Creates an execution of Submit and Wait with the given status. */
	async function submitted(
		status?: string,
		{ recordings = 1, ...more }: Partial<Setup> & { recordings?: number } = {},
	) {
		const id = String(++executionId);
		if (status) n8n.status.set(id, status);
		service.sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
		const before = new Set(service.sandbox.jobs.list().map((job) => job.id));
		const parameters = {
			resource: 'transcription',
			operation: 'submitAndWait',
			provider,
			metadata: { pair: [{ key: 'a', value: 'b' }] },
			options: { initialPoll: 0 },
		};
		const items = Array.from({ length: recordings }, () => inMemory(RECORDING));
		n8n.running = id;
		const { error } = await run(
			'transcription',
			parameters,
			items,
			setup({ workflowId: 'AnotherWorkflow', executionId: id, ...more }),
		);
		n8n.running = undefined;
		expect(error).toBeUndefined();
		await service.sandbox.settled();
		return { id, jobs: service.sandbox.jobs.list().flatMap((job) => (before.has(job.id) ? [] : job.id)) };
	}
	const recover = async (options: INodeParameters = { includeCrashedExecutions: true }, more: Partial<Setup> = {}) => {
		const parameters = { resource: 'transcript', operation: 'recoverMissed', provider, from: 'list', options };
		const result = await run('transcription', parameters, [{ json: {} }], setup(more));
		expect(result.error).toBeUndefined();
		return { ...result, ids: result.json.map(({ id }) => id) };
	};
	/** Executions whose status was requested. */
	const asked = () =>
		n8n.seen
			.splice(0)
			.flatMap(({ method, url }) =>
				method === 'GET' ? (new URL(url, 'http://localhost').pathname.split('/')[2] ?? []) : [],
			);

	it('returns the jobs of a crashed execution once', async () => {
		const { id, jobs } = await submitted('crashed', { recordings: 3 });
		const { json, ids, hints } = await recover();
		expect([...ids].sort()).toEqual([...jobs].sort());
		expect(json.map(({ status, metadata }) => ({ status, metadata }))).toEqual(Array(3).fill({ status: 'completed' }));
		expect(hints.join()).toContain(`${jobs[0]} (execution ${id})`);
		expect(asked()).toEqual([id, id]);
		expect((await recover()).ids).toEqual([]);
		expect(asked()).toEqual([]);
	});

	it('omits them without the option, but still returns them later', async () => {
		const { jobs } = await submitted('crashed');
		const without = await recover({});
		expect([without.ids, without.hints, asked()]).toEqual([[], [NOTHING], []]);
		expect((await recover()).ids).toEqual(jobs);
	});

	it.each(['waiting', 'running', 'new', 'form-waiting'])(
		'waits for an execution that is %s to crash',
		async (status) => {
			const { id, jobs } = await submitted(status);
			const active = await recover();
			expect([active.ids, active.hints]).toEqual([[], [NOTHING]]);
			n8n.status.set(id, 'crashed');
			expect((await recover()).ids).toEqual(jobs);
		},
	);

	it.each(['success', 'error', 'canceled'])(
		'omits an execution that ended with %s and never checks it again',
		async (status) => {
			const { id } = await submitted(status);
			const { ids, hints } = await recover();
			expect([ids, hints, asked()]).toEqual([[], [NOTHING], [id]]);
			await recover();
			expect(asked()).toEqual([]);
		},
	);

	it('omits jobs whose execution no longer exists and reports their number', async () => {
		const [{ jobs: missing }, { jobs: crashed }] = [
			await submitted(undefined, { recordings: 2 }),
			await submitted('crashed'),
		];
		const { ids, hints } = await recover();
		expect(ids).toEqual(crashed);
		const [warning, ...others] = hints.filter((hint) => hint.includes('Skipped'));
		expect(others).toEqual([]);
		expect(warning).toContain('Skipped 2 jobs from Submit and Wait');
		for (const job of missing) expect(warning).toContain(job);
	});

	it.each([
		['responds with an unrelated page', { status: 200, body: '<!doctype html>crashed' }],
		['rejects the token', { status: 401, body: '<!doctype html>' }],
		['can’t be reached', 'unreachable' as const],
	])('omits them if n8n %s, and checks again in the next run', async (_what, broken) => {
		const all = [await submitted('crashed'), await submitted('crashed')];
		n8n.broken = broken;
		const { ids, hints } = await recover();
		expect(ids).toEqual([]);
		expect(hints).toEqual([expect.stringMatching(/^Skipped 2 jobs from Submit and Wait.+WEBHOOK_URL/), NOTHING]);
		expect(asked()).toHaveLength(broken === 'unreachable' ? 1 : 2);
		delete n8n.broken;
		expect((await recover()).ids.sort()).toEqual(all.flatMap(({ jobs }) => jobs).sort());
	});

	it('doesn’t check executions of another n8n instance', async () => {
		await submitted('crashed', { webhookBase: 'http://127.0.0.1:9/webhook' });
		const { ids, hints } = await recover();
		expect([ids, hints, asked()]).toEqual([[], [NOTHING], []]);
	});

	it('records nothing in a manual execution', async () => {
		const { jobs } = await submitted('crashed');
		expect((await recover(undefined, { mode: 'manual' })).ids).toEqual(jobs);
		expect((await recover()).ids).toEqual(jobs);
	});
});

import { setTimeout as sleep } from 'node:timers/promises';
import { N8nRequestError, outputOf } from '../../../tools/n8n';
import { cpuMs } from '../callbacks/cpu';
import type { Silence } from './healthProbe';
import { audioUrl, type Recording } from './recordings';
import { LAST, type ServiceWorkflows, type Testbed } from './testbed';

/** The resources that n8n uses for an execution. */
export interface Impact extends Silence {
	/** Processor time across all of n8n's threads, in ms. */
	cpuMs: number;
	/** Time until the service received a response to its callback, in ms, if there was one. */
	answeredMs?: number;
}

/** A job that has ended, and the requests that fetch its transcript. */
interface FinishedJob {
	id: string;
	/** Absolute URLs. */
	urls: string[];
	/** Total size of all responses. */
	bytes: number;
}

const POLL_MS = 200;
const TIMEOUT_MS = 300_000;
/** Long enough for the previous run's garbage to be collected. */
const REST_MS = 1_000;

/** Submits a recording. The job is held until {@link deliver} releases it. @returns its ID */
export async function submit(
	{ sandbox, n8n, client }: Testbed,
	{ service, delivery }: ServiceWorkflows,
	recording: Recording,
): Promise<string> {
	const known = new Set(sandbox.jobs.list(service.provider).map(({ id }) => id));
	const submitted = await executionsOf(client, delivery.workflowId);
	await post(`${n8n.url}/${delivery.submitPath}`, { audioUrl: audioUrl(sandbox.origin, recording) });
	await submitted.increase();
	const job = await until(() => sandbox.jobs.list(service.provider).find(({ id, held }) => held && !known.has(id)));
	return job.id;
}

/** Ends a job, so that its callback is sent, and waits until the trigger has output the transcript. */
export async function deliver(testbed: Testbed, { delivery }: ServiceWorkflows, jobId: string): Promise<Impact> {
	const { sandbox } = testbed;
	const impact = await measure(testbed, delivery.workflowId, async () => {
		sandbox.jobs.release(jobId);
		await sandbox.jobs.finished(jobId);
		await callbackAccepted(testbed, jobId);
	});
	return { ...impact, answeredMs: answeredIn(testbed, jobId) };
}

/** Sends the job's callback to the floor, which fetches and parses the same responses. */
export async function deliverPlain(
	testbed: Testbed,
	{ plain }: ServiceWorkflows,
	job: FinishedJob,
	textLength: number,
): Promise<Impact> {
	const { sandbox, n8n } = testbed;
	const url = `${n8n.url}/${plain.path}?${new URLSearchParams({ urls: JSON.stringify(job.urls), textLength: String(textLength) })}`;
	const impact = await measure(testbed, plain.workflowId, async () => {
		sandbox.callbacks.redeliver(job.id, { url });
		await callbackAccepted(testbed, job.id);
	});
	return { ...impact, answeredMs: answeredIn(testbed, job.id) };
}

/** Runs Get for the job. */
export async function getAgain(testbed: Testbed, { get }: ServiceWorkflows, { id }: FinishedJob): Promise<Impact> {
	return await measure(testbed, get.workflowId, async () => await post(`${testbed.n8n.url}/${get.path}`, { id }));
}

/** Delivers a job without measuring. @returns the job and the requests that fetched its transcript */
export async function deliverFirst(
	testbed: Testbed,
	workflows: ServiceWorkflows,
	recording: Recording,
): Promise<FinishedJob> {
	const { sandbox } = testbed;
	const id = await submit(testbed, workflows, recording);
	sandbox.requests.clear();
	await deliver(testbed, workflows, id);
	const requests = sandbox.requests
		.list()
		.filter(({ method, path, status }) => method === 'GET' && status === 200 && path.includes(id));
	if (requests.length === 0) throw new Error(`${workflows.service.name}: nothing was fetched for job ${id}`);
	return {
		id,
		urls: requests.map(({ path }) => `${sandbox.origin}${path}`),
		bytes: requests.reduce((sum, { responseBytes }) => sum + responseBytes, 0),
	};
}

async function measure(testbed: Testbed, workflowId: string, begin: () => Promise<void>): Promise<Impact> {
	const { n8n, client, probe } = testbed;
	const ended = await executionsOf(client, workflowId);
	await sleep(REST_MS);
	await probe.start();
	const before = cpuMs(n8n.pid);
	await begin();
	await ended.increase();
	const impact = { ...(await probe.longest()), cpuMs: cpuMs(n8n.pid) - before };
	await checkLatest(testbed, workflowId);
	return impact;
}

async function executionsOf(client: Testbed['client'], workflowId: string) {
	const count = async () => await client.countExecutions(workflowId, 'success', 'error', 'crashed');
	const before = await count();
	const isMore = async () => (await count()) > before;
	// After being unresponsive, n8n closes idle connections, so this request may fail.
	const hasIncreased = async () =>
		await isMore().catch((error: unknown) => {
			if (error instanceof N8nRequestError && error.status === 0) return false;
			throw error;
		});
	return { increase: async () => void (await until(async () => (await hasIncreased()) || undefined)) };
}

/** Makes sure that an execution isn't fast only because it outputs nothing. */
async function checkLatest({ client }: Testbed, workflowId: string): Promise<void> {
	const latest = (await client.listExecutions(workflowId)).at(-1);
	if (!latest) throw new Error(`Workflow ${workflowId} has no execution`);
	const execution = await client.getExecution(latest.id);
	if (execution.error) throw new Error(`Execution ${latest.id} failed: ${execution.error.message}`);
	const text = outputOf(execution, LAST)[0]?.json['text'];
	if (typeof text !== 'string' || text === '') throw new Error(`Execution ${latest.id} output no text`);
}

/** Waits for the response to the latest callback of a job. @throws Error if n8n refused it */
async function callbackAccepted({ sandbox }: Testbed, jobId: string): Promise<void> {
	await sandbox.callbacks.settled();
	const { state, attempts = [] } = sandbox.callbacks.deliveries(jobId).at(-1) ?? {};
	if (state !== 'delivered')
		throw new Error(`The callback of job ${jobId} was answered with ${attempts.at(-1)?.status ?? 'nothing'}`);
}

/** @returns how long the service waited for the response to the latest callback of a job, in ms */
function answeredIn({ sandbox }: Testbed, jobId: string): number | undefined {
	return sandbox.callbacks.deliveries(jobId).at(-1)?.attempts.at(-1)?.durationMs;
}

async function post(url: string, body: object): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${await response.text()}`);
}

async function until<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
	for (const limit = Date.now() + TIMEOUT_MS; ; await sleep(POLL_MS)) {
		const found = await ask();
		if (found !== undefined) return found;
		if (Date.now() > limit) throw new Error(`Nothing happened within ${TIMEOUT_MS / 1000} s`);
	}
}

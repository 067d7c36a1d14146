import type { INodeParameters, INodeType } from 'n8n-workflow';
import { get, run, submit } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';

jest.setTimeout(60_000);

/** Batches against a service that speaks AssemblyAI's protocol and counts what it accepts. */
interface Service extends LocalServer {
	/** Accepted recordings, such as `37.wav`, in the order in which they were accepted. */
	accepted: string[];
	/** The number of requests that are in progress, and the largest number so far. */
	inProgress: number;
	mostInProgress: number;
}

const turn = async () => await new Promise((resolve) => setTimeout(resolve, 5));
let service: Service;
afterEach(async () => await service.close());

/** @param respond returns a status other than 200, with headers, or undefined to accept the request */
async function start(
	respond: (name: string) => Promise<[number, Record<string, string>?] | undefined> = async () => undefined,
): Promise<Service> {
	const accepted: string[] = [];
	const server = await startServer(async ({ method, url, body }, response) => {
		service.mostInProgress = Math.max(service.mostInProgress, ++service.inProgress);
		const text = method === 'POST' ? (JSON.parse(body.toString('utf8')) as { audio_url: string }).audio_url : url;
		const name = text.split('/').at(-1) ?? '';
		await turn();
		const [status, headers] = (await respond(name)) ?? [200];
		service.inProgress--;
		if (status === 200) accepted.push(name);
		const id = idOf(name);
		const job = method === 'POST' ? { id, status: 'queued' } : { id: name, status: 'completed', text: `Text ${name}` };
		sendJson(response, status, status === 200 ? job : { error: `status ${status}` }, headers);
	});
	service = Object.assign(server, { accepted, inProgress: 0, mostInProgress: 0 });
	return service;
}

const idOf = (name: string) => `job-${name.replace('.wav', '')}`;
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));
const SUBMIT: INodeParameters = {
	callback: 'none',
	source: 'url',
	audioUrl: '={{ "http://127.0.0.1/" + $json.n + ".wav" }}',
};
const TEN_AT_A_TIME = { ...SUBMIT, options: { concurrency: 10 } };
const GET: INodeParameters = { transcriptId: '={{ "job-" + $json.n }}' };
const unique = (names: readonly string[]) => [...new Set(names)];

/** Returns the node with its modules reloaded. It shares n8n's record with the other node, but not its memory. */
function inAnotherProcess(): INodeType {
	let node: INodeType | undefined;
	jest.isolateModules(() => {
		const loaded = jest.requireActual<{ Transcription: new () => INodeType }>(
			'../../nodes/Transcription/Transcription.node',
		);
		node = new loaded.Transcription();
	});
	return node as INodeType;
}

describe('a batch', () => {
	it('is output in the order of the items, even if the first ones take longest', async () => {
		await start(async (name) => {
			for (let n = Number(name.replace('job-', '')); n < 30; n++) await turn();
			return undefined;
		});
		const { outputs } = await get(GET, items(30), { baseUrl: service.origin });
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			items(30).map(({ json: { n } }) => [`job-${n}`, { item: n }]),
		);
		expect(service.accepted[0]).not.toBe('job-0');
	});

	it.each([
		['reads', get, GET, undefined, 10],
		['submits of URLs', submit, SUBMIT, undefined, 10],
		['reads', get, GET, 1, 1],
		['submits of URLs', submit, SUBMIT, 1, 1],
		['reads', get, GET, 50, 50],
		['submits of URLs', submit, SUBMIT, '50', 50],
	])('of %s has as many items in progress as chosen (%#)', async (_what, operation, parameters, concurrency, most) => {
		let isReached = false;
		await start(async () => {
			while (!(isReached ||= service.inProgress === most)) await turn();
			return undefined;
		});
		const options: INodeParameters = concurrency === undefined ? {} : { concurrency };
		const { json, error } = await operation({ ...parameters, options }, items(100), { baseUrl: service.origin });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(100);
		expect(service.mostInProgress).toBe(most);
	});
});

describe('100 recordings, ten at a time, of which the 37th is refused', () => {
	const refuse37th = async () => await start(async (name) => (name === '36.wav' ? [400] : undefined));

	it('stop at the refusal, and the message names every submitted job', async () => {
		await refuse37th();
		const { error } = await submit(TEN_AT_A_TIME, items(100), { baseUrl: service.origin });
		expect(error?.message).toContain('status 400');
		expect(error?.context.itemIndex).toBe(36);
		expect(service.accepted.length).toBeGreaterThanOrEqual(36);
		expect(service.accepted.length).toBeLessThan(47);
		for (const name of service.accepted)
			expect(error?.description).toContain(`item ${name.replace('.wav', '')}: ${idOf(name)}`);
		expect(error?.context.submitted).toHaveLength(service.accepted.length);
		expect(service.mostInProgress).toBe(10);
	});

	it('aren’t submitted twice if n8n runs the node again', async () => {
		await refuse37th();
		const setup = { baseUrl: service.origin, executionId: 'refused-37' };
		await submit(TEN_AT_A_TIME, items(100), setup);
		const { json } = await submit(TEN_AT_A_TIME, items(100), { ...setup, onError: 'continueRegularOutput' });
		expect(json.filter(({ id }) => id !== undefined)).toHaveLength(99);
		expect(json[36]?.error).toContain('status 400');
		expect(service.accepted).toHaveLength(99);
		expect(unique(service.accepted)).toHaveLength(99);
	});

	it('don’t affect each other with Continue On Fail', async () => {
		await refuse37th();
		const setup = { baseUrl: service.origin, onError: 'continueRegularOutput' as const };
		const { json } = await submit(TEN_AT_A_TIME, items(100), setup);
		expect(json.map(({ id, error }) => id ?? error)).toEqual(
			items(100).map(({ json: { n } }) => (n === 36 ? expect.stringContaining('status 400') : `job-${n}`)),
		);
	});
});

describe('a batch whose process is killed', () => {
	it('isn’t submitted again by another process, not even the items without a response', async () => {
		let isKilled = false;
		await start(async () => {
			while (service.accepted.length >= 37 && !isKilled) await turn();
			return undefined;
		});
		const setup = { baseUrl: service.origin, executionId: 'killed' };
		const first = submit(TEN_AT_A_TIME, items(100), setup);
		while (service.accepted.length < 37 || service.seen.length < 47) await turn();
		const sent = service.seen.length;
		const again = await submit(TEN_AT_A_TIME, items(100), {
			...setup,
			node: inAnotherProcess(),
			onError: 'continueRegularOutput',
		});
		expect(unique(again.json.map(({ error }) => String(error).replace(/\d+/, 'N')))).toEqual([
			'Item N wasn’t submitted again, because this execution may already have submitted it',
		]);
		expect(service.seen).toHaveLength(sent);
		isKilled = true;
		await first;
	});
});

describe('a refusal with Retry-After', () => {
	it.each([
		['submits', submit, TEN_AT_A_TIME],
		['reads', get, { ...GET, options: { concurrency: 10 } }],
	])('pauses all %s, and each is accepted once', async (_what, operation, parameters) => {
		let refusals = 0;
		let pausedUntil = 0;
		await start(async () => {
			if (service.accepted.length >= 20 && pausedUntil === 0) pausedUntil = Date.now() + 2000;
			if (Date.now() >= pausedUntil) return undefined;
			refusals++;
			return [429, { 'retry-after': '2' }];
		});
		const { json, error } = await operation(parameters, items(100), { baseUrl: service.origin });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(100);
		expect(unique(service.accepted)).toHaveLength(100);
		expect(service.accepted).toHaveLength(100);
		// Only the requests that were already in progress were refused.
		expect(refusals).toBeGreaterThan(0);
		expect(refusals).toBeLessThanOrEqual(10);
	});
});

describe('a refusal for longer than a batch waits', () => {
	const HOUR: [number, Record<string, string>] = [429, { 'retry-after': '3600' }];

	it.each([
		['submits', submit, TEN_AT_A_TIME],
		['reads', get, { ...GET, options: { concurrency: 10 } }],
	])('ends all %s without sending the remaining ones', async (_what, operation, parameters) => {
		let refusals = 0;
		await start(async () => {
			if (service.accepted.length < 20) return undefined;
			refusals++;
			return HOUR;
		});
		const { json } = await operation(parameters, items(100), {
			baseUrl: service.origin,
			onError: 'continueRegularOutput',
		});
		expect(json).toHaveLength(100);
		expect(json.filter(({ error }) => error === undefined)).toHaveLength(service.accepted.length);
		const errors = json.flatMap(({ error }) => (error === undefined ? [] : [String(error)]));
		expect(unique(errors)).toEqual(['AssemblyAI is receiving too many requests from this account']);
		// Only the requests that were already in progress were refused.
		expect(refusals).toBeGreaterThan(0);
		expect(refusals).toBeLessThanOrEqual(10);
	});
});

describe('the Concurrency option', () => {
	const OPERATIONS: Array<[string, string, INodeParameters]> = [
		['transcription', 'submit', SUBMIT],
		['transcription', 'submitAndWait', { ...SUBMIT, waitBy: 'polling' }],
		['transcript', 'get', GET],
		['transcript', 'delete', GET],
		['transcript', 'recoverMissed', { ...GET, from: 'ids' }],
		['transcript', 'export', { ...GET, from: 'id' }],
	];

	describe.each(OPERATIONS)('of %s: %s', (resource, operation, parameters) => {
		it.each([0, -1, 51, 1000, 2.5, 'many', '={{ $json.n * 100 }}'])('rejects %p before any request', async (value) => {
			await start();
			const { error } = await run(
				'transcription',
				{ resource, operation, ...parameters, options: { concurrency: value } },
				items(2),
				{ baseUrl: service.origin },
			);
			const shown = typeof value === 'string' && value.startsWith('=') ? 0 : value;
			expect(error?.message).toBe(`“Concurrency” has an invalid value: ${JSON.stringify(shown)}`);
			expect(error?.description).toContain('Enter a whole number, 1 to 50.');
			expect(service.seen).toEqual([]);
		});

		it('rejects an expression that differs between items', async () => {
			await start();
			const { error } = await run(
				'transcription',
				{ resource, operation, ...parameters, options: { concurrency: '={{ $json.n + 1 }}' } },
				items(2),
				{ baseUrl: service.origin },
			);
			expect(error?.message).toBe('“Concurrency” differs between items, but it applies to all items together');
			expect(error?.description).toContain('the same number for every item');
			expect(service.seen).toEqual([]);
		});
	});
});

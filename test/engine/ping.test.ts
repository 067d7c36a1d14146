import { inMemory, submit, WORKFLOW_ID } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

const service = useSandbox();
const open: LocalServer[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

async function trigger(more = {}): Promise<TriggerEndpoint> {
	const endpoint = await startTrigger({}, service.setup(more));
	open.push(endpoint);
	return endpoint;
}
async function answering(status: number, body: string): Promise<string> {
	const server = await startServer((_request, response) => response.writeHead(status).end(body) && undefined);
	open.push(server);
	return `${server.origin}/webhook`;
}
/** The requests that could submit something. An earlier test's trigger may still be fetching its transcript. */
const submitted = () => service.asked().filter((request) => !request.startsWith('GET '));
const pings = (endpoint: LocalServer) =>
	endpoint.seen.filter(({ headers }) => headers['x-transcription-probe'] === 'ping');

describe('before it submits, Submit pings the trigger', () => {
	it('in its own workflow, and submits if that trigger is ready', async () => {
		const endpoint = await trigger();
		const { json, error, hints } = await submit(
			{},
			[inMemory(RECORDING)],
			service.setup({ webhookBase: endpoint.base }),
		);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'queued', callbackUrl: `${endpoint.base}/${WORKFLOW_ID}/assemblyAi` });
		expect([hints, pings(endpoint).length, endpoint.executions]).toEqual([[], 1, expect.any(Array)]);
	});

	it('at the base URL from an option', async () => {
		const endpoint = await trigger();
		const options = { callbackBaseUrl: `${endpoint.base}/` };
		const { json } = await submit(
			{ options },
			[inMemory(RECORDING)],
			service.setup({ webhookBase: 'http://127.0.0.1:9/hooks' }),
		);
		expect(json[0]).toMatchObject({ callbackUrl: `${endpoint.base}/${WORKFLOW_ID}/assemblyAi` });
	});

	it('once for all items', async () => {
		const endpoint = await trigger();
		await submit({}, [inMemory(RECORDING), inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
		expect(pings(endpoint)).toHaveLength(1);
	});

	it('without starting an execution', async () => {
		const endpoint = await trigger();
		service.sandbox.jobs.hold('processing');
		await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
		expect(endpoint.returned).toEqual([{ webhookResponse: { trigger: 'ready' } }]);
		expect(endpoint.executions).toEqual([]);
	});

	it('only if the callback URL belongs to a trigger', async () => {
		const base = await answering(200, 'anything');
		await submit({ callback: 'url', callbackUrl: `${base}/my-own-webhook` }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		expect(open.flatMap(pings)).toEqual([]);
	});

	it('without secrets in the request', async () => {
		const base = await answering(404, '');
		await submit(
			{},
			[inMemory(RECORDING)],
			service.setup({ webhookBase: base, credential: { webhookSecret: 'S3CRET' } }),
		);
		expect(JSON.stringify(open.flatMap(({ seen }) => seen.map(({ headers, url }) => [headers, url])))).not.toMatch(
			/S3CRET|api-key-that/,
		);
	});
});

describe('a response that isn’t from the trigger', () => {
	it('with status 404 stops Submit and names the alternatives', async () => {
		const base = await answering(404, '<html>nginx</html>');
		const { error } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: base }));
		expect(error?.message).toContain('doesn’t point to n8n');
		expect(error?.description).toContain('“Callback Base URL”');
		expect(error?.description).toContain('“Skip Trigger Check”');
		expect(submitted()).toEqual([]);
	});

	it('names a WEBHOOK_URL that ends with two slashes', async () => {
		const base = (await answering(404, '')).replace(/\/webhook$/, '//webhook');
		const { error } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: base }));
		expect(error?.description).toContain('The address contains “//”. WEBHOOK_URL must end with at most one slash');
		expect(submitted()).toEqual([]);
	});

	it('with status 401 only warns, because it doesn’t prove a different credential', async () => {
		const base = await answering(401, '<html>Log in</html>');
		const { json, hints } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: base }));
		expect(json[0]).toMatchObject({ status: 'queued' });
		expect(JSON.stringify(hints)).toContain('status 401');
	});

	it('is skipped if the user disables the check', async () => {
		const base = await answering(404, '');
		const options = { skipTriggerCheck: true };
		const { json } = await submit({ options }, [inMemory(RECORDING)], service.setup({ webhookBase: base }));
		expect(json[0]).toMatchObject({ status: 'queued' });
		expect(open.flatMap(pings)).toEqual([]);
	});
});

describe('Submit stops without submitting anything if', () => {
	it('no trigger is listening, and suggests adding one and publishing the workflow', async () => {
		const endpoint = await trigger({ workflowId: 'Another' });
		const setup = service.setup({ webhookBase: endpoint.base, mode: 'manual' });
		const { error } = await submit({}, [inMemory(RECORDING)], setup);
		expect(error?.message).toBe('No published Transcription Trigger for AssemblyAI on this canvas');
		expect(error?.description).toMatch(/^1\. Add .+ unless this canvas has one\. 2\. Publish the workflow: /);
		expect(error?.description).toContain('Nothing was submitted');
		expect(submitted()).toEqual([]);
	});

	it.each([
		['is published', { active: true, mode: 'integrated' }],
		[
			'was started by a webhook and runs on a worker, where n8n doesn’t report that it is published',
			{ active: false, mode: 'webhook' },
		],
	] as const)('no trigger is listening although the workflow %s, and suggests adding a trigger', async (_, how) => {
		const endpoint = await trigger({ workflowId: 'Another' });
		const setup = service.setup({ webhookBase: endpoint.base, ...how });
		const { error } = await submit({}, [inMemory(RECORDING)], setup);
		expect(error?.message).toBe('No published Transcription Trigger for AssemblyAI on this canvas');
		expect(error?.description).toMatch(/^1\. Add .+ if it is deactivated\. 2\. Publish the workflow again\. /);
		expect(submitted()).toEqual([]);
	});

	it('the published trigger is for another provider, and names that provider', async () => {
		const endpoint = await startTrigger({ provider: 'soniox' }, service.setup());
		open.push(endpoint);
		const { error } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
		expect(error?.message).toBe('The published Transcription Trigger on this canvas is for Soniox, not AssemblyAI');
		expect(error?.description).toContain('Choose the same provider');
		expect(endpoint.returned).toEqual([]);
		expect(submitted()).toEqual([]);
	});

	it('the trigger at a custom URL is for another provider, and names that provider', async () => {
		const endpoint = await startTrigger({ provider: 'soniox' }, service.setup({ workflowId: 'Another' }));
		open.push(endpoint);
		const callbackUrl = `${endpoint.base}/Another/assemblyAi`;
		const { error } = await submit({ callback: 'url', callbackUrl }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('“Callback URL” is for Soniox, not AssemblyAI');
		expect(endpoint.returned).toEqual([]);
		expect(submitted()).toEqual([]);
	});

	it('no trigger is listening at a custom URL, and suggests publishing that workflow', async () => {
		const endpoint = await trigger();
		const callbackUrl = `${endpoint.base}/Another/assemblyAi`;
		const { error } = await submit({ callback: 'url', callbackUrl }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('“Callback URL”');
		expect(submitted()).toEqual([]);
	});

	it('the trigger has a different credential, and suggests selecting the same one', async () => {
		const endpoint = await trigger({ credential: { apiKey: 'another' } });
		const { error } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
		expect(error?.message).toContain('a different credential');
		expect(error?.description).toContain('same credential');
		expect(submitted()).toEqual([]);
	});
});

describe('Submit continues with a warning if', () => {
	it.each([
		['a login page responds', 200, '<html>Log in</html>'],
		['another JSON response is received', 200, '{"message":"Workflow was started"}'],
		['a proxy responds', 502, 'Bad Gateway'],
		['the trigger can’t read its credential', 503, '{"message":"Temporarily unavailable"}'],
	])('%s', async (_what, status, body) => {
		const base = await answering(status, body);
		const { json, hints } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: base }));
		expect(json).toEqual([expect.objectContaining({ status: 'queued' })]);
		expect(hints).toEqual([
			expect.stringContaining(`Something other than a Transcription Trigger responded at ${base}`),
		]);
	});

	it('n8n can’t reach its own URL', async () => {
		const gone = await startServer((_request, response) => sendJson(response, 200, {}));
		await gone.close();
		const { json, hints } = await submit(
			{},
			[inMemory(RECORDING)],
			service.setup({ webhookBase: `${gone.origin}/webhook` }),
		);
		expect(json).toEqual([expect.objectContaining({ status: 'queued' })]);
		expect(hints).toEqual([expect.stringContaining('couldn’t reach its own callback URL')]);
	});
});

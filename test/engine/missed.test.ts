import { get, inMemory, submit } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(30_000);
const service = useSandbox();
let receiver: LocalServer | undefined;
afterEach(async () => await receiver?.close());

/** Returns the output of Get for a finished job whose callback received the given response status. */
async function fetchedAfter(status: number) {
	receiver = await startServer((_request, response) => sendJson(response, status, {}));
	const job = { callback: 'url', callbackUrl: `${receiver.origin}/elsewhere` };
	const { json } = await submit(job, [inMemory(RECORDING)], service.setup());
	await service.sandbox.settled();
	return (await get({ transcriptId: String(json[0]?.id) }, [{ json: {} }], service.setup())).json[0];
}

describe('Get of a job whose callback', () => {
	it.each([
		[404, 'wasn’t published'],
		[401, 'a different credential'],
	])('received %d explains the reason', async (status, why) => {
		const json = await fetchedAfter(status);
		expect(json?.status).toBe('completed');
		expect(json?.callbackProblem).toContain(`status ${status}`);
		expect(json?.callbackProblem).toContain(why);
	});

	it('was delivered doesn’t mention it', async () => {
		expect(await fetchedAfter(200)).not.toHaveProperty('callbackProblem');
	});

	it('wasn’t requested doesn’t mention it', async () => {
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const fetched = await get({ transcriptId: String(json[0]?.id) }, [{ json: {} }], service.setup());
		expect(fetched.json[0]).toHaveProperty('text');
		expect(fetched.json[0]).not.toHaveProperty('callbackProblem');
	});
});

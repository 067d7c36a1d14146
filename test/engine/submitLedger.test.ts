import type { INodeParameters, INodeType } from 'n8n-workflow';
import { assemblyAi } from '../e2e/profiles/assemblyAi';
import { inMemory, submit } from './harness';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

const service = useSandbox();
const ids = () => service.sandbox.jobs.list().map(({ id }) => id);
/** Submits one item at a time, so that the sandbox lists the jobs in the order of the items. */
const PARAMETERS: INodeParameters = { callback: 'none', options: { concurrency: 1 } };
const two = () => [inMemory(RECORDING), inMemory(RECORDING)];
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
let executions = 0;
const newExecution = () => `ledger-${++executions}`;
/** Rejects the second submit with a response that shows that no job was created. */
const refuseSecond = (status = 400) =>
	service.sandbox.httpFaults.add({ kind: 'status', status, skip: 1, next: 1, match: assemblyAi.requests.submit });

describe('the submit ledger', () => {
	it('returns the job of an earlier run of the same execution, and submits nothing', async () => {
		const executionId = newExecution();
		const first = await submit(PARAMETERS, two(), service.setup({ executionId }));
		const again = await submit(PARAMETERS, two(), service.setup({ executionId }));
		expect(again.json).toEqual(first.json);
		expect(ids()).toHaveLength(2);
	});

	it('submits for every new execution, manual ones included', async () => {
		for (const mode of ['manual', 'trigger', 'retry'] as const)
			await submit(PARAMETERS, two(), service.setup({ mode }));
		expect(ids()).toHaveLength(6);
	});

	it('rejects an item that another process submitted and reports where the job ID is', async () => {
		const executionId = newExecution();
		await submit(PARAMETERS, two(), service.setup({ executionId }));
		const again = await submit(
			PARAMETERS,
			two(),
			service.setup({ executionId, node: inAnotherProcess(), onError: 'continueRegularOutput' }),
		);
		expect(again.json[0]?.error).toContain(
			'wasn’t submitted again, because this execution may already have submitted it',
		);
		expect(again.json[1]?.message).toContain('accepted job … (item 1)');
		expect(ids()).toHaveLength(2);
	});

	it('lets Retry On Fail resubmit only items that were definitely rejected', async () => {
		refuseSecond();
		const { json, error } = await submit(PARAMETERS, two(), service.setup({ retryOnFail: true }));
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id)).toEqual(ids());
		expect(ids()).toHaveLength(2);
	});

	it('keeps Retry On Fail from repeating a submit with an unknown outcome', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 500, next: 1, match: assemblyAi.requests.submit });
		const { error } = await submit(PARAMETERS, [inMemory(RECORDING)], service.setup({ retryOnFail: true }));
		expect(error?.message).toContain('may already have submitted it');
		expect(service.asked().filter((line) => line.startsWith('POST /v2/transcript'))).toHaveLength(1);
	});

	it('releases items that weren’t submitted because an earlier item failed', async () => {
		const executionId = newExecution();
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, next: 1, match: assemblyAi.requests.submit });
		const { error } = await submit(PARAMETERS, two(), service.setup({ executionId }));
		expect(error?.message).toContain('status 400');
		expect(ids()).toEqual([]);
		const again = await submit(PARAMETERS, two(), service.setup({ executionId }));
		expect(again.json.map(({ id }) => id)).toEqual(ids());
	});
});

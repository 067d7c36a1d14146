import type { INodeParameters } from 'n8n-workflow';
import { run } from './harness';
import { useSandbox } from './sandbox';

const service = useSandbox('assemblyAi');

/** Runs an operation with two items and an error output. */
async function runWithErrorOutput(parameters: INodeParameters) {
	const setup = service.setup({ onError: 'continueErrorOutput' });
	return await run(
		'transcription',
		{ provider: 'assemblyAi', ...parameters },
		[{ json: { n: 0 } }, { json: { n: 1 } }],
		setup,
	);
}

describe('an operation with an error output that fails before it starts', () => {
	it('doesn’t return its input as its result', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, next: 10 });
		const { outputs, error } = await runWithErrorOutput({
			resource: 'transcript',
			operation: 'recoverMissed',
			from: 'list',
		});

		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual(Array(2).fill(expect.stringContaining('AssemblyAI')));
	});

	it('reports the error for each item', async () => {
		const { outputs } = await runWithErrorOutput({
			resource: 'transcript',
			operation: 'recoverMissed',
			from: 'nowhere',
		});

		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toMatchObject([{ item: 0 }, { item: 1 }]);
	});
});

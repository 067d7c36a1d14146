import { inMemory, run } from './harness';
import { RECORDING } from './recording';
import { SERVICES, useSandbox } from './sandbox';

jest.setTimeout(120_000);

const NAME = 'Call with Ada.wav';
const named = () => inMemory(RECORDING, { fileName: NAME });
const nameless = () => inMemory(RECORDING, { fileName: undefined });

describe.each(SERVICES)('the recording’s name with %s', (provider) => {
	const service = useSandbox(provider);
	const ids = () => service.sandbox.jobs.list().map(({ id }) => id);
	const execute = async (parameters: object, items = [named()]) => {
		const full = { provider, resource: 'transcription', ...parameters };
		const result = await run('transcription', full as never, items, service.setup());
		expect(result.error).toBeUndefined();
		return result;
	};

	it('is in the output of Submit', async () => {
		const { json } = await execute({ operation: 'submit', callback: 'none', options: { concurrency: 1 } }, [
			named(),
			nameless(),
		]);
		expect(json.map(({ id }) => id)).toEqual(ids());
		expect(json.map(({ recordingName }) => recordingName)).toEqual([NAME, undefined]);
	});

	it('is in the output and in the file names of Submit and Wait', async () => {
		const { json, outputs } = await execute({
			operation: 'submitAndWait',
			waitBy: 'polling',
			options: { files: ['srt'] },
		});
		expect(json).toEqual([expect.objectContaining({ id: ids()[0], status: 'completed', recordingName: NAME })]);
		expect(outputs[0]?.[0]?.binary?.srt).toMatchObject({ fileName: 'Call with Ada.srt' });
	});
});

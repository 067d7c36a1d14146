import type { INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox';
import { deleteTranscript, get, inMemory, submit } from './harness';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(60_000);
const SERVICES: ProviderName[] = ['assemblyAi', 'elevenLabs', 'gladia', 'revAi', 'scriptix', 'soniox', 'speechmatics'];

describe.each(SERVICES)('Delete at %s', (provider) => {
	// This only affects Scriptix, whose default API doesn’t support deletion.
	const service = useSandbox(provider, { apiGeneration: 'sessions' });
	const submitted = async () => {
		const { json, error } = await submit({ provider, callback: 'none' }, [inMemory(RECORDING)], service.setup());
		expect(error).toBeUndefined();
		return String(json[0]?.id);
	};
	const removed = async (transcriptId: string, more: INodeParameters = {}) =>
		await deleteTranscript({ provider, transcriptId, ...more }, [{ json: {} }], service.setup());

	it('deletes a finished job, so that it can’t be fetched again', async () => {
		const id = await submitted();
		await service.sandbox.settled();
		const { outputs, error } = await removed(id);
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([{ json: { deleted: true, id, provider }, pairedItem: { item: 0 } }]);
		const { error: unfetched } = await get({ provider, transcriptId: id }, [{ json: {} }], service.setup());
		expect(unfetched?.message).toMatch(/has no .*with the ID|no longer has|was deleted/);
		expect(unfetched?.message).toContain(id);
	});

	it('reports an unknown ID, including one that was already deleted', async () => {
		const id = await submitted();
		await service.sandbox.settled();
		await removed(id);
		for (const unknown of [id, '00000000-0000-4000-8000-000000000000']) {
			const { error, json } = await removed(unknown);
			expect(`${error?.message} ${error?.description}`).toContain(unknown);
			expect(json).toEqual([]);
		}
	});

	it('doesn’t report a running job as deleted', async () => {
		service.sandbox.jobs.hold('processing');
		const id = await submitted();
		const { error } = await removed(id);
		expect(`${error?.message} ${error?.description}`).toMatch(/is still running|may not be done yet/);
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
		service.sandbox.jobs.release();
		await service.sandbox.settled();
		expect((await get({ provider, transcriptId: id }, [{ json: {} }], service.setup())).json[0]?.status).toBe(
			'completed',
		);
	});
});

describe('Delete', () => {
	const service = useSandbox('soniox');

	it('deletes no more than selected', async () => {
		const { json } = await submit({ provider: 'soniox', callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const transcriptId = String(json[0]?.id);
		await deleteTranscript({ provider: 'soniox', transcriptId, deleteScope: 'file' }, [{ json: {} }], service.setup());
		expect((await get({ provider: 'soniox', transcriptId }, [{ json: {} }], service.setup())).json[0]?.status).toBe(
			'completed',
		);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'an unknown option',
			{ transcriptId: 'a', deleteScope: '={{ "account" }}' },
			'“account”, which isn’t a valid option',
		],
		['no option', { transcriptId: 'a', deleteScope: '={{ "" }}' }, 'which isn’t a valid option'],
		['an invalid ID', { transcriptId: '../files' }, 'isn’t a valid transcript ID'],
		['an empty ID', { transcriptId: '={{ "" }}' }, 'ID'],
	])('rejects %s without sending a request', async (_what, parameters, words) => {
		const { error } = await deleteTranscript({ provider: 'soniox', ...parameters }, [{ json: {} }], service.setup());
		expect(error?.message).toContain(words);
		expect(service.asked()).toEqual([]);
	});

	it('names the failed item and keeps the others if the node continues on errors', async () => {
		const {
			json: [job],
		} = await submit({ provider: 'soniox', callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const items = [{ json: { id: 'unknown-id' } }, { json: { id: job?.id } }];
		const { json } = await deleteTranscript(
			{ provider: 'soniox', transcriptId: '={{ $json.id }}' },
			items,
			service.setup({ onError: 'continueRegularOutput' }),
		);
		expect(json).toEqual([
			expect.objectContaining({ error: expect.any(String) }),
			{ deleted: true, id: job?.id, provider: 'soniox' },
		]);
	});

	it('is rejected for InstantTranscriber, which doesn’t support it', async () => {
		const { error } = await deleteTranscript(
			{ provider: 'instantTranscriber', transcriptId: 'a' },
			[{ json: {} }],
			service.setup(),
		);
		expect(error?.message).toContain('InstantTranscriber doesn’t support “Delete”');
		expect(service.asked()).toEqual([]);
	});
});

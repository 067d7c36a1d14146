import type { INodeExecutionData } from 'n8n-workflow';
import { inFilesystem, inMemory, submit } from './harness';
import { useSandbox } from './sandbox';

const service = useSandbox();
const MEBIBYTE = 2 ** 20;
const LARGE = Buffer.alloc(33 * MEBIBYTE);

const hintsOf = async (items: INodeExecutionData[]) => {
	const { json, hints, error } = await submit({ callback: 'none' }, items, service.setup());
	expect(error).toBeUndefined();
	expect(json).toHaveLength(items.length);
	return hints;
};

const uploadedBytes = () =>
	service.sandbox.requests
		.list()
		.filter(({ path }) => path.endsWith('/v2/upload'))
		.map(({ requestBytes }) => requestBytes);

/** n8n 2 can keep files in memory, which the package supports until n8n 3 has replaced it. */
describe('memory hint', () => {
	it('warns once for all items with a large recording in memory, and names the setting', async () => {
		const hints = await hintsOf([inMemory(LARGE), inMemory(Buffer.alloc(34 * MEBIBYTE), { fileName: 'longest.wav' })]);
		expect(hints).toEqual([
			expect.stringMatching(
				/keeps files in memory.*“longest.wav” \(36 MB\).*N8N_DEFAULT_BINARY_DATA_MODE to filesystem.*Source: URL/,
			),
		]);
		expect(uploadedBytes()).toEqual([LARGE.length, 34 * MEBIBYTE]);
	});
});

it('uploads a small recording in memory without a warning', async () => {
	expect(await hintsOf([inMemory(Buffer.alloc(MEBIBYTE))])).toEqual([]);
});

it('uploads a large recording in the filesystem without a warning', async () => {
	expect(await hintsOf([await inFilesystem(LARGE)])).toEqual([]);
});

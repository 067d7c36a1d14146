import type { IExecuteFunctions } from 'n8n-workflow';
import { readChunkSettings, toChunkItems } from '../../../../nodes/Transcription/operations/export/chunkItems';
import { ExportContext } from '../../../../nodes/Transcription/transcript/files';
import type { Transcript } from '../../../../nodes/Transcription/transcript/model';

const SETTINGS = { size: 1000, overlap: 0, unit: 'characters' } as const;

/** @param transcript as in an item that other nodes may have created */
const idsOf = (transcript: object) =>
	toChunkItems(new ExportContext(transcript as Transcript), SETTINGS).map(({ json }) => json.id);

const read = (parameters: Record<string, unknown>) =>
	readChunkSettings({ getNodeParameter: (name: string) => parameters[name] } as unknown as IExecuteFunctions, 0);

describe('The IDs of chunks', () => {
	it('don’t depend on the text if the transcript has a provider and an ID', () => {
		const call = { provider: 'assemblyAi', id: 'a' };
		expect(idsOf({ ...call, text: 'Call one.' })).toEqual(idsOf({ ...call, text: 'Call 1.' }));
	});

	it.each([{ provider: 'assemblyAi' }, { id: 'a' }, { provider: 'assemblyAi', id: '' }, {}])(
		'differ between texts if the transcript has only %j',
		(known) => {
			expect(idsOf({ ...known, text: 'Call one.' })).not.toEqual(idsOf({ ...known, text: 'Call two.' }));
		},
	);
});

describe('The chunk overlap', () => {
	it('can be half of the chunk size', () => {
		expect(read({ chunkSize: 101, chunkOverlap: 50 })).toEqual({ size: 101, overlap: 50, unit: 'characters' });
	});

	it.each([
		[101, 51],
		[10_000, 9_999],
	])('can’t be more: of %d, %d', (chunkSize, chunkOverlap) => {
		expect(() => read({ chunkSize, chunkOverlap })).toThrow(
			`“Chunk Overlap” is ${chunkOverlap}, which is more than half of “Chunk Size”, ${chunkSize}`,
		);
	});
});

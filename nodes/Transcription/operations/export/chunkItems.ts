import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { readNumber } from '../../core/optionReaders';
import { userError } from '../../core/userError';
import { uuidOf } from '../../core/uuid';
import type { ExportContext } from '../../transcript/files';
import { roundToMs } from '../../transcript/milliseconds';
import type { Transcript } from '../../transcript/model';
import type { ChunkSettings, ChunkUnit } from '../../transcript/segments';
import { MISSING_ID } from './readTranscript';

/** *One Item Per: Chunk*, for vector stores and language models. */

const show = { exportAs: ['items'], itemPer: ['chunk'] };

/** The same defaults as n8n's Default Data Loader, which therefore doesn't split the chunks again. */
const DEFAULT_SIZE = 1000;
const DEFAULT_OVERLAP = 200;

/** Smaller chunks couldn't contain a sentence and the speaker's name. */
const MIN_SIZE = 50;
const MAX_SIZE = 100_000;

/** With a larger overlap, chunks would repeat text many times. */
const MAX_OVERLAP_SHARE = 0.5;

export const chunkFields: readonly INodeProperties[] = [
	{
		displayName: 'Chunk Size',
		name: 'chunkSize',
		type: 'number',
		default: DEFAULT_SIZE,
		typeOptions: { minValue: MIN_SIZE, maxValue: MAX_SIZE },
		displayOptions: { show },
		description: 'The maximum size of a chunk, measured in Chunk Unit',
	},
	{
		displayName: 'Chunk Unit',
		name: 'chunkUnit',
		type: 'options',
		options: [
			{ name: 'Characters', value: 'characters', description: 'Count characters, like n8n’s text splitters' },
			{
				name: 'Tokens (Approximate)',
				value: 'tokens',
				description: 'Estimate a language model’s tokens from the number of characters and their script',
			},
		],
		default: 'characters',
		displayOptions: { show },
		description: 'The unit of Chunk Size and Chunk Overlap',
	},
	{
		displayName: 'Chunk Overlap',
		name: 'chunkOverlap',
		type: 'number',
		default: DEFAULT_OVERLAP,
		typeOptions: { minValue: 0, maxValue: MAX_SIZE * MAX_OVERLAP_SHARE },
		displayOptions: { show },
		description:
			'The maximum amount of text to repeat from the end of the previous chunk, measured in Chunk Unit. At most half of the chunk size.',
	},
];

/** @throws UserError */
export function readChunkSettings(context: IExecuteFunctions, itemIndex: number): ChunkSettings {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, undefined) as unknown;
	const size =
		readNumber(parameter('chunkSize'), 'Chunk Size', { min: MIN_SIZE, max: MAX_SIZE, integer: true }) ?? DEFAULT_SIZE;
	const overlap = readNumber(parameter('chunkOverlap'), 'Chunk Overlap', { min: 0, integer: true }) ?? 0;
	const maxOverlap = Math.floor(size * MAX_OVERLAP_SHARE);
	if (overlap > maxOverlap) {
		throw userError(
			`“Chunk Overlap” is ${overlap}, which is more than half of “Chunk Size”, ${size}`,
			`Enter ${maxOverlap} or less, such as a fifth of the chunk size, or 0.`,
		);
	}
	return { size, overlap, unit: readUnit(parameter('chunkUnit') ?? 'characters') };
}

function readUnit(value: unknown): ChunkUnit {
	if (value === 'characters' || value === 'tokens') return value;
	throw userError(
		`“Chunk Unit” is “${String(value).slice(0, 60)}”, which isn’t a valid option`,
		'Choose from the list, or use an expression that returns one of: characters, tokens.',
	);
}

/** Creates one item per chunk, with an ID that is the same whenever the transcript is exported again. */
export function toChunkItems(exportContext: ExportContext, settings: ChunkSettings): INodeExecutionData[] {
	// The item may not be from this package, so both can be missing.
	const { provider, id: transcriptId }: Partial<Transcript> = exportContext.transcript;
	const isIdentified = provider && transcriptId && transcriptId !== MISSING_ID;
	return exportContext.chunks(settings).map(({ text, start, end, speakers }, index) => ({
		json: {
			text,
			...(start !== undefined && { start: roundToMs(start) }),
			...(end !== undefined && { end: roundToMs(end) }),
			...(speakers && { speakers }),
			index,
			transcriptId,
			// Without a provider and an ID, only the text distinguishes the chunks of different transcripts.
			id: uuidOf(JSON.stringify([isIdentified ? provider : text, transcriptId, index])),
		},
	}));
}

import { userError } from '../../core/userError';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readBoolean, readTerms, readText } from '../../core/optionReaders';
import { PROVIDERS } from '../../providers';
import { type Provider } from '../../providers/provider';
import { ExportContext, type FileSettings } from '../../transcript/files';
import { roundToMs } from '../../transcript/milliseconds';
import type { Transcript } from '../../transcript/model';
import { atLevel } from '../../transcript/output';
import { search } from '../../transcript/search';
import { paragraphsIn, type Segment, sentencesIn, utterancesIn } from '../../transcript/segments';
import { exportOptionsField, readFileSettings } from './fields';
import { fileNameOf, filesField, renderFiles, toBinaryData } from '../../shared/files';
import { explainMissingTimes, hintAtMissingDetails } from './details';
import { chunkFields, readChunkSettings, toChunkItems } from './chunkItems';
import { findInputFile } from './inputFile';
import { readTranscript } from './readTranscript';
import { embedRecording } from './recording';
import { toStatisticsItem } from './statisticsItem';
import { readConcurrency } from '../../shared/concurrency';
import { forEachItem } from '../../shared/errors';
import { fromStorage } from '../../shared/storage';
import type { Operation } from '../operation';
import { toOutputTranscript } from '../../shared/jobOutput';
import { fetchJob, openSession, type Session } from '../../shared/session';
import { readTranscriptId, transcriptIdFields } from '../../shared/fields';

export const exportTranscript: Operation = {
	resource: 'transcript',
	option: {
		name: 'Export',
		value: 'export',
		action: 'Export a transcript',
		description: 'Convert a transcript to subtitles, documents, items, or statistics, or search it for words',
	},
	fields: [
		{
			displayName: 'From',
			name: 'from',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Binary File', value: 'binary', description: 'Use a JSON file created by this package' },
				{ name: 'ID', value: 'id', description: 'Fetch the transcript from the provider' },
				{
					name: 'Item',
					value: 'item',
					description: 'Use the output of Get or the trigger with Output: Words or Utterances',
				},
			],
			default: 'item',
			description: 'Where to get the transcript from',
		},
		...transcriptIdFields(PROVIDERS, { from: ['id'] }),
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'json',
			required: true,
			hint: 'The name of the input field containing the JSON file',
			displayOptions: { show: { from: ['binary'] } },
		},
		{
			displayName: 'Export As',
			name: 'exportAs',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Files', value: 'files', description: 'Create subtitles and documents in binary fields' },
				{
					name: 'Items',
					value: 'items',
					description: 'Return one item per utterance, sentence, paragraph, cue, or chunk',
				},
				{
					name: 'Statistics',
					value: 'statistics',
					description: 'Return one item with talk times, questions, and other figures about the conversation',
				},
				{
					name: 'Word Search',
					value: 'search',
					description: 'Return one item per match for specific words or phrases',
				},
			],
			default: 'files',
			description: 'The output to create from the transcript',
		},
		{ ...filesField, default: ['srt', 'txt'], required: true, displayOptions: { show: { exportAs: ['files'] } } },
		{
			displayName: 'One Item Per',
			name: 'itemPer',
			type: 'options',
			options: [
				{
					name: 'Chunk',
					value: 'chunk',
					description: 'Whole sentences up to a maximum size, for vector stores and language models',
				},
				{ name: 'Cue', value: 'cue', description: 'A single subtitle' },
				{ name: 'Paragraph', value: 'paragraph', description: 'A few sentences by one speaker' },
				{ name: 'Sentence', value: 'sentence', description: 'A single sentence' },
				{ name: 'Utterance', value: 'utterance', description: 'Uninterrupted speech by one speaker' },
			],
			default: 'utterance',
			displayOptions: { show: { exportAs: ['items'] } },
		},
		...chunkFields,
		{
			displayName: 'Words or Phrases',
			name: 'terms',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. price, free trial',
			displayOptions: { show: { exportAs: ['search'] } },
			description:
				'The words or phrases to search for, separated by commas. Case, accents, and punctuation are ignored. Only whole words match.',
		},
		exportOptionsField,
	],
	credentialFreeWhen: { from: ['item', 'binary'] },
	execute,
};

async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	let session: Promise<Session> | undefined;
	const exportItem = async (itemIndex: number): Promise<INodeExecutionData[]> => {
		const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const settings = readFileSettings(options);
		const includeText = readBoolean(options.includeText, 'Include Text in Item');
		const exportItems = createExporter(context, itemIndex, settings, {
			fileName: readText(options.fileName),
			includeText,
			recordingField: readText(options.embedRecording),
		});
		const from = context.getNodeParameter('from', itemIndex);
		const transcript =
			from === 'id'
				? await fetchTranscript(context, itemIndex, await (session ??= openSession(context, provider)))
				: await readInput(context, itemIndex);
		const where = `Item ${itemIndex}`;
		const items = await exportItems(transcript).catch((error: unknown) => {
			throw from === 'item' ? explainMissingTimes(error, transcript, where) : error;
		});
		if (from === 'item') hintAtMissingDetails(context, transcript, formatsOf(context, itemIndex), where);
		return items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
	};
	const fetches = context.getNodeParameter('from', 0) === 'id';
	return await forEachItem(context, exportItem, fetches ? readConcurrency(context) : 1);
}

/** Returns the selected file formats, or undefined if the export creates items. */
function formatsOf(context: IExecuteFunctions, itemIndex: number): string[] | undefined {
	const isFiles = context.getNodeParameter('exportAs', itemIndex) === 'files';
	return isFiles ? readTerms(context.getNodeParameter('files', itemIndex)) : undefined;
}

/**
 * Reads Export As and its fields before any transcript is fetched.
 * @returns a function that exports a transcript accordingly
 * @throws UserError
 */
function createExporter(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: FileSettings,
	options: { fileName: string | undefined; includeText: boolean; recordingField: string | undefined },
): (transcript: Transcript) => Promise<INodeExecutionData[]> {
	const exportAs = context.getNodeParameter('exportAs', itemIndex) as string;
	if (exportAs === 'items') {
		const per = context.getNodeParameter('itemPer', itemIndex) as string;
		if (per === 'chunk') {
			const chunkSettings = readChunkSettings(context, itemIndex);
			return async (transcript) => toChunkItems(new ExportContext(transcript, settings), chunkSettings);
		}
		return async (transcript) => toSegmentItems(new ExportContext(transcript, settings), per);
	}
	if (exportAs === 'statistics')
		return async (transcript) => [toStatisticsItem(new ExportContext(transcript, settings))];
	if (exportAs === 'search') {
		const terms = readTerms(context.getNodeParameter('terms', itemIndex));
		if (terms.length === 0)
			throw userError('“Words or Phrases” is empty', 'Enter the words or phrases to search for, separated by commas.');
		return async (transcript) => toSearchItems(new ExportContext(transcript, settings), terms);
	}
	const formats = readTerms(context.getNodeParameter('files', itemIndex));
	if (formats.length === 0) throw userError('“Files” is empty', 'Choose at least one file format.');
	return async (transcript) => {
		const fileSettings = await embedRecording(context, itemIndex, formats, settings, options.recordingField);
		const files = renderFiles(transcript, formats, fileSettings);
		const texts = Object.fromEntries(
			files.flatMap(({ format, content }) => (typeof content === 'string' ? [[format, content]] : [])),
		);
		return [
			{
				json: {
					...(atLevel(transcript, 'simplified') as unknown as IDataObject),
					...(options.includeText && { files: texts }),
				},
				binary: await toBinaryData(context, files, options.fileName ?? settings.title ?? fileNameOf(transcript)),
			},
		];
	};
}

async function fetchTranscript(context: IExecuteFunctions, itemIndex: number, session: Session): Promise<Transcript> {
	const id = readTranscriptId(context, itemIndex, session.provider);
	const job = await fetchJob(session, id);
	const { status, errorMessage } = job.transcript;
	if (status === 'completed') return toOutputTranscript(job, 'words', session);
	throw userError(
		status === 'failed'
			? `Job ${id} failed, so there is no transcript`
			: `Transcript ${id} isn’t finished yet (${status})`,
		status === 'failed'
			? (errorMessage ?? 'The provider gave no reason.')
			: 'Export it once the trigger has received it.',
	);
}

async function readInput(context: IExecuteFunctions, itemIndex: number): Promise<Transcript> {
	const item = context.getInputData()[itemIndex] as INodeExecutionData;
	if (context.getNodeParameter('from', itemIndex) === 'item') return readTranscript(item.json, `Item ${itemIndex}`);
	const field = String(context.getNodeParameter('binaryPropertyName', itemIndex) ?? '').trim();
	const { where } = findInputFile(
		item,
		itemIndex,
		field,
		'Input Binary Field',
		'Choose From: Item or ID, or load the JSON file before this node.',
	);
	const content = await fromStorage(where, async () => await context.helpers.getBinaryDataBuffer(itemIndex, field));
	return readTranscript(parseFile(content.toString('utf8').replace(/^\ufeff/, ''), where), where);
}

function parseFile(content: string, where: string): unknown {
	try {
		return JSON.parse(content);
	} catch (error) {
		throw userError(
			`${where} isn’t valid JSON`,
			`Use a JSON file created by Get, the trigger, or Export. ${(error as Error).message}`,
		);
	}
}

/** @throws UserError if cues are requested from a transcript without timestamps */
function toSegmentItems(exportContext: ExportContext, per: string): INodeExecutionData[] {
	return segments(exportContext, per).map((segment, index) => ({ json: toSegmentJson(exportContext, segment, index) }));
}

function segments(exportContext: ExportContext, per: string): Segment[] {
	switch (per) {
		case 'cue':
			return exportContext.cueSegments();
		case 'paragraph':
			return paragraphsIn(exportContext.spoken);
		case 'sentence':
			return sentencesIn(exportContext.spoken);
		case 'utterance':
			return utterancesIn(exportContext.spoken);
		default:
			throw userError(
				`“One Item Per” is “${per}”, which isn’t a valid option`,
				'Choose from the list, or use an expression that returns one of: chunk, cue, paragraph, sentence, utterance.',
			);
	}
}

function toSearchItems(exportContext: ExportContext, terms: readonly string[]): INodeExecutionData[] {
	return search(exportContext.spoken, terms).map((hit, index) => ({ json: toSegmentJson(exportContext, hit, index) }));
}

/** Converts a transcript segment to an item's JSON, with the speaker's name from Speaker Names if one is set. */
function toSegmentJson(exportContext: ExportContext, segment: Segment, index: number): IDataObject {
	const { text, start, end, speaker, channel, ...otherFields } = segment;
	const isNamed = exportContext.settings.includeSpeakers ?? true;
	const name = isNamed && (speaker ?? channel) !== undefined ? exportContext.name({ speaker, channel }) : undefined;
	return {
		text,
		...(start !== undefined && { start: roundToMs(start) }),
		...(end !== undefined && { end: roundToMs(end) }),
		...(name !== undefined && { speaker: name }),
		...(channel !== undefined && { channel }),
		...otherFields,
		index,
		transcriptId: exportContext.transcript.id,
	};
}

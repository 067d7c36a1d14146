import { userError } from '../../core/userError';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readBoolean, readTerms, readText } from '../../core/optionReaders';
import { type Provider } from '../../providers/provider';
import { ExportContext, type FileSettings } from '../../transcript/files';
import type { Transcript } from '../../transcript/model';
import { atLevel } from '../../transcript/output';
import { search } from '../../transcript/search';
import { paragraphsIn, type Segment, sentencesIn, utterancesIn } from '../../transcript/segments';
import { exportOptionsField, readFileSettings } from './fields';
import { toBinaryData, filesField, renderFiles } from '../../shared/files';
import { readTranscript } from './readTranscript';
import { forEachItem } from '../../shared/errors';
import { fromStorage, givenName } from '../../shared/storage';
import type { Operation } from '../operation';
import { toOutputTranscript } from '../../shared/jobOutput';
import { fetchJob, openSession, type Session } from '../../shared/session';
import { readTranscriptId, transcriptIdField } from '../../shared/fields';

export const exportTranscript: Operation = {
	resource: 'transcript',
	option: {
		name: 'Export',
		value: 'export',
		action: 'Export a transcript',
		description: 'Convert a transcript to subtitles, documents, or items, or search it for words',
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
		{ ...transcriptIdField, displayOptions: { show: { from: ['id'] } } },
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
				{ name: 'Items', value: 'items', description: 'Return one item per utterance, sentence, paragraph, or cue' },
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
				{ name: 'Cue', value: 'cue', description: 'A single subtitle' },
				{ name: 'Paragraph', value: 'paragraph', description: 'A few sentences by one speaker' },
				{ name: 'Sentence', value: 'sentence', description: 'A single sentence' },
				{ name: 'Utterance', value: 'utterance', description: 'Uninterrupted speech by one speaker' },
			],
			default: 'utterance',
			displayOptions: { show: { exportAs: ['items'] } },
		},
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
	let session: Session | undefined;
	return await forEachItem(context, async (itemIndex) => {
		const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const settings = readFileSettings(options);
		const includeText = readBoolean(options.includeText, 'Include Text in Item');
		const exportItems = createExporter(context, itemIndex, settings, {
			fileName: readText(options.fileName),
			includeText,
		});
		const transcript =
			context.getNodeParameter('from', itemIndex) === 'id'
				? await fetchTranscript(context, itemIndex, (session ??= await openSession(context, provider)))
				: await readInput(context, itemIndex);
		return (await exportItems(transcript)).map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
	});
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
	options: { fileName: string | undefined; includeText: boolean },
): (transcript: Transcript) => Promise<INodeExecutionData[]> {
	const exportAs = context.getNodeParameter('exportAs', itemIndex) as string;
	if (exportAs === 'items') {
		const per = context.getNodeParameter('itemPer', itemIndex) as string;
		return async (transcript) => toSegmentItems(new ExportContext(transcript, settings), per);
	}
	if (exportAs === 'search') {
		const terms = readTerms(context.getNodeParameter('terms', itemIndex));
		if (terms.length === 0)
			throw userError('“Words or Phrases” is empty', 'Enter the words or phrases to search for, separated by commas.');
		return async (transcript) => toSearchItems(new ExportContext(transcript, settings), terms);
	}
	const formats = readTerms(context.getNodeParameter('files', itemIndex));
	if (formats.length === 0) throw userError('“Files” is empty', 'Choose at least one file format.');
	return async (transcript) => {
		const files = renderFiles(transcript, formats, settings);
		const texts = Object.fromEntries(files.map(({ format, content }) => [format, content]));
		return [
			{
				json: {
					...(atLevel(transcript, 'simplified') as unknown as IDataObject),
					...(options.includeText && { files: texts }),
				},
				binary: await toBinaryData(context, files, options.fileName ?? transcript.id),
			},
		];
	};
}

async function fetchTranscript(context: IExecuteFunctions, itemIndex: number, session: Session): Promise<Transcript> {
	const id = readTranscriptId(context, itemIndex);
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
	const binaries = item.binary ?? {};
	const binary = Object.hasOwn(binaries, field) ? binaries[field] : undefined;
	if (!binary) {
		const others = Object.keys(binaries);
		throw userError(
			`Item ${itemIndex} has no file in the binary field “${field}”`,
			others.length > 0
				? `Set “Input Binary Field” to a field the item has: ${others.join(', ')}.`
				: 'The item has no binary data. Choose From: Item or ID, or load the JSON file before this node.',
		);
	}
	const where = `The file “${givenName(binary) ?? field}” in item ${itemIndex}`;
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
				'Choose from the list, or use an expression that returns one of: cue, paragraph, sentence, utterance.',
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

/** Rounds seconds to milliseconds, since interpolated times have many decimal places. */
const roundToMs = (value: number) => Math.round(value * 1000) / 1000;

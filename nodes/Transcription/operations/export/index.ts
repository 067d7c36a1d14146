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
import type { Operation } from '../operation';
import { toOutputTranscript } from '../../shared/jobOutput';
import { fetchJob, openSession, type Session } from '../../shared/session';
import { transcriptIdField } from '../../shared/fields';

export const exportTranscript: Operation = {
	resource: 'transcript',
	option: {
		name: 'Export',
		value: 'export',
		action: 'Export a transcript',
		description: 'Make subtitles and documents of a transcript, an item of each part, or find words in it',
	},
	fields: [
		{
			displayName: 'From',
			name: 'from',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Binary File', value: 'binary', description: 'A JSON file that this package made' },
				{ name: 'ID', value: 'id', description: 'Fetch the transcript from the service' },
				{ name: 'Item', value: 'item', description: 'What Get and the trigger put out with Output: Words or Utterances' },
			],
			default: 'item',
			description: 'Where the transcript is',
		},
		{ ...transcriptIdField, displayOptions: { show: { from: ['id'] } } },
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'json',
			required: true,
			hint: 'The name of the input field with the JSON file',
			displayOptions: { show: { from: ['binary'] } },
		},
		{
			displayName: 'Export As',
			name: 'exportAs',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Files', value: 'files', description: 'Subtitles and documents in binary fields' },
				{ name: 'Items', value: 'items', description: 'One item for each utterance, sentence, paragraph or cue' },
				{ name: 'Word Search', value: 'search', description: 'One item for each place where certain words are said' },
			],
			default: 'files',
			description: 'What to make of it',
		},
		{ ...filesField, default: ['srt', 'txt'], required: true, displayOptions: { show: { exportAs: ['files'] } } },
		{
			displayName: 'One Item Per',
			name: 'itemPer',
			type: 'options',
			options: [
				{ name: 'Cue', value: 'cue', description: 'One subtitle' },
				{ name: 'Paragraph', value: 'paragraph', description: 'A few sentences of one speaker' },
				{ name: 'Sentence', value: 'sentence', description: 'One sentence' },
				{ name: 'Utterance', value: 'utterance', description: 'What one speaker says in one go' },
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
			description: 'What to look for, separated by commas. Case, accents and punctuation do not matter; only whole words count.',
		},
		exportOptionsField,
	],
	credentialFreeWhen: { from: ['item', 'binary'] },
	execute,
};

async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	let session: Session | undefined;
	return await forEachItem(context, async (itemIndex) => {
		// Before anything is fetched.
		const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const settings = readFileSettings(options);
		const includeText = readBoolean(options.includeText, 'Include Text in Item');
		const give = planOutput(context, itemIndex, settings, { fileName: readText(options.fileName), includeText });
		const transcript =
			context.getNodeParameter('from', itemIndex) === 'id'
				? await fetchTranscript(context, itemIndex, (session ??= await openSession(context, provider)))
				: await readGiven(context, itemIndex);
		return (await give(transcript)).map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
	});
}

/** What to make of a transcript, as Give and its fields say. @throws InputError */
function planOutput(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: FileSettings,
	options: { fileName: string | undefined; includeText: boolean },
): (transcript: Transcript) => Promise<INodeExecutionData[]> {
	const give = context.getNodeParameter('exportAs', itemIndex) as string;
	if (give === 'items') {
		const per = context.getNodeParameter('itemPer', itemIndex) as string;
		return async (transcript) => toSegmentItems(new ExportContext(transcript, settings), per);
	}
	if (give === 'search') {
		const terms = readTerms(context.getNodeParameter('terms', itemIndex));
		if (terms.length === 0) throw userError('“Words or Phrases” is empty', 'Enter what to look for, separated by commas.');
		return async (transcript) => toSearchItems(new ExportContext(transcript, settings), terms);
	}
	const formats = readTerms(context.getNodeParameter('files', itemIndex));
	if (formats.length === 0) throw userError('No file is chosen', 'Choose at least one under “Files”.');
	return async (transcript) => {
		const files = renderFiles(transcript, formats, settings);
		const texts = Object.fromEntries(files.map(({ format, content }) => [format, content]));
		return [
			{
				json: { ...(atLevel(transcript, 'simplified') as unknown as IDataObject), ...(options.includeText && { files: texts }) },
				binary: await toBinaryData(context, files, options.fileName ?? transcript.id),
			},
		];
	};
}

async function fetchTranscript(context: IExecuteFunctions, itemIndex: number, session: Session): Promise<Transcript> {
	const id = String(context.getNodeParameter('transcriptId', itemIndex) ?? '').trim();
	const job = await fetchJob(session, id);
	const { status, errorMessage } = job.transcript;
	if (status === 'completed') return toOutputTranscript(job, 'words', session);
	throw userError(
		status === 'failed' ? `The job ${id} failed, so there is no transcript` : `The transcript ${id} is not finished yet: ${status}`,
		status === 'failed' ? (errorMessage ?? 'The service gave no reason.') : 'Export it when the trigger has received it.',
	);
}

async function readGiven(context: IExecuteFunctions, itemIndex: number): Promise<Transcript> {
	const item = context.getInputData()[itemIndex] as INodeExecutionData;
	if (context.getNodeParameter('from', itemIndex) === 'item') return readTranscript(item.json, `Item ${itemIndex}`);
	const field = String(context.getNodeParameter('binaryPropertyName', itemIndex) ?? '').trim();
	const binaries = item.binary ?? {};
	const binary = Object.hasOwn(binaries, field) ? binaries[field] : undefined;
	if (!binary) {
		const others = Object.keys(binaries);
		throw userError(
			`Item ${itemIndex} has no file in the binary field “${field}”`,
			others.length > 0 ? `Set “Input Binary Field” to one the item has: ${others.join(', ')}.` : 'The item has no binary field at all. Choose From: Item or ID, or load the JSON file before this node.',
		);
	}
	const where = `The file “${binary.fileName ?? field}” in item ${itemIndex}`;
	const content = (await context.helpers.getBinaryDataBuffer(itemIndex, field)).toString('utf8').replace(/^\ufeff/, '');
	return readTranscript(parseFile(content, where), where);
}

function parseFile(content: string, where: string): unknown {
	try {
		return JSON.parse(content);
	} catch (error) {
		throw userError(`${where} is not JSON`, `Choose the JSON file that Get, the trigger or Export made. ${(error as Error).message}`);
	}
}

/** @throws NoTimesError for cues of a transcript without times */
function toSegmentItems(material: ExportContext, per: string): INodeExecutionData[] {
	return segments(material, per).map((segment, index) => ({ json: toSegmentJson(material, segment, index) }));
}

function segments(material: ExportContext, per: string): Segment[] {
	switch (per) {
		case 'cue':
			return material.cueSegments();
		case 'paragraph':
			return paragraphsIn(material.spoken);
		case 'sentence':
			return sentencesIn(material.spoken);
		case 'utterance':
			return utterancesIn(material.spoken);
		default:
			throw userError(`“One Item Per” is “${per}”`, 'Choose cue, paragraph, sentence or utterance.');
	}
}

function toSearchItems(material: ExportContext, terms: readonly string[]): INodeExecutionData[] {
	return search(material.spoken, terms).map((hit, index) => ({ json: toSegmentJson(material, hit, index) }));
}

/** A part of a transcript as JSON of an item, with the speaker's real name where one was given. */
function toSegmentJson(material: ExportContext, segment: Segment, index: number): IDataObject {
	const { text, start, end, speaker, channel, ...more } = segment;
	const isNamed = material.settings.includeSpeakers ?? true;
	const name = isNamed && (speaker ?? channel) !== undefined ? material.name({ speaker, channel }) : undefined;
	return {
		text,
		...(start !== undefined && { start: rounded(start) }),
		...(end !== undefined && { end: rounded(end) }),
		...(name !== undefined && { speaker: name }),
		...(channel !== undefined && { channel }),
		...more,
		index,
		transcriptId: material.transcript.id,
	};
}

/** To milliseconds: shares of a time have no end of decimals. */
const rounded = (value: number) => Math.round(value * 1000) / 1000;

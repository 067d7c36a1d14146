import { z } from 'zod';
import { missingPartsWarning, missingTextWarning, warningList } from '../../transcript/completeness';
import {
	type Entity,
	eventIdOf,
	makeWord,
	type RawWord,
	type Transcript,
	type Word,
	withoutAbsent,
} from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import { utterancesOf } from '../../transcript/utterances';
import { withMarks } from '../../transcript/marks';
import { clamped, withTimes } from '../../transcript/wordTimes';
import { idText, lazySchema, lenient, lenientList } from '../common/schemas';
import { asNumber, asText, isFields, longList } from '../common/wordReader';

/*
 * Converts ElevenLabs' transcript to ours. It has no status: a transcript that exists is complete.
 *
 * Source: ElevenLabs OpenAPI (August 2026), `SpeechToTextChunkResponseModel`, `MultichannelSpeechToTextResponseModel`,
 * `SpeechToTextWordResponseModel`, `DetectedEntity`. Times are in seconds.
 */

/** A word from the service. No word has times if timestamps are off. */
interface ProviderWord {
	text: string;
	start?: number;
	end?: number;
	type?: string;
	speaker?: string;
	logprob?: number;
	channel?: number;
}

function readWord(entry: unknown): ProviderWord | undefined {
	if (!isFields(entry) || typeof entry.text !== 'string') return undefined;
	return {
		text: entry.text,
		start: asNumber(entry.start),
		end: asNumber(entry.end),
		type: asText(entry.type),
		speaker: asText(entry.speaker_id),
		logprob: asNumber(entry.logprob),
		channel: asNumber(entry.channel_index),
	};
}

const entitySchema = () =>
	z.object({
		text: z.string(),
		entity_type: z.string(),
		start_char: lenient(z.number().int()),
		end_char: lenient(z.number().int()),
	});

const formatSchema = () =>
	z.object({
		requested_format: z.string(),
		file_extension: lenient(z.string()),
		content_type: lenient(z.string()),
		is_base64_encoded: lenient(z.boolean()),
		content: z.string(),
	});

/** Source: ElevenLabs JavaScript SDK 2.73.0, `SpeechToTextChunkResponseModelEditedTranscript`. */
const editSchema = () =>
	z.object({
		kind: lenient(z.string()),
		edited_text: lenient(z.string()),
		message: lenient(z.string()),
		error_type: lenient(z.string()),
	});

const chunkSchema = () =>
	z.object({
		language_code: lenient(z.string()),
		language_probability: lenient(z.number()),
		text: z.string(),
		words: longList(readWord),
		channel_index: lenient(z.number()),
		entities: lenientList(entitySchema()),
		edited_transcript: lenient(editSchema()),
		transcription_id: lenient(idText),
		audio_duration_secs: lenient(z.number()),
	});

const multichannelSchema = () =>
	z.object({
		transcripts: z.array(chunkSchema()),
		transcription_id: lenient(idText),
		audio_duration_secs: lenient(z.number()),
	});

/** One transcript, or one per channel of the recording. */
export const transcriptSchema = lazySchema(() => z.union([multichannelSchema(), chunkSchema()]));

export type ProviderTranscript = z.infer<typeof transcriptSchema>;
export type ProviderFile = z.infer<ReturnType<typeof formatSchema>>;
type Chunk = z.infer<ReturnType<typeof chunkSchema>>;

function chunksOf(response: ProviderTranscript): Chunk[] {
	return 'transcripts' in response ? response.transcripts : [response];
}

/** Whether there is a transcript, which is empty if there is no speech. */
export function hasContent(response: ProviderTranscript): boolean {
	return chunksOf(response).length > 0;
}

const withFiles = lazySchema(() => z.object({ additional_formats: lenientList(formatSchema()) }));

/** Returns the files requested with the job. With several channels, each channel may have its own. */
export function filesIn(raw: unknown): ProviderFile[] {
	const chunks = isFields(raw) && Array.isArray(raw.transcripts) ? (raw.transcripts as unknown[]) : [raw];
	return chunks.flatMap((chunk) => withFiles.safeParse(chunk).data?.additional_formats ?? []);
}

/** @param id of the requested or announced job */
export function toTranscript(provider: string, id: string, response: ProviderTranscript, raw: unknown): Transcript {
	const chunks = chunksOf(response);
	const durationSeconds = response.audio_duration_secs ?? chunks[0]?.audio_duration_secs;
	const spoken = chunks.map((chunk) => withMarks(wordsOf(chunk)));
	// If any channel has words, files are created from words, so the text of a channel without words would be missing.
	const isWordless = chunks.map(
		({ text }, index) => isTimed(spoken) && spoken[index]?.length === 0 && text.trim() !== '',
	);
	const gaps = chunks.map(({ text }, index) =>
		isWordless[index] ? missingPartsWarning([text]) : missingTextWarning(text, spoken[index] ?? []),
	);
	// Preserves the order within each channel.
	const words = withTimes(isTimed(spoken) ? spoken.flat() : [], { end: durationSeconds });
	const utterances = utterancesOf(words);
	const entities = chunks.some((chunk) => chunk.entities) ? chunks.flatMap(entitiesOf) : undefined;
	// Concatenating the texts of the channels would break up the conversation.
	const lines =
		chunks.length > 1 && utterances ? [...utterances, ...chunks.filter((_, index) => isWordless[index])] : chunks;
	const edit = editOf(chunks);
	return withoutAbsent<Transcript>({
		status: 'completed',
		text: lines.map(({ text }) => text).join('\n'),
		...edit,
		warnings: warningList(...(edit.warnings ?? []), ...gaps),
		speakers: speakersOf(words),
		language: chunks[0]?.language_code,
		languageConfidence: chunks[0]?.language_probability,
		durationSeconds,
		provider,
		id,
		eventId: eventIdOf(provider, id, 'completed'),
		utterances,
		entities,
		words: words.length > 0 ? words : undefined,
		raw,
	});
}

function wordsOf({ words = [], channel_index: chunkChannel }: Chunk): RawWord[] {
	return words.map(({ text, start, end, type, speaker, logprob, channel = chunkChannel }) =>
		makeWord({
			text,
			start,
			end,
			confidence: logprob === undefined ? undefined : confidenceOf(logprob),
			speaker,
			channel: channel === undefined ? undefined : String(channel),
			kind: kindOf(type, text),
		}),
	);
}

/** Whether timestamps are on. Without them, estimated times would be made up. */
function isTimed(channels: readonly RawWord[][]): boolean {
	return channels.some((words) => words.some(({ start, end }) => start !== undefined || end !== undefined));
}

function kindOf(type: string | undefined, text: string): Word['kind'] {
	return type === 'spacing' || text.trim() === '' ? 'spacing' : type === 'audio_event' ? 'audioEvent' : 'word';
}

/**
 * Returns the result of the instructions in the Transcript Edit option. The service can't combine them with several
 * channels.
 */
function editOf(chunks: readonly Chunk[]): Pick<Transcript, 'editedText' | 'warnings'> {
	const edits = chunks.flatMap(({ edited_transcript }) => edited_transcript ?? []);
	const texts = edits.flatMap(({ edited_text }) => edited_text ?? []);
	const failed = edits.filter(({ edited_text }) => edited_text === undefined);
	const warnings = failed.map(({ message, error_type }) => {
		const reason = message ?? error_type;
		return `ElevenLabs couldn’t edit the transcript${reason === undefined ? '.' : `: ${reason}`}`;
	});
	return {
		...(texts.length > 0 && { editedText: texts.join('\n') }),
		...(warnings.length > 0 && { warnings }),
	};
}

/** Reads the entities. They refer to character positions in the text, which are mapped to words to get their times. */
function entitiesOf({ text, words = [], entities = [] }: Chunk): Entity[] {
	const wordAt = entities.length > 0 ? wordsByCharacter(words, text) : () => undefined;
	return entities.map((entity) => {
		const { start_char: from, end_char: to, entity_type: type } = entity;
		const isThere = from !== undefined && to !== undefined && text.slice(from, to) === entity.text && to > from;
		const times = isThere ? clamped({ start: wordAt(from)?.start, end: wordAt(to - 1)?.end }) : {};
		return withoutAbsent<Entity>({ type, text: entity.text, ...times });
	});
}

/**
 * @returns a function that returns the word at a character position in the text, or undefined if the words don't add up
 * to the text
 */
function wordsByCharacter(
	words: readonly ProviderWord[],
	text: string,
): (character: number) => ProviderWord | undefined {
	const ends: number[] = [];
	let length = 0;
	for (const word of words) ends.push((length += word.text.length));
	if (words.map((word) => word.text).join('') !== text) return () => undefined;
	return (character) => {
		let [low, high] = [0, character < 0 ? 0 : words.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((ends[middle] ?? 0) > character) high = middle;
			else low = middle + 1;
		}
		return character < 0 ? undefined : words[low];
	};
}

/** Converts a log probability to a confidence. Four decimal places exceed its actual precision. */
function confidenceOf(logprob: number): number {
	return Math.round(Math.min(1, Math.exp(logprob)) * 10_000) / 10_000;
}

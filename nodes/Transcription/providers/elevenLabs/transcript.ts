import { z } from 'zod';
import { type Entity, eventIdOf, makeWord, type Transcript, type Word, withoutAbsent } from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import { utterancesOf } from '../../transcript/utterances';
import { idText, lazySchema, lenient, lenientList } from '../common/schemas';
import { asNumber, asText, isFields, longList } from '../common/wordReader';

/**
 * ElevenLabs' transcript and how it becomes ours. There is no status: what is there is complete.
 *
 * Source: ElevenLabs OpenAPI (August 2026), `SpeechToTextChunkResponseModel`, `MultichannelSpeechToTextResponseModel`,
 * `SpeechToTextWordResponseModel`, `DetectedEntity`. Times are seconds.
 */

/** A word as the service gives it: without timestamps it has no times, and then doesn't become one of ours. */
interface Given {
	text: string;
	start?: number;
	end?: number;
	type?: string;
	speaker?: string;
	logprob?: number;
	channel?: number;
}

function givenWord(entry: unknown): Given | undefined {
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

const entitySchema = () => z.object({
	text: z.string(),
	entity_type: z.string(),
	start_char: lenient(z.number().int()),
	end_char: lenient(z.number().int()),
});

const formatSchema = () => z.object({
	requested_format: z.string(),
	file_extension: lenient(z.string()),
	content_type: lenient(z.string()),
	is_base64_encoded: lenient(z.boolean()),
	content: z.string(),
});

const chunkSchema = () => z.object({
	language_code: lenient(z.string()),
	language_probability: lenient(z.number()),
	text: z.string(),
	words: longList(givenWord),
	channel_index: lenient(z.number()),
	entities: lenientList(entitySchema()),
	transcription_id: lenient(idText),
	audio_duration_secs: lenient(z.number()),
});

const multichannelSchema = () => z.object({
	transcripts: z.array(chunkSchema()),
	transcription_id: lenient(idText),
	audio_duration_secs: lenient(z.number()),
});

/** One transcript, or one for each channel of the recording. */
export const transcriptSchema = lazySchema(() => z.union([multichannelSchema(), chunkSchema()]));

export type ProviderTranscript = z.infer<typeof transcriptSchema>;
export type ProviderFile = z.infer<ReturnType<typeof formatSchema>>;
type Chunk = z.infer<ReturnType<typeof chunkSchema>>;

function chunksOf(given: ProviderTranscript): Chunk[] {
	return 'transcripts' in given ? given.transcripts : [given];
}

const withFiles = lazySchema(() => z.object({ additional_formats: lenientList(formatSchema()) }));

/** The files that were asked for with the job; with several channels each channel may have its own. */
export function filesIn(raw: unknown): ProviderFile[] {
	const chunks = isFields(raw) && Array.isArray(raw.transcripts) ? (raw.transcripts as unknown[]) : [raw];
	return chunks.flatMap((chunk) => withFiles.safeParse(chunk).data?.additional_formats ?? []);
}

/** @param id of the job, under which it was asked for or announced */
export function toTranscript(provider: string, id: string, given: ProviderTranscript, raw: unknown): Transcript {
	const chunks = chunksOf(given);
	const words = inOrderOfTime(chunks.map(wordsOf));
	const utterances = utterancesOf(words);
	const entities = chunks.some((chunk) => chunk.entities) ? chunks.flatMap(entitiesOf) : undefined;
	// The channels' texts one after the other would tear a conversation apart.
	const lines = chunks.length > 1 && utterances ? utterances : chunks;
	return withoutAbsent<Transcript>({
		status: 'completed',
		text: lines.map(({ text }) => text).join('\n'),
		speakers: speakersOf(words),
		language: chunks[0]?.language_code,
		languageConfidence: chunks[0]?.language_probability,
		durationSeconds: given.audio_duration_secs ?? chunks[0]?.audio_duration_secs,
		provider,
		id,
		eventId: eventIdOf(provider, id, 'completed'),
		utterances,
		entities,
		words: words.length > 0 ? words : undefined,
		raw,
	});
}

/** The words that carry times; without timestamps there are none. */
function wordsOf({ words = [], channel_index: ofChunk }: Chunk): Word[] {
	const timed: Word[] = [];
	for (const { text, start, end, type, speaker, logprob, channel = ofChunk } of words) {
		if (start === undefined || end === undefined) continue;
		timed.push(
			makeWord({
				text,
				start,
				end,
				confidence: logprob === undefined ? undefined : confidenceOf(logprob),
				speaker,
				channel: channel === undefined ? undefined : String(channel),
				kind: kindOf(type),
			}),
		);
	}
	return timed;
}

function kindOf(type: string | undefined): Word['kind'] {
	return type === 'spacing' ? 'spacing' : type === 'audio_event' ? 'audioEvent' : 'word';
}

/** They name characters of the text, of which the words are made, so that the words know when they were said. */
function entitiesOf({ text, words = [], entities = [] }: Chunk): Entity[] {
	const wordAt = entities.length > 0 ? wordsByCharacter(words, text) : () => undefined;
	return entities.map((entity) => {
		const { start_char: from, end_char: to, entity_type: type } = entity;
		const isThere = from !== undefined && to !== undefined && text.slice(from, to) === entity.text && to > from;
		const times = isThere ? { start: wordAt(from)?.start, end: wordAt(to - 1)?.end } : {};
		return withoutAbsent<Entity>({ type, text: entity.text, ...times });
	});
}

/** @returns the word that a character of the text belongs to; none where the words don't make up the text */
function wordsByCharacter(words: readonly Given[], text: string): (character: number) => Given | undefined {
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

/** From the logarithm of a probability; four digits are more than it means. */
function confidenceOf(logprob: number): number {
	return Math.round(Math.min(1, Math.exp(logprob)) * 10_000) / 10_000;
}

/** The channels' words as one list. What came in one list stays as it came. */
function inOrderOfTime(channels: readonly Word[][]): Word[] {
	return channels.length > 1 ? channels.flat().sort((a, b) => a.start - b.start) : channels.flat();
}

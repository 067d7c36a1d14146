import { z } from 'zod';
import { type Entity, eventIdOf, type Transcript, type Word, withoutAbsent } from '../../transcript/model';
import { utterancesOf } from '../../transcript/utterances';
import { lazily } from '../lazily';
import { idText, lenient, lenientList } from '../lenient';

/**
 * ElevenLabs' transcript and how it becomes ours. There is no status: what is there is complete.
 *
 * Source: ElevenLabs OpenAPI (August 2026), `SpeechToTextChunkResponseModel`, `MultichannelSpeechToTextResponseModel`,
 * `SpeechToTextWordResponseModel`, `DetectedEntity`. Times are seconds.
 */

const wordSchema = () => z.object({
	text: z.string(),
	start: lenient(z.number()),
	end: lenient(z.number()),
	type: lenient(z.string()),
	speaker_id: lenient(z.string()),
	logprob: lenient(z.number()),
	channel_index: lenient(z.number()),
});

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
	words: lenientList(wordSchema()),
	channel_index: lenient(z.number()),
	entities: lenientList(entitySchema()),
	additional_formats: lenientList(formatSchema()),
	transcription_id: lenient(idText),
	audio_duration_secs: lenient(z.number()),
});

const multichannelSchema = () => z.object({
	transcripts: z.array(chunkSchema()),
	transcription_id: lenient(idText),
	audio_duration_secs: lenient(z.number()),
});

/** One transcript, or one for each channel of the recording. */
export const transcriptSchema = lazily(() => z.union([multichannelSchema(), chunkSchema()]));

export type ProviderTranscript = z.infer<typeof transcriptSchema>;
export type ProviderFile = z.infer<ReturnType<typeof formatSchema>>;
type Chunk = z.infer<ReturnType<typeof chunkSchema>>;

function chunksOf(given: ProviderTranscript): Chunk[] {
	return 'transcripts' in given ? given.transcripts : [given];
}

/** The files that were asked for with the job; with several channels each channel may have its own. */
export function filesOf(given: ProviderTranscript): ProviderFile[] {
	return chunksOf(given).flatMap((chunk) => chunk.additional_formats ?? []);
}

/** @param id of the job, under which it was asked for or announced */
export function toTranscript(provider: string, id: string, given: ProviderTranscript, raw: unknown): Transcript {
	const chunks = chunksOf(given);
	const words = inOrderOfTime(chunks.map(wordsOf));
	const speakers = new Set(words.flatMap(({ speaker }) => speaker ?? []));
	const utterances = utterancesOf(words);
	const entities = chunks.some((chunk) => chunk.entities) ? chunks.flatMap(entitiesOf) : undefined;
	// The channels' texts one after the other would tear a conversation apart.
	const lines = chunks.length > 1 && utterances ? utterances : chunks;
	return withoutAbsent<Transcript>({
		status: 'completed',
		text: lines.map(({ text }) => text).join('\n'),
		speakers: speakers.size > 0 ? [...speakers] : undefined,
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

const KINDS = new Map<string, Word['kind']>([
	['spacing', 'spacing'],
	['audio_event', 'audioEvent'],
]);

/** The words that carry times; without timestamps there are none. */
function wordsOf({ words = [], channel_index: ofChunk }: Chunk): Word[] {
	return words.flatMap(({ text, start, end, type = 'word', speaker_id: speaker, logprob, channel_index = ofChunk }) => {
		if (start === undefined || end === undefined) return [];
		const channel = channel_index === undefined ? undefined : String(channel_index);
		const confidence = logprob === undefined ? undefined : confidenceOf(logprob);
		return withoutAbsent<Word>({ text, start, end, confidence, speaker, channel, kind: KINDS.get(type) ?? 'word' });
	});
}

/** They name characters of the text, of which the words are made, so that the words know when they were said. */
function entitiesOf({ text, words = [], entities = [] }: Chunk): Entity[] {
	const wordAt = entities.length > 0 ? words.flatMap((word) => Array<typeof word>(word.text.length).fill(word)) : [];
	const isMadeOfWords = words.map((word) => word.text).join('') === text;
	return entities.map((entity) => {
		const { start_char: from, end_char: to, entity_type: type } = entity;
		const isThere = isMadeOfWords && from !== undefined && to !== undefined && text.slice(from, to) === entity.text && to > from;
		const times = isThere ? { start: wordAt[from]?.start, end: wordAt[to - 1]?.end } : {};
		return withoutAbsent<Entity>({ type, text: entity.text, ...times });
	});
}

/** From the logarithm of a probability; four digits are more than it means. */
function confidenceOf(logprob: number): number {
	return Math.round(Math.min(1, Math.exp(logprob)) * 10_000) / 10_000;
}

/** The channels' words as one list. What came in one list stays as it came. */
function inOrderOfTime(channels: readonly Word[][]): Word[] {
	return channels.length > 1 ? channels.flat().sort((a, b) => a.start - b.start) : channels.flat();
}

import { z } from 'zod';
import { ESTIMATED_TIMES, warningList } from '../../transcript/completeness';
import { withGaps } from '../../transcript/gaps';
import { joinWords } from '../../transcript/join';
import { eventIdOf, makeWord, type RawWord, type Transcript, type Word, withoutAbsent } from '../../transcript/model';
import { recordingNameOf } from '../../transcript/recordingName';
import { speakersOf } from '../../transcript/speakers';
import { byStart, utterancesOf } from '../../transcript/utterances';
import { withTimes } from '../../transcript/wordTimes';
import { lazySchema, lenient, lenientList } from '../common/schemas';
import { asLabel, asNumber, asText, isFields, readList, requiredLongList } from '../common/wordReader';
import { NAME } from './constants';
import { type Job, reasonOf, toStatus, warningsOf } from './jobDetails';

/*
 * Reads Rev AI's transcript. Times are in seconds. Source: Rev AI docs, “Asynchronous API reference”,
 * `GET /jobs/{id}/transcript`; Rev AI's Node SDK 3.8.5, `RevAiApiTranscript`, `Element`.
 */

/** A word, or the text between words. */
interface Element {
	type: string;
	value: string;
	start?: number | undefined;
	end?: number | undefined;
	confidence?: number | undefined;
}

interface Monologue {
	speaker: string | undefined;
	/** The name of the speaker, if the job or the service knows it. */
	speakerName: string | undefined;
	elements: Element[];
}

/** The old specification calls the end `ts_end`. */
function readElement(entry: unknown): Element | undefined {
	if (!isFields(entry)) return undefined;
	const { type, value, ts, end_ts: end, ts_end: oldEnd, confidence } = entry;
	if (typeof value !== 'string' || value === '') return undefined;
	return {
		type: asText(type) ?? 'text',
		value,
		start: asNumber(ts),
		end: asNumber(end) ?? asNumber(oldEnd),
		confidence: asNumber(confidence),
	};
}

function readMonologue(entry: unknown): Monologue | undefined {
	if (!isFields(entry)) return undefined;
	const { speaker, speaker_info: info, elements } = entry;
	const name = isFields(info) ? asText(info.display_name)?.trim() : undefined;
	return {
		speaker: asLabel(speaker),
		speakerName: name === '' ? undefined : name,
		elements: readList(elements, readElement) ?? [],
	};
}

/** A recording without speech has an empty list, so a response without one isn't a transcript. */
export const transcriptSchema = lazySchema(() => z.object({ monologues: requiredLongList(readMonologue) }));
export type ProviderTranscript = z.output<typeof transcriptSchema>;

/** Source: Rev AI's Node SDK 3.8.5, `Summary`. */
export const summarySchema = lazySchema(() =>
	z.object({ summary: lenient(z.string()), bullet_points: lenientList(z.string()) }),
);

/** Returns the text of a summary, or undefined if there is none. */
export function summaryText({ summary, bullet_points: points }: z.output<typeof summarySchema>): string | undefined {
	return summary || points?.join('\n') || undefined;
}

/** The responses for a completed job. */
interface Responses {
	response?: ProviderTranscript;
	summary?: string | undefined;
	translations?: ReadonlyArray<readonly [language: string, response: ProviderTranscript]>;
	/** About responses that are missing. */
	warnings?: readonly string[];
}

/** A word with the text between it and the previous one. */
interface Piece<W = Word> {
	word: W;
	/** Undefined if the service returned no text between them. */
	gap: string | undefined;
}

/** @param responses empty if the job is in progress or failed */
export function toTranscript(job: Job, responses: Responses, raw: unknown): Transcript {
	const { response, summary, translations = [], warnings = [] } = responses;
	const status = toStatus(job.status);
	const durationSeconds = job.duration_seconds;
	const rawPieces = response && toPieces(response.monologues, job);
	const isTimed = rawPieces?.some(({ word: { start, end } }) => start !== undefined || end !== undefined);
	const pieces = rawPieces && timed(rawPieces, durationSeconds);
	const inServiceOrder = pieces?.map(({ word }) => word);
	const words = inServiceOrder && [...byStart(inServiceOrder)];
	return withoutAbsent<Transcript>({
		status,
		text: pieces && textOf(pieces),
		summary,
		warnings:
			status === 'completed' && response
				? warningList(
						...warningsOf(job),
						...warnings,
						words && words.length > 0 && !isTimed ? ESTIMATED_TIMES : undefined,
					)
				: undefined,
		errorMessage: status === 'failed' ? reasonOf(job) : undefined,
		speakers: words && speakersOf(words),
		language: job.language,
		durationSeconds,
		recordingName: recordingNameOf(job.name, job.media_url),
		model: job.transcriber,
		translations:
			translations.length > 0
				? Object.fromEntries(translations.map(([code, translated]) => [code, plain(translated)]))
				: undefined,
		provider: NAME,
		id: job.id,
		eventId: eventIdOf(NAME, job.id, status),
		createdAt: job.created_on,
		completedAt: job.completed_on,
		utterances: pieces && inServiceOrder && utterancesOf(withServiceGaps(pieces, inServiceOrder)),
		words,
		raw,
	});
}

/** Sounds such as `<laugh>` and `<inaudible>`. Source: Rev AI docs, “Asynchronous API reference”, `remove_atmospherics`. */
const SOUND = /^<[^<>]+>$/;

/**
 * Joins words with their punctuation. Between words, the service returns punctuation and spaces as elements without
 * times. Punctuation before a space belongs to the previous word, and after it, to the next one.
 */
function toPieces(monologues: readonly Monologue[], job: Job): Array<Piece<RawWord>> {
	const isByChannel = (job.speaker_channels_count ?? 0) > 0;
	const labelOf = labelByName(monologues);
	const pieces: Array<Piece<RawWord>> = [];
	for (const monologue of monologues) {
		const { speaker, elements } = monologue;
		const voice = isByChannel
			? { channel: speaker }
			: // Without diarization, all words have the speaker 0.
				{ speaker: job.skip_diarization ? undefined : labelOf(monologue) };
		let last: RawWord | undefined;
		let gap = '';
		let before = '';
		for (const { type, value, start, end, confidence } of elements) {
			if (type === 'punct') {
				for (const part of value.match(/\s+|\S+/g) ?? []) {
					if (part.trim() !== '') {
						if (last && gap === '') last.text += part;
						else before += part;
					} else if (before === '') {
						gap += part;
					} else if (last) {
						// Punctuation between two spaces, such as a dash.
						last.text += gap + before;
						gap = part;
						before = '';
					} else {
						before += part;
					}
				}
				continue;
			}
			const kind = SOUND.test(value.trim()) ? 'audioEvent' : 'word';
			const word = makeWord({ text: before + value, start, end, confidence, ...voice, kind });
			pieces.push({ word, gap: last ? gap : undefined });
			last = word;
			gap = '';
			before = '';
		}
		// There is no next word for this punctuation to attach to.
		if (before !== '' && last) last.text += gap + before;
		else if (before !== '') pieces.push({ word: makeWord({ text: before, ...voice, kind: 'word' }), gap: undefined });
	}
	return pieces;
}

/** Labels speakers by their names, with their numbers if several speakers have the same name. */
function labelByName(monologues: readonly Monologue[]): (monologue: Monologue) => string | undefined {
	const numbersByName = new Map<string, Set<string | undefined>>();
	for (const { speaker, speakerName } of monologues) {
		if (speakerName === undefined) continue;
		numbersByName.set(speakerName, (numbersByName.get(speakerName) ?? new Set()).add(speaker));
	}
	return ({ speaker, speakerName }) => {
		if (speakerName === undefined) return speaker;
		const isAmbiguous = speaker !== undefined && (numbersByName.get(speakerName)?.size ?? 0) > 1;
		return isAmbiguous ? `${speakerName} (${speaker})` : speakerName;
	};
}

function timed(pieces: Array<Piece<RawWord>>, end: number | undefined): Piece[] {
	withTimes(
		pieces.map(({ word }) => word),
		{ end },
	);
	return pieces as Piece[];
}

/** Whether the service returned the text between words, which it doesn't with `skip_punctuation`. */
function hasGaps(pieces: readonly Piece<unknown>[]): boolean {
	return pieces.some(({ gap }) => gap);
}

function withServiceGaps(pieces: readonly Piece[], words: readonly Word[]): readonly Word[] {
	return hasGaps(pieces) ? withGaps(words, (index) => pieces[index]?.gap ?? ' ') : words;
}

function textOf(pieces: ReadonlyArray<Piece<Pick<RawWord, 'text' | 'kind'>>>): string {
	if (!hasGaps(pieces)) return joinWords(pieces.map(({ word }) => word));
	return pieces.map(({ word, gap }, index) => (index === 0 ? '' : (gap ?? ' ')) + word.text).join('');
}

/** Returns the text of a translation. */
function plain({ monologues }: ProviderTranscript): string {
	return textOf(toPieces(monologues, {} as Job));
}

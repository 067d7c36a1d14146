import { z } from 'zod';

const word = z.object({
	text: z.string(),
	/** Seconds from the beginning of the recording. */
	start: z.number(),
	end: z.number(),
	/** 1 for the first speaker, 2 for the second, and so on. */
	speaker: z.number().int(),
	/** 1 is the left or only channel. */
	channel: z.number().int(),
});

const utterance = z.object({
	speaker: z.number().int(),
	channel: z.number().int(),
	start: z.number(),
	end: z.number(),
	text: z.string(),
	/** Indexes of the first and last words in `words`. */
	firstWord: z.number().int(),
	lastWord: z.number().int(),
});

const entity = z.object({
	/** The type, as most services call it, e.g. `person_name`, `phone_number`, or `organization`. */
	type: z.string(),
	text: z.string(),
	firstWord: z.number().int(),
	lastWord: z.number().int(),
});

/** The JSON file that describes a recording in `samples/`, including its actual transcript. Times are in seconds. */
export const sampleSchema = z.object({
	file: z.string(),
	sha256: z.string(),
	title: z.string(),
	/** ISO 639-1. */
	language: z.string(),
	durationSeconds: z.number(),
	channels: z.number().int(),
	text: z.string(),
	utterances: z.array(utterance),
	words: z.array(word),
	entities: z.array(entity),
});

export type Sample = z.infer<typeof sampleSchema>;
export type SpokenWord = z.infer<typeof word>;
export type SpokenUtterance = z.infer<typeof utterance>;
export type SpokenEntity = z.infer<typeof entity>;

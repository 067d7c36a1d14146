import { type Transcript, withoutAbsent } from './model';

/**
 * How much of a transcript goes into an item. Each word costs some 90 bytes of JSON and is copied at every node,
 * so that the default carries the text and no timed words.
 */
export const OUTPUT_LEVELS = ['simplified', 'utterances', 'words', 'raw'] as const;
export type OutputLevel = (typeof OUTPUT_LEVELS)[number];

/**
 * The transcript at the chosen level.
 *
 * - `simplified`: text, speakers, chapters and everything that is one value
 * - `utterances`: plus who said what when, and what the provider found in it: entities, sentiments, topics, sounds
 * - `words`: plus every word with its times
 * - `raw`: simplified plus the provider's own answer
 */
export function atLevel(transcript: Transcript, level: OutputLevel): Transcript {
	const { utterances, entities, sentiments, topics, audioEvents, words, raw, ...simplified } = transcript;
	const timed = { ...simplified, utterances, entities, sentiments, topics, audioEvents };
	switch (level) {
		case 'simplified':
			return simplified;
		case 'utterances':
			return withoutAbsent(timed);
		case 'words':
			return withoutAbsent({ ...timed, words });
		case 'raw':
			return withoutAbsent({ ...simplified, raw });
	}
}

import { type Transcript, withoutAbsent } from './model';
import { textWithSpeakersOf } from './textWithSpeakers';

/**
 * How much of a transcript is in an item. Each word takes about 90 bytes of JSON and is copied at every node, so the
 * default contains the text but no timed words.
 */
export const OUTPUT_LEVELS = ['simplified', 'utterances', 'words', 'raw'] as const;
export type OutputLevel = (typeof OUTPUT_LEVELS)[number];

/**
 * Returns the transcript at the chosen level.
 *
 * - `simplified`: text, text with speakers, chapters, action items, warnings, and all scalar values
 * - `utterances`: also utterances with speakers and times, entities, sentiments, topics, and audio events
 * - `words`: also every word with its times
 * - `raw`: simplified, plus the provider's raw response
 */
export function atLevel(transcript: Transcript, level: OutputLevel): Transcript {
	const { utterances, entities, sentiments, topics, audioEvents, words, raw, status, text, ...otherFields } =
		transcript;
	const textWithSpeakers = otherFields.textWithSpeakers ?? textWithSpeakersOf(transcript);
	const simplified = withoutAbsent<Transcript>({
		status,
		text,
		...(textWithSpeakers !== undefined && { textWithSpeakers }),
		...otherFields,
	});
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

import type { Transcript } from './model';

/**
 * How much of a transcript goes into an item. Each word costs some 90 bytes of JSON and is copied at every node,
 * so that the default carries the text and no timed words.
 */
export const OUTPUT_LEVELS = ['simplified', 'utterances', 'words', 'raw'] as const;
export type OutputLevel = (typeof OUTPUT_LEVELS)[number];

/**
 * The transcript at the chosen level.
 *
 * - `simplified`: text, speakers and everything that is one value
 * - `utterances`: plus who said what when
 * - `words`: plus every word with its times
 * - `raw`: simplified plus the provider's own answer
 */
export function atLevel(transcript: Transcript, level: OutputLevel): Transcript {
	const { utterances, words, raw, ...simplified } = transcript;
	switch (level) {
		case 'simplified':
			return simplified;
		case 'utterances':
			return utterances ? { ...simplified, utterances } : simplified;
		case 'words':
			return { ...simplified, ...(utterances && { utterances }), ...(words && { words }) };
		case 'raw':
			return raw === undefined ? simplified : { ...simplified, raw };
	}
}

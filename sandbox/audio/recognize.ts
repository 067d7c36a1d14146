import { mediaFacts } from './duration';
import type { AudioIntake } from './intake';
import type { SampleLibrary } from './sampleLibrary';
import type { SpokenEntity, SpokenUtterance, SpokenWord } from './sample';

/** The speech in a recording. Each provider converts it to its own transcript format. Times are in seconds. */
export interface Recognition {
	/** Whether the recording is a sample. Otherwise, the text is a placeholder. */
	genuine: boolean;
	/** ISO 639-1. */
	language: string;
	durationSeconds: number;
	channels: number;
	words: SpokenWord[];
	utterances: SpokenUtterance[];
	entities: SpokenEntity[];
}

const PLACEHOLDER =
	'This is a placeholder from the sandbox and not a transcription. The sandbox knows only its own samples and did not listen to this recording.';

/** Returns the actual transcript of a sample. For other recordings, distributes placeholder words over the duration. */
export function recognize(intake: AudioIntake, samples: SampleLibrary): Recognition {
	const sample = samples.recognize(intake.sha256);
	if (sample) {
		const { language, durationSeconds, channels, words, utterances, entities } = sample;
		return { genuine: true, language, durationSeconds, channels, words, utterances, entities };
	}
	const { seconds, channels } = mediaFacts(intake);
	return placeholder(seconds, channels);
}

function placeholder(seconds: number, channels: number): Recognition {
	const texts = PLACEHOLDER.split(' ');
	const step = seconds / texts.length;
	const words = texts.map((text, index) => ({
		text,
		start: round(index * step),
		// A fifth of each step is a pause, so that adjacent words don't touch.
		end: round((index + 0.8) * step),
		speaker: 1,
		channel: 1,
	}));
	const last = words.length - 1;
	const utterance = {
		speaker: 1,
		channel: 1,
		start: 0,
		end: words[last]?.end ?? 0,
		text: PLACEHOLDER,
		firstWord: 0,
		lastWord: last,
	};
	return {
		genuine: false,
		language: 'en',
		durationSeconds: seconds,
		channels,
		words,
		utterances: [utterance],
		entities: [],
	};
}

function round(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}

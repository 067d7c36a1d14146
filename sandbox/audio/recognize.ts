import { mediaFacts } from './duration';
import type { AudioIntake } from './intake';
import type { SampleLibrary } from './sampleLibrary';
import type { SpokenEntity, SpokenUtterance, SpokenWord } from './sample';

/** What was heard in a recording; providers turn it into their own transcript. Times in seconds. */
export interface Recognition {
	/** False when the text is a placeholder because the recording is none of the samples. */
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

/** The true transcript of a sample, or a placeholder that says what it is, its words spread over the duration. */
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
		// A fifth of each step is pause, so that neighbouring words do not touch.
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
	return { genuine: false, language: 'en', durationSeconds: seconds, channels, words, utterances: [utterance], entities: [] };
}

function round(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}

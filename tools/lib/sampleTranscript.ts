import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transcript, Word } from '../../nodes/Transcription/transcript/model';
import { projectFolder } from '../n8n/hosts';

interface Sample {
	language: string;
	durationSeconds: number;
	title: string;
	text: string;
	words: Array<{ text: string; start: number; end: number; speaker: number }>;
}

/** Returns the actual transcript of a recording in `samples/`. Its speakers are A, B, … */
export function sampleTranscript(name: string): Transcript {
	const sample = JSON.parse(readFileSync(join(projectFolder, 'samples', `${name}.json`), 'utf8')) as Sample;
	const { language, durationSeconds, text } = sample;
	const words = sample.words.map(({ speaker, ...word }): Word => ({
		...only(word),
		kind: 'word',
		speaker: String.fromCharCode(64 + speaker),
	}));
	return {
		status: 'completed',
		text,
		speakers: [...new Set(words.map(({ speaker }) => String(speaker)))],
		language,
		durationSeconds,
		provider: 'sample',
		id: name,
		eventId: `sample:${name}:completed`,
		words,
	};
}

const only = ({ text, start, end }: { text: string; start: number; end: number }) => ({ text, start, end });

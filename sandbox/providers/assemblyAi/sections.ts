import { meanConfidence } from './content';
import type { Word } from './result';

/** A sentence or paragraph (AssemblyAI API reference, Get sentences, Get paragraphs). */
interface Section {
	text: string;
	start: number;
	end: number;
	confidence: number;
	words: Word[];
	speaker: string | null;
	channel?: string;
}

// The service doesn't document how long a paragraph is. The sandbox limits it to this many sentences by one speaker.
const SENTENCES_PER_PARAGRAPH = 3;

export function sentences(words: Word[]): Section[] {
	return groups(words).map(section);
}

export function paragraphs(words: Word[]): Array<Omit<Section, 'speaker' | 'channel'>> {
	const found: Array<{ words: Word[]; sentences: number }> = [];
	for (const sentence of groups(words)) {
		const last = found[found.length - 1];
		const sameSpeaker = last?.words[0]?.speaker === sentence[0]?.speaker;
		if (last && sameSpeaker && last.sentences < SENTENCES_PER_PARAGRAPH) {
			last.words.push(...sentence);
			last.sentences += 1;
		} else {
			found.push({ words: [...sentence], sentences: 1 });
		}
	}
	return found.map((paragraph) => {
		const { speaker: _speaker, channel: _channel, ...rest } = section(paragraph.words);
		return rest;
	});
}

function groups(words: Word[]): Word[][] {
	const found: Word[][] = [];
	let over = true;
	for (const word of words) {
		const current = found[found.length - 1];
		if (!current || over || current[0]?.speaker !== word.speaker) found.push([word]);
		else current.push(word);
		over = /[.!?]$/.test(word.text);
	}
	return found;
}

function section(words: Word[]): Section {
	const first = words[0]!;
	return {
		text: words.map(({ text }) => text).join(' '),
		start: first.start,
		end: words[words.length - 1]!.end,
		confidence: meanConfidence(words) ?? 0,
		words,
		speaker: first.speaker,
		...(first.channel === undefined ? {} : { channel: first.channel }),
	};
}

import type { Content, Utterance, Word } from './result';
import type { Token } from './words';

/** Returns the text, the words, and, if requested, the utterances. */
export function content(all: Token[], withUtterances: boolean): Content {
	return { text: joined(all), words: all.map(toWord), utterances: withUtterances ? utterances(all) : null };
}

/** Returns the mean confidence of the words. @returns `null` if there are no words */
export function meanConfidence(words: Word[]): number | null {
	if (words.length === 0) return null;
	return round(words.reduce((sum, word) => sum + word.confidence, 0) / words.length);
}

function utterances(all: Token[]): Utterance[] {
	const groups = new Map<number, Token[]>();
	for (const token of all) groups.set(token.utterance, [...(groups.get(token.utterance) ?? []), token]);
	return [...groups.values()].map((group) => {
		const first = group[0]!;
		return {
			speaker: first.speaker ?? 'A',
			...(first.channel === undefined ? {} : { channel: first.channel }),
			text: joined(group),
			start: first.start,
			end: group[group.length - 1]!.end,
			confidence: meanConfidence(group) ?? 0,
			words: group.map(toWord),
		};
	});
}

function joined(words: Array<{ text: string }>): string {
	return words.map(({ text }) => text).join(' ');
}

function toWord({ text, start, end, confidence, speaker, channel }: Token): Word {
	return { text, start, end, confidence, speaker, ...(channel === undefined ? {} : { channel }) };
}

function round(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}

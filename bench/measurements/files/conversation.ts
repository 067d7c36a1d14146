import type { Transcript, Utterance, Word } from '../../../nodes/Transcription/transcript/model';

const SENTENCES = [
	'Good morning, and thank you for taking the time.',
	'We looked at all of the offers that came in last month, and the second one is the best.',
	'Why?',
	'It covers forty hours of recordings, interviews and support calls alike, for a fair price.',
	'That sounds reasonable to me.',
].flatMap((sentence) => sentence.split(' '));

const WORDS_PER_TURN = 40;

/** Creates a conversation between two people in turns of about forty words, at 150 words per minute. 100,000 words take 11 hours. */
export function conversation(count: number): Transcript & { words: Word[] } {
	const words = Array.from({ length: count }, (_, index): Word => ({
		text: SENTENCES[index % SENTENCES.length] ?? '',
		start: Math.round(index * 400) / 1000,
		end: Math.round(index * 400 + 350) / 1000,
		confidence: 0.98,
		speaker: Math.floor(index / WORDS_PER_TURN) % 2 === 0 ? 'A' : 'B',
		kind: 'word',
	}));
	return { status: 'completed', provider: 'bench', id: 'bench', eventId: 'bench', language: 'en', words };
}

/** Returns the turns, each with its words, in AssemblyAI's format. */
export function turnsOf({ words }: { words: Word[] }): Array<Pick<Utterance, 'speaker'> & { words: Word[] }> {
	return Array.from({ length: Math.ceil(words.length / WORDS_PER_TURN) }, (_, turn) => {
		const own = words.slice(turn * WORDS_PER_TURN, (turn + 1) * WORDS_PER_TURN);
		return { speaker: own[0]?.speaker, words: own };
	});
}

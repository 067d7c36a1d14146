import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../../../sandbox';

/** A recording whose transcript the sandbox knows, so that every service returns it in its own format. */
export interface Recording {
	words: number;
	/** ISO 639-1. The Chinese recording has a single speaker and no spaces between words. */
	language: 'en' | 'zh';
}

const SENTENCES = {
	en: [
		'Good morning, and thank you for taking the time.',
		'We looked at all of the offers that came in last month, and the second one is the best.',
		'Why?',
		'It covers forty hours of recordings, interviews and support calls alike, for a fair price.',
		'That sounds reasonable to me.',
	],
	// Transliterated into Latin letters, so neither the script nor a space shows where a word begins.
	zh: [
		'zao shang hao',
		'gan xie nin chou chu shi jian',
		'wo men kan le suo you bao jia',
		'di er ge zui hao',
		'wei shen me',
	],
};

const WORDS_PER_TURN = 40;

/** 100,000 words fit into the five hours that Soniox accepts. */
const SECONDS_PER_WORD = 0.179;

const fileOf = ({ words, language }: Recording) => `${words}-words-${language}.wav`;

/** Returns the URL at which the sandbox serves the recording. */
export const audioUrl = (origin: string, recording: Recording): string => `${origin}/samples/${fileOf(recording)}`;

/**
 * Writes a recording and its transcript into a folder of samples for the sandbox. The recording itself is only a few bytes:
 * the sandbox recognizes it by its hash.
 * @returns the number of characters in the transcript's text
 */
export function writeRecording(folder: string, recording: Recording): number {
	const file = fileOf(recording);
	const audio = Buffer.from(`RIFF\0\0\0\0WAVE${file}`);
	const sample = sampleOf(recording, file, createHash('sha256').update(audio).digest('hex'));
	writeFileSync(join(folder, file), audio);
	writeFileSync(join(folder, `${file}.json`), JSON.stringify(sample));
	return sample.text.length;
}

function sampleOf({ words: count, language }: Recording, file: string, sha256: string): Sample {
	const separator = language === 'zh' ? '' : ' ';
	const speakers = language === 'zh' ? 1 : 2;
	const texts = SENTENCES[language].flatMap((sentence) => sentence.split(' '));
	const words = Array.from({ length: count }, (_, index) => ({
		text: texts[index % texts.length] ?? '',
		start: toMilliseconds(index * SECONDS_PER_WORD),
		end: toMilliseconds((index + 0.9) * SECONDS_PER_WORD),
		speaker: (Math.floor(index / WORDS_PER_TURN) % speakers) + 1,
		channel: 1,
	}));
	const utterances = Array.from({ length: Math.ceil(count / WORDS_PER_TURN) }, (_, turn) => {
		const firstWord = turn * WORDS_PER_TURN;
		const own = words.slice(firstWord, firstWord + WORDS_PER_TURN);
		return {
			speaker: own[0]?.speaker ?? 1,
			channel: 1,
			start: own[0]?.start ?? 0,
			end: own.at(-1)?.end ?? 0,
			text: own.map(({ text }) => text).join(separator),
			firstWord,
			lastWord: firstWord + own.length - 1,
		};
	});
	const text = utterances.map((utterance) => utterance.text).join(separator);
	return {
		file,
		sha256,
		title: file,
		language,
		durationSeconds: count * SECONDS_PER_WORD,
		channels: 1,
		text,
		utterances,
		words,
		entities: [],
	};
}

const toMilliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;

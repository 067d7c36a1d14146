import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from './environment';

/** A recording that the sandbox knows, large enough to be sent in several chunks: 640,044 bytes. */
export const RECORDING = wav(640_000);
export const TEXT = 'Hello, this is Ada. Hi Ada, Charles here.';

const words = TEXT.split(' ').map((text, i) => ({
	text,
	start: i * 2,
	end: i * 2 + 1.5,
	speaker: i < 4 ? 1 : 2,
	channel: 1,
}));
const utterance = (speaker: number, firstWord: number, lastWord: number) => ({
	speaker,
	channel: 1,
	start: firstWord * 2,
	end: lastWord * 2 + 1.5,
	text: words
		.slice(firstWord, lastWord + 1)
		.map(({ text }) => text)
		.join(' '),
	firstWord,
	lastWord,
});

/** The sandbox's sample folder. The sandbox recognizes uploads by their hash, so it only knows complete ones. */
export function samplesFolder(): string {
	const folder = join(HOME, 'samples');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'call.wav'), RECORDING);
	writeFileSync(
		join(folder, 'call.json'),
		JSON.stringify({
			file: 'call.wav',
			sha256: createHash('sha256').update(RECORDING).digest('hex'),
			title: 'A call',
			language: 'en',
			durationSeconds: 20,
			channels: 1,
			text: TEXT,
			utterances: [utterance(1, 0, 3), utterance(2, 4, 7)],
			words,
			entities: [{ type: 'person_name', text: 'Ada.', firstWord: 3, lastWord: 3 }],
		}),
	);
	return folder;
}

/** Creates a sawtooth tone in 16 kHz, 16-bit mono. */
function wav(bytes: number): Buffer {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + bytes, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(16_000, 24);
	header.writeUInt32LE(32_000, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(bytes, 40);
	return Buffer.concat([header, Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => (i * 31) % 251))]);
}

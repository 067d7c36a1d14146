import type { AudioIntake } from './intake';
import { mp3Duration } from './mp3';
import { sniff } from './sniff';
import { readWav } from './wav';

/** The duration and channel count of a recording. */
interface MediaFacts {
	seconds: number;
	channels: number;
}

// The bytes per second of 128 kbit/s, a common rate for compressed audio. Used for formats whose duration isn't easy to
// determine.
const GUESSED_BYTES_PER_SECOND = 16_000;

/** Determines the duration. It is exact for WAV, FLAC, and most MP3 files, and estimated from the size for other formats. */
export function mediaFacts(intake: AudioIntake): MediaFacts {
	const { head, size } = intake;
	const wav = readWav(head, size);
	if (wav && wav.bytesPerSecond > 0) return { seconds: wav.dataBytes / wav.bytesPerSecond, channels: wav.channels };
	const flac = flacFacts(head);
	if (flac) return flac;
	const mp3 = sniff(head).mime === 'audio/mpeg' ? mp3Duration(head, size) : null;
	return mp3 ?? { seconds: size / GUESSED_BYTES_PER_SECOND, channels: 1 };
}

/**
 * Reads FLAC's STREAMINFO block: 20 bits for the sample rate, 3 for channels, 5 for bit depth, and 36 for total
 * samples.
 */
function flacFacts(head: Buffer): MediaFacts | null {
	if (head.length < 26 || head.toString('latin1', 0, 4) !== 'fLaC') return null;
	const rate = head.readUIntBE(18, 3) >> 4;
	const samples = ((head[21] ?? 0) & 0x0f) * 2 ** 32 + head.readUInt32BE(22);
	if (rate === 0 || samples === 0) return null;
	return { seconds: samples / rate, channels: (((head[20] ?? 0) >> 1) & 7) + 1 };
}

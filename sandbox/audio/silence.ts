import { frames, sideInfoBytes } from './mp3';
import { readWav } from './wav';

/** A time span in seconds. */
interface Span {
	start: number;
	end: number;
}

/** Silences parts of a recording without changing its format. @returns `null` if the format is neither PCM WAV nor MP3 */
export function silence(content: Buffer, spans: Span[]): Buffer | null {
	return silenceWav(content, spans) ?? silenceMp3(content, spans);
}

function silenceWav(content: Buffer, spans: Span[]): Buffer | null {
	const wav = readWav(content, content.length);
	if (!wav) return null;
	const quiet = Buffer.from(content);
	const end = wav.dataOffset + wav.dataBytes;
	const position = (seconds: number) => wav.dataOffset + Math.round(seconds * wav.sampleRate) * wav.blockAlign;
	// 8-bit samples are unsigned, so silence is in the middle.
	const zero = wav.bitsPerSample === 8 ? 0x80 : 0;
	for (const span of spans) quiet.fill(zero, Math.min(position(span.start), end), Math.min(position(span.end), end));
	return quiet;
}

/** Silences MP3 frames. A frame whose side information is all zeros has no sound data and decodes to silence. */
function silenceMp3(content: Buffer, spans: Span[]): Buffer | null {
	const quiet = Buffer.from(content);
	let samples = 0;
	let found = false;
	for (const frame of frames(content)) {
		found = true;
		const start = samples / frame.sampleRate;
		samples += frame.samples;
		const end = samples / frame.sampleRate;
		// Because of the decoder's bit reservoir, a frame may be heard slightly later, so a margin is needed.
		const margin = frame.samples / frame.sampleRate;
		const hit = spans.some((span) => end > span.start - margin && start < span.end + 2 * margin);
		if (hit)
			quiet.fill(0, frame.offset + frame.headerBytes, frame.offset + Math.max(frame.bytes, sideInfoBytes(frame)));
	}
	return found ? quiet : null;
}

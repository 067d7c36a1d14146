import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../n8n/chromium';
import { projectFolder } from '../n8n';
import { oggOpus } from './ogg';

const SOURCE = 'voicemail';
const RESULT = 'voice-note';

/** What the page returns: base64, because Playwright passes JSON. */
interface Encoded {
	head: string;
	packets: string[];
	samplesPerPacket: number;
	totalSamples: number;
}

/**
 * `npx tsx tools/voiceNote/main.ts`: makes `samples/voice-note.oga` from `samples/voicemail.wav`, in the format of
 * messengers' voice notes (Opus at 16 kbit/s in Ogg), with the encoder of Chromium. The file is committed; run this only to
 * change it.
 */
async function main(): Promise<void> {
	const sample = (file: string) => join(projectFolder, 'samples', file);
	const { head, packets, ...counts } = await encode(readFileSync(sample(`${SOURCE}.wav`)));
	const file = oggOpus({
		...counts,
		head: Buffer.from(head, 'base64'),
		packets: packets.map((packet) => Buffer.from(packet, 'base64')),
	});
	writeFileSync(sample(`${RESULT}.oga`), file);
	const described = {
		...(JSON.parse(readFileSync(sample(`${SOURCE}.json`), 'utf8')) as object),
		file: `${RESULT}.oga`,
		sha256: createHash('sha256').update(file).digest('hex'),
		title: 'The voicemail as a voice note of a messenger',
	};
	writeFileSync(sample(`${RESULT}.json`), `${JSON.stringify(described, undefined, '\t')}\n`);
	console.log(`${RESULT}.oga: ${file.length} bytes`);
}

/** Encodes a recording in a browser, which offers its encoder only to pages from a server. */
async function encode(recording: Buffer): Promise<Encoded> {
	const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>Encoder'));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
	try {
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
		return (await page.evaluate(IN_THE_PAGE.replace('RECORDING', recording.toString('base64')))) as Encoded;
	} finally {
		await browser.close();
		server.close();
	}
}

/** Text, because the project's types are those of Node. */
const IN_THE_PAGE = `(async () => {
	const RATE = 48_000;
	const toBase64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
	const recording = Uint8Array.from(atob('RECORDING'), (character) => character.charCodeAt(0)).buffer;
	const audio = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(recording);
	const packets = [];
	let head, samplesPerPacket;
	const encoder = new AudioEncoder({
		error: (error) => { throw error; },
		output(chunk, metadata) {
			head ??= toBase64(metadata.decoderConfig.description);
			samplesPerPacket ??= Math.round((chunk.duration / 1e6) * RATE);
			const packet = new Uint8Array(chunk.byteLength);
			chunk.copyTo(packet);
			packets.push(toBase64(packet));
		},
	});
	encoder.configure({ codec: 'opus', sampleRate: RATE, numberOfChannels: 1, bitrate: 16_000, opus: { application: 'voip', signal: 'voice', frameDuration: 20_000 } });
	const data = audio.getChannelData(0);
	encoder.encode(new AudioData({ format: 'f32-planar', sampleRate: RATE, numberOfFrames: data.length, numberOfChannels: 1, timestamp: 0, data }));
	await encoder.flush();
	return { head, packets, samplesPerPacket, totalSamples: data.length };
})()`;

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});

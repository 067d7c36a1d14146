import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFile } from '../../nodes/Transcription/transcript/files';
import { withPage } from '../lib/headlessPage';
import { sampleTranscript } from '../lib/sampleTranscript';
import { projectFolder } from '../n8n/hosts';

const images = join(projectFolder, 'docs/images');
const SETTINGS = { title: 'Sales call with Maria Jensen', speakerNames: { A: 'Daniel', B: 'Maria Jensen' } };

/**
 * Part of `npm run docs:screenshots`: takes screenshots in Chromium of the files that Export creates from a sample, and
 * saves the chart as it is.
 */
async function main(): Promise<void> {
	mkdirSync(images, { recursive: true });
	await transcriptPage('light', 'transcript-page.png');
	await transcriptPage('dark', 'transcript-page-dark.png');
	await transcriptPlayer('light', 'transcript-player.png');
	await transcriptPlayer('dark', 'transcript-player-dark.png');
	await subtitles();
	writeFileSync(join(images, 'talk-time.svg'), makeFile('svg', sampleTranscript('sales-call'), SETTINGS));
}

async function transcriptPage(colorScheme: 'light' | 'dark', name: string): Promise<void> {
	const body = makeFile('html', sampleTranscript('sales-call'), SETTINGS);
	const viewport = { width: 820, height: 900 };
	await withPage(
		{ '/': { contentType: 'text/html', body } },
		async (page) => await page.screenshot({ path: join(images, name) }),
		{ viewport, colorScheme },
	);
}

const RECORDING = {
	contentType: 'audio/mpeg',
	body: readFileSync(join(projectFolder, 'samples/sales-call.mp3')),
};

/** What a service could return for the sample in addition to its words. */
const ABOUT = {
	summary:
		'Northwind records about forty hours of interviews and support calls a month and needs transcription software. Daniel recommends the team plan.',
	chapters: [
		{ title: 'What Northwind needs', start: 0, end: 18 },
		{ title: 'The team plan', start: 18.1, end: 26 },
		{ title: 'Next steps', start: 26, end: 39 },
	],
	actionItems: [{ text: 'Send the offer before Friday', assignee: 'Daniel', start: 24 }],
};

/** Takes a screenshot of the page with a player while a word is being spoken. */
async function transcriptPlayer(colorScheme: 'light' | 'dark', name: string): Promise<void> {
	const transcript = { ...sampleTranscript('sales-call'), ...ABOUT };
	const body = makeFile('html', transcript, { ...SETTINGS, recordingUrl: 'http://files.test/call.mp3' });
	await withPage(
		{ '/': { contentType: 'text/html', body }, '/call.mp3': RECORDING },
		async (page) => {
			await page.evaluate(`new Promise((done) => {
				const media = document.querySelector('audio');
				media.addEventListener('seeked', done, { once: true });
				media.currentTime = 9.2;
			})`);
			await page.evaluate(`scrollTo(0, 0)`);
			await page.waitForTimeout(500);
			await page.screenshot({ path: join(images, name) });
		},
		{ viewport: { width: 1240, height: 900 }, colorScheme },
	);
}

/** When the speech that is shown begins, in seconds. */
const MOMENT = 13.8;

const PLAYER = `<!doctype html><meta charset="utf-8"><title>Player</title>
<style>
	body { margin: 0; background: #16181c; }
	video { display: block; width: 960px; height: 540px; }
	::cue { font: 30px/1.35 system-ui, sans-serif; background: rgb(0 0 0 / 75%); }
	::cue(v[voice="Daniel"]) { color: #ffe28a; }
	::cue(v[voice="Maria Jensen"]) { color: #b6f0c8; }
</style>
<video muted><track default kind="subtitles" srclang="en" label="English" src="/call.vtt"></video>
<canvas width="960" height="540" hidden></canvas>`;

/** Runs in the page. Plays a live video of the recording's waveform with its sound. */
const PLAY = `(async () => {
	const video = document.querySelector('video');
	const canvas = document.querySelector('canvas');
	const sound = await (await fetch('/call.mp3')).arrayBuffer();
	const audio = new Audio(URL.createObjectURL(new Blob([sound.slice(0)], { type: 'audio/mpeg' })));
	const samples = (await new OfflineAudioContext(1, 1, 44100).decodeAudioData(sound)).getChannelData(0);
	const draw = canvas.getContext('2d');
	const paint = () => {
		const sky = draw.createLinearGradient(0, 0, 960, 540);
		sky.addColorStop(0, '#1f2f4a');
		sky.addColorStop(1, '#3f7d8c');
		draw.fillStyle = sky;
		draw.fillRect(0, 0, 960, 540);
		for (let bar = 0; bar < 96; bar++) {
			const part = samples.subarray(Math.floor((samples.length * bar) / 96), Math.floor((samples.length * (bar + 1)) / 96));
			const height = 6 + 420 * Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
			draw.fillStyle = bar / 96 < audio.currentTime / audio.duration ? '#ffffff' : 'rgb(255 255 255 / 35%)';
			draw.fillRect(52 + bar * 9, 210 - height / 2, 5, height);
		}
	};
	audio.currentTime = ${MOMENT};
	await audio.play();
	setInterval(paint, 50);
	video.srcObject = new MediaStream([...canvas.captureStream(25).getTracks(), ...audio.captureStream().getAudioTracks()]);
	await video.play();
	while (video.currentTime < 1.5) await new Promise((done) => setTimeout(done, 50));
	video.pause();
})()`;

/** Takes a screenshot of a player that shows a two-line cue from our VTT file. */
async function subtitles(): Promise<void> {
	const files = {
		'/': { contentType: 'text/html', body: PLAYER },
		'/call.mp3': RECORDING,
		'/call.vtt': {
			contentType: 'text/vtt',
			body: makeFile('vtt', sampleTranscript('sales-call'), { ...SETTINGS, offsetSeconds: -MOMENT }),
		},
	};
	await withPage(
		files,
		async (page) => {
			await page.evaluate(PLAY);
			await page.waitForTimeout(500);
			await page.screenshot({ path: join(images, 'subtitles.png') });
		},
		{ viewport: { width: 960, height: 540 } },
	);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});

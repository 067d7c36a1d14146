import { type FileSettings, makeFile } from '../../nodes/Transcription/transcript/files';
import type { Transcript } from '../../nodes/Transcription/transcript/model';
import { withPage } from '../../tools/lib/headlessPage';
import { readVtt } from '../unit/transcript/files/readers';
import { aTranscript, HOSTILE, transcriptOf, sampleTranscript, wordsOf } from '../unit/transcript/transcripts';

jest.setTimeout(120_000);

interface TrackCue {
	startMs: number;
	endMs: number;
	text: string;
	voice: string | undefined;
}

/** Our VTT as parsed by Chromium's `<track>`. */
async function cuesInChromium(vtt: string): Promise<TrackCue[]> {
	const files = {
		'/': {
			contentType: 'text/html',
			body: '<!doctype html><video><track default kind="subtitles" src="/a.vtt"></video>',
		},
		'/a.vtt': { contentType: 'text/vtt', body: vtt },
	};
	return await withPage(
		files,
		async (page) =>
			await page.evaluate(`(async () => {
				const element = document.querySelector('track');
				element.track.mode = 'showing';
				if (element.readyState < 2) await new Promise((done, fail) => { element.onload = done; element.onerror = fail; });
				return [...element.track.cues].map((cue) => {
					const html = cue.getCueAsHTML();
					return {
						startMs: Math.round(cue.startTime * 1000),
						endMs: Math.round(cue.endTime * 1000),
						text: html.textContent,
						voice: html.querySelector('span[title]')?.title,
					};
				});
			})()`),
	);
}

const parsedByReader = (vtt: string) =>
	readVtt(vtt).map(({ startMs, endMs, text, voice }) => ({ startMs, endMs, text, voice }));

describe('Chromium parses our VTT', () => {
	it.each<[string, Transcript, FileSettings]>([
		['a call', sampleTranscript('sales-call'), {}],
		[
			'a call with word timestamps and real names',
			sampleTranscript('sales-call'),
			{ wordTimestamps: true, speakerNames: { A: 'Daniel & Söhne <GmbH>' } },
		],
		['an interview in German', sampleTranscript('interview-de'), {}],
		['hostile text', transcriptOf(HOSTILE.join(' '), { speaker: '"><b>&amp;' }), {}],
	])('with the text, times and voices of %s', async (_what, transcript, settings) => {
		const vtt = makeFile('vtt', transcript, settings);
		const cues = await cuesInChromium(vtt);
		expect(cues.length).toBeGreaterThan(3);
		expect(cues).toEqual(parsedByReader(vtt));
	});
});

describe('our HTML page in Chromium', () => {
	const evaluate = async <T>(transcript: Transcript, settings: FileSettings, script: string): Promise<T> =>
		await withPage(
			{ '/': { contentType: 'text/html', body: makeFile('html', transcript, settings) } },
			async (page) => await page.evaluate(script),
		);

	it('shows hostile text as plain text, without adding elements or requests', async () => {
		const transcript = transcriptOf(`before ${HOSTILE.join(' ')} after`, { speaker: '<img src=x onerror=alert(1)>' });
		const shown = await evaluate<{ text: string; names: string[]; tags: string[] }>(
			transcript,
			{ title: '</title><script>document.title = 1</script>' },
			`({
				text: [...document.querySelectorAll('p > span')].map((span) => span.textContent).join(' '),
				names: [...document.querySelectorAll('h2')].map((name) => name.textContent),
				tags: [...new Set([...document.body.querySelectorAll('*')].map((element) => element.localName))].sort(),
			})`,
		);
		const details = ['dd', 'div', 'dl', 'dt'];
		expect(shown.tags).toEqual(['a', 'bdi', ...details, 'h1', 'h2', 'header', 'main', 'p', 'section', 'span', 'time']);
		expect(shown.names).toEqual(['<img src=x onerror=alert(1)>']);
		expect(shown.text.replace(/\s+/g, ' ')).toBe(
			makeFile('txt', transcript, { includeSpeakers: false }).replace(/\s+/g, ' ').trim(),
		);
	});

	it('jumps to the paragraph at the time in the URL', async () => {
		const words = [...wordsOf('First.', { speaker: 'A' }), ...wordsOf('Second.', { from: 12.3, speaker: 'B' })];
		const target = await evaluate<string>(
			aTranscript({ words }),
			{},
			`(location.hash = 't=12.3', document.querySelector(':target').textContent)`,
		);
		expect(target).toContain('Second.');
	});

	it.each(['light', 'dark'] as const)('has sufficient color contrast, %s', async (colorScheme) => {
		const page = { '/': { contentType: 'text/html', body: makeFile('html', sampleTranscript('sales-call')) } };
		const worst = await withPage(page, async (opened) => await opened.evaluate(WORST_CONTRAST), { colorScheme });
		// The minimum for normal text in WCAG 2.2, 1.4.3 Contrast (Minimum).
		expect(worst).toBeGreaterThanOrEqual(4.5);
	});
});

/** Runs in the page and returns the lowest text-to-background contrast, as defined by WCAG 2.2. */
const WORST_CONTRAST = `(() => {
	const luminance = (color) => {
		const [r, g, b] = color.match(/[\\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const background = luminance(getComputedStyle(document.body).backgroundColor);
	const texts = [...document.querySelectorAll('h1, h2, dt, dd, a, span')].map((element) => luminance(getComputedStyle(element).color));
	return Math.min(...texts.map((text) => (Math.max(text, background) + 0.05) / (Math.min(text, background) + 0.05)));
})()`;

import { type FileSettings, makeFile } from '../../nodes/Transcription/transcript/files';
import type { Transcript, Word } from '../../nodes/Transcription/transcript/model';
import { withPage } from '../../tools/lib/headlessPage';
import { aTranscript, HOSTILE, sampleTranscript, wordsOf } from '../unit/transcript/transcripts';

jest.setTimeout(120_000);

/** Opens the chart as a file of its own and evaluates a script in it. */
async function evaluate<T>(transcript: Transcript, settings: FileSettings, script: string): Promise<T> {
	const body = makeFile('svg', transcript, settings);
	return await withPage({ '/': { contentType: 'image/svg+xml', body } }, async (page) => await page.evaluate(script));
}

/** One word per speaker. */
const roundOf = (names: readonly string[]): Transcript =>
	aTranscript({ words: names.flatMap((speaker, index): Word[] => wordsOf('word', { speaker, from: index })) });

describe('the SVG chart in Chromium', () => {
	it('is valid XML that shows hostile names as plain text, without adding elements', async () => {
		for (let from = 0; from < HOSTILE.length; from += 12) {
			const names = HOSTILE.slice(from, from + 12);
			const shown = await evaluate<{ root: string; tags: string[]; names: string[]; title: string }>(
				roundOf(names),
				{
					title: `</title><script>alert(1)</script>\uffff${names.join('')}`,
					speakerNames: { [names[0]!]: '<a href="x">' },
				},
				`({
					root: document.documentElement.localName,
					tags: [...new Set([...document.querySelectorAll('*')].map((element) => element.localName))].sort(),
					names: [...document.querySelectorAll('svg svg text')].map((text) => text.textContent),
					title: document.querySelector('title').textContent,
				})`,
			);
			expect(shown.root).toBe('svg');
			expect(shown.tags).toEqual(['desc', 'path', 'rect', 'style', 'svg', 'text', 'title']);
			expect(shown.names).toContain('<a href="x">');
			expect(shown.title).toMatch(/^Talk time: <\/title><script>alert\(1\)<\/script>/);
		}
	});

	it('has all texts within the chart, even with wide letters', async () => {
		const transcript = roundOf(['W'.repeat(200), '漢'.repeat(200), 'Ada', ...'abcdefghijkl']);
		const outside = await evaluate<string[]>(
			transcript,
			{ title: 'W'.repeat(200), offsetSeconds: 35_990 },
			`(() => {
				const chart = document.documentElement.getBoundingClientRect();
				return [...document.querySelectorAll('text')].filter((text) => {
					const box = text.getBoundingClientRect();
					const { overflow } = getComputedStyle(text.parentElement);
					// Names and titles are cut off by the element around them.
					const { x, width } = text.parentElement;
					const isCut = text.parentElement !== document.documentElement && overflow === 'hidden';
					const right = isCut ? x.baseVal.value + width.baseVal.value : box.right;
					return box.left < chart.left || right > chart.right || box.bottom > chart.bottom;
				}).map((text) => text.textContent);
			})()`,
		);
		expect(outside).toEqual([]);
	});

	it('has its texts in the same places in a page from right to left', async () => {
		const svg = makeFile('svg', sampleTranscript('sales-call'));
		const lefts = ['ltr', 'rtl'].map(
			async (direction) =>
				await withPage(
					{ '/': { contentType: 'text/html', body: `<!doctype html><html dir="${direction}"><body>${svg}` } },
					async (page) => await page.evaluate<number[]>(LEFTS),
				),
		);
		const [usual, inRtl] = await Promise.all(lefts);
		expect(usual?.length).toBeGreaterThan(5);
		expect(inRtl).toEqual(usual);
	});

	it('scales with the page when it is part of it', async () => {
		const svg = makeFile('svg', sampleTranscript('sales-call'));
		const body = `<!doctype html><body style="margin: 0">${svg}`;
		const size = await withPage(
			{ '/': { contentType: 'text/html', body } },
			async (page) =>
				await page.evaluate<{ width: number; height: number }>(
					`(({ width, height }) => ({ width, height }))(document.querySelector('svg').getBoundingClientRect())`,
				),
			{ viewport: { width: 320, height: 600 } },
		);
		expect(size).toEqual({ width: 320, height: 107 });
	});

	it.each([
		['light', { colorScheme: 'light' }],
		['dark', { colorScheme: 'dark' }],
	] as const)('has sufficient color contrast in %s mode', async (_mode, options) => {
		const body = makeFile('svg', roundOf([...'ABCDEF']));
		const contrast = await withPage(
			{ '/': { contentType: 'image/svg+xml', body } },
			async (page) => await page.evaluate<{ texts: number; bars: number }>(CONTRAST),
			options,
		);
		// The minimum for normal text and for graphics in WCAG 2.2, 1.4.3 and 1.4.11.
		expect(contrast.texts).toBeGreaterThanOrEqual(4.5);
		expect(contrast.bars).toBeGreaterThanOrEqual(3);
	});

	it('has different colors in dark mode, also as an image in a page', async () => {
		const files = {
			'/': { contentType: 'text/html', body: '<!doctype html><body style="margin: 0"><img src="/chart.svg">' },
			'/chart.svg': { contentType: 'image/svg+xml', body: makeFile('svg', sampleTranscript('sales-call')) },
		};
		const modes = ['light', 'dark'] as const;
		const colors = modes.map(
			async (colorScheme) =>
				await withPage(files, async (page) => await page.evaluate<number[]>(BACKGROUND), { colorScheme }),
		);
		expect(await Promise.all(colors)).toEqual([
			[0xfd, 0xfc, 0xfa],
			[0x16, 0x18, 0x1c],
		]);
	});
});

/** Runs in a page. Returns where each text starts in the chart. */
const LEFTS = `(() => {
	const chart = document.querySelector('svg').getBoundingClientRect();
	return [...document.querySelectorAll('text')].map((text) => Math.round(text.getBoundingClientRect().left - chart.left));
})()`;

/** Runs in the chart. Returns the lowest contrast of texts to the background, and of bars to their lanes. */
const CONTRAST = `(() => {
	const luminance = (element) => {
		const [r, g, b] = getComputedStyle(element).fill.match(/[\\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const lowest = (elements, background) => Math.min(...[...document.querySelectorAll(elements)].map((element) => {
		const [first, second] = [luminance(element), luminance(document.querySelector(background))];
		return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
	}));
	return { texts: lowest('text', 'rect.paper'), bars: lowest('path', 'rect.line') };
})()`;

/** Runs in a page with an image. Returns the red, green, and blue of a pixel of its background. */
const BACKGROUND = `(async () => {
	const image = document.querySelector('img');
	await image.decode();
	const context = document.createElement('canvas').getContext('2d');
	context.drawImage(image, 0, 0);
	return [...context.getImageData(10, 60, 1, 1).data.slice(0, 3)];
})()`;

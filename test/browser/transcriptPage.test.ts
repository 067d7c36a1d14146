import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ExportContext, type FileSettings, makeFile } from '../../nodes/Transcription/transcript/files';
import { makePage } from '../../nodes/Transcription/transcript/files/page';
import type { Transcript, Word } from '../../nodes/Transcription/transcript/model';
import { withPage } from '../../tools/lib/headlessPage';
import { samplesFolder } from '../../tools/demo/recording';
import {
	aTranscript,
	HOSTILE,
	INTERRUPTED,
	sampleTranscript,
	transcriptOf,
	wordsOf,
} from '../unit/transcript/transcripts';

jest.setTimeout(120_000);

/** Creates a page. With an embedded recording, `makeFile` doesn't return text. */
const pageOf = (transcript: Transcript, settings: FileSettings = {}) =>
	Buffer.from(makePage(new ExportContext(transcript, settings))).toString();

const RECORDING = readFileSync(join(samplesFolder, 'sales-call.mp3'));
const EMBEDDED: FileSettings = {
	embeddedRecording: { mimeType: 'audio/mpeg', content: RECORDING },
};
const RECORDING_URL = 'http://files.test/call.mp3';

const CALL = sampleTranscript('sales-call');
const words = (transcript: Transcript) => transcript.words as Word[];

/** The call with everything that a page can show. */
const FULL_CALL: Transcript = {
	...CALL,
	summary: 'Maria asks for an offer.\nDaniel sends it by Friday.',
	chapters: [
		{ title: 'Needs', summary: 'What they record.', start: 0, end: 16 },
		{ title: 'Offer', start: 19.8, end: 39 },
	],
	actionItems: [{ text: 'Send the offer', assignee: 'Daniel', start: 24 }, { text: 'Check the budget' }],
};

interface Opened {
	page: Page;
	/** The URLs that the page requested, including its own. */
	requests: string[];
	/** Errors and warnings in the page's console, which include violations of its content security policy. */
	problems: string[];
}

async function open<T>(html: string, work: (opened: Opened) => Promise<T>, options: BrowserContextOptions = {}) {
	const files = {
		'/blank': { contentType: 'text/html', body: '' },
		'/page.html': { contentType: 'text/html', body: html },
		'/call.mp3': { contentType: 'audio/mpeg', body: RECORDING },
	};
	return await withPage(
		files,
		async (page) => {
			const [requests, problems]: [string[], string[]] = [[], []];
			page.on('request', (request) => requests.push(request.url()));
			page.on('requestfailed', (request) => {
				// Chromium reports frames that the policy blocks as failed requests.
				if (request.failure()?.errorText === 'csp') requests.splice(requests.indexOf(request.url()), 1);
			});
			page.on('pageerror', (error) => problems.push(error.message));
			page.on('console', (message) => {
				if (['error', 'warning'].includes(message.type())) problems.push(message.text());
			});
			await page.goto(new URL('/page.html', page.url()).href);
			return await work({ page, requests, problems });
		},
		options,
	);
}

const openCall = async <T>(work: (opened: Opened) => Promise<T>, options: BrowserContextOptions = {}) =>
	await open(pageOf(FULL_CALL, EMBEDDED), work, options);

/** Buttons don't move while the page scrolls, so that two clicks in a row hit them. */
const STILL: BrowserContextOptions = { reducedMotion: 'reduce' };

/** The text in a highlight, as the page's script sets it: `spoken`, `found`, or `selected`. */
const highlighted = async (page: Page, name: string): Promise<string[]> =>
	await page.evaluate(`[...(CSS.highlights.get('${name}') ?? [])].map(String)`);

/** Waits until an expression is true. Playwright's own function can't do this, because the page's policy forbids `eval`. */
async function until(page: Page, expression: string): Promise<void> {
	for (const deadline = Date.now() + 10_000; !(await page.evaluate<boolean>(expression)); await page.waitForTimeout(20))
		if (Date.now() > deadline) throw new Error(`never became true: ${expression}`);
}

const currentTime = async (page: Page): Promise<number> =>
	await page.evaluate(`document.querySelector('audio, video').currentTime`);

/** Seeks as the player's own controls do. */
const seek = async (page: Page, time: number): Promise<void> =>
	await page.evaluate(`new Promise((done) => {
		const media = document.querySelector('audio, video');
		media.addEventListener('seeked', () => requestAnimationFrame(done), { once: true });
		media.currentTime = ${time};
	})`);

const currentParagraph = async (page: Page): Promise<string | null> =>
	await page.evaluate(`document.querySelector('p[aria-current] > span')?.textContent ?? null`);

/** The word that starts last at or before a time, which the page rounds to hundredths of a second. */
const spokenAt = (time: number) => words(CALL).findLast(({ start }) => Math.round(start * 100) / 100 <= time)?.text;

describe('The player', () => {
	it('highlights the word being spoken while it plays', async () => {
		const seen = await openCall(
			async ({ page }) =>
				await page.evaluate<Array<{ time: number; word: string }>>(`(async () => {
					const media = document.querySelector('audio');
					media.muted = true;
					media.currentTime = 3;
					media.playbackRate = 4;
					await media.play();
					const seen = [];
					while (media.currentTime < 15) {
						await new Promise((done) => requestAnimationFrame(done));
						const [range] = CSS.highlights.get('spoken') ?? [];
						seen.push({ time: media.currentTime, word: String(range) });
					}
					return seen;
				})()`),
		);
		expect(new Set(seen.map(({ word }) => word)).size).toBeGreaterThan(15);
		// The script and the test read the time at slightly different moments.
		const late = seen.filter(({ time, word }) => word !== spokenAt(time) && word !== spokenAt(time - 0.15));
		expect(late).toEqual([]);
	});

	it('highlights the word at the time to which the reader moves', async () => {
		await openCall(async ({ page }) => {
			for (const { text, start } of words(CALL)
				.filter((_, index) => index % 9 === 5)
				.reverse()) {
				await seek(page, start + 0.02);
				expect(await highlighted(page, 'spoken')).toEqual([text]);
				expect(await currentParagraph(page)).toContain(text);
			}
		});
	});

	it('plays a recording from a URL, and requests nothing else', async () => {
		const html = pageOf(FULL_CALL, { recordingUrl: `${RECORDING_URL}?signature=a%2Fb&x=1` });
		await open(html, async ({ page, requests, problems }) => {
			await seek(page, 20);
			expect(await currentTime(page)).toBe(20);
			expect([...new Set(requests)]).toEqual(['http://files.test/page.html', `${RECORDING_URL}?signature=a%2Fb&x=1`]);
			expect(problems).toEqual([]);
		});
	});

	it('says so if the recording can’t be loaded', async () => {
		const html = pageOf(FULL_CALL, { recordingUrl: 'http://files.test/missing.mp3' });
		await open(html, async ({ page }) => {
			await page.waitForSelector('.failure:not([hidden])');
			expect(await page.textContent('.failure')).toMatch(/^The recording can’t be played here\./);
			expect(await page.getAttribute('.failure a', 'href')).toBe('http://files.test/missing.mp3');
		});
	});

	it('jumps to the word that is clicked', async () => {
		await openCall(async ({ page }) => {
			const { text, start } = words(CALL)[30] as Word;
			await page.evaluate(`document.querySelectorAll('p')[3].scrollIntoView({ block: 'center' })`);
			const point = await page.evaluate<{ x: number; y: number }>(`(() => {
				const paragraph = [...document.querySelectorAll('p > span')].find((span) => span.textContent.includes(${JSON.stringify(text)}));
				const range = document.createRange();
				const at = paragraph.textContent.indexOf(${JSON.stringify(text)});
				range.setStart(paragraph.firstChild, at);
				range.setEnd(paragraph.firstChild, at + ${text.length});
				const { left, top, width, height } = range.getBoundingClientRect();
				return { x: left + width / 2, y: top + height / 2 };
			})()`);
			await page.mouse.click(point.x, point.y);
			expect(await currentTime(page)).toBeCloseTo(start, 2);
			expect(await highlighted(page, 'spoken')).toEqual([text]);
		});
	});

	it('doesn’t jump if text is selected or the margin is clicked', async () => {
		await openCall(async ({ page }) => {
			const box = await page.locator('p > span').nth(2).boundingBox();
			const { x, y, width, height } = box as { x: number; y: number; width: number; height: number };
			await page.mouse.move(x + 2, y + height / 2);
			await page.mouse.down();
			await page.mouse.move(x + 120, y + height / 2, { steps: 4 });
			await page.mouse.up();
			expect(await page.evaluate(`getSelection().toString().length`)).toBeGreaterThan(3);
			await page.mouse.click(x + width - 2, y + height / 2);
			expect(await currentTime(page)).toBe(0);
		});
	});

	it('jumps to the exact start of a chapter, and marks the chapter', async () => {
		await openCall(async ({ page }) => {
			await page.click('.chapters li:nth-child(2) a');
			await until(page, `location.hash === '#t=18.1'`);
			expect(await currentTime(page)).toBeCloseTo(19.8, 2);
			expect(await page.textContent('.chapters [aria-current]')).toBe('0:19');
			expect(await currentParagraph(page)).toMatch(/^Then our team plan/);
		});
	});

	it('shows the paragraph of a link below the player', async () => {
		await openCall(
			async ({ page }) => {
				await page.click('.chapters li:nth-child(2) a');
				const target = page.locator('p:target');
				const player = page.locator('.player');
				const edges = async () => {
					const [paragraph, above] = [await target.boundingBox(), await player.boundingBox()];
					return { top: paragraph?.y ?? 0, playerBottom: (above?.y ?? 0) + (above?.height ?? 0) };
				};
				await page.waitForTimeout(500);
				const { top, playerBottom } = await edges();
				expect(top).toBeGreaterThan(playerBottom);
				expect(top).toBeLessThan(400);
			},
			{ viewport: { width: 600, height: 400 } },
		);
	});

	it('goes to the time in the URL when it opens, and when the URL changes', async () => {
		await openCall(async ({ page }) => {
			await page.goto('about:blank');
			await page.goto('http://files.test/page.html#t=14.7');
			await until(page, `document.querySelector('audio').readyState > 0`);
			expect(await currentTime(page)).toBeCloseTo(14.7, 2);
			expect(await highlighted(page, 'spoken')).toEqual([spokenAt(14.7)]);
			await page.evaluate(`location.hash = 't=0:29'`);
			await until(page, `document.querySelector('audio').currentTime === 29`);
			await page.evaluate(`location.hash = 't=%E0%A4%A'`);
			expect(await currentTime(page)).toBe(29);
		});
	});

	it('marks the paragraph whose time is clicked, or in the URL', async () => {
		const speech = [0, 2.34, 5.26, 7.349, 9.551].flatMap((from, index) =>
			wordsOf(`Paragraph ${index}.`, { from, speaker: 'AB'[index % 2], step: 1 }),
		);
		await open(pageOf(aTranscript({ words: speech }), EMBEDDED), async ({ page }) => {
			for (const [index, link] of (await page.locator('p > a').all()).entries()) {
				await link.click();
				await page.waitForTimeout(100);
				expect(await currentParagraph(page)).toBe(`Paragraph ${index}.`);
			}
			for (const [index, anchor] of ['t=0', 't=2.3', 't=5.3', 't=7.3', 't=9.6'].entries()) {
				await page.goto('about:blank');
				await page.goto(`http://files.test/page.html#${anchor}`);
				await until(page, `document.querySelector('audio').readyState > 0`);
				await page.waitForTimeout(100);
				expect(await currentParagraph(page)).toBe(`Paragraph ${index}.`);
			}
		});
	});

	it('scrolls to the paragraph being spoken until the reader scrolls', async () => {
		await openCall(
			async ({ page }) => {
				const isVisible = `(() => { const { top, bottom } = document.querySelector('p[aria-current]').getBoundingClientRect(); return top > 60 && bottom < innerHeight; })()`;
				await seek(page, 37);
				await until(page, isVisible);
				await page.mouse.move(200, 300);
				await page.mouse.wheel(0, -2000);
				await until(page, `scrollY === 0`);
				expect(await page.getAttribute('.follow', 'aria-pressed')).toBe('false');
				await seek(page, 30);
				await page.waitForTimeout(200);
				expect(await page.evaluate(`scrollY`)).toBe(0);
				await page.click('.follow');
				await until(page, isVisible);
			},
			{ viewport: { width: 600, height: 400 } },
		);
	});

	it.each([10, -2.5])('plays the right part if %d seconds are added to the transcript’s times', async (offset) => {
		await open(pageOf(FULL_CALL, { ...EMBEDDED, offsetSeconds: offset }), async ({ page }) => {
			for (const { text, start } of [words(CALL)[30], words(CALL)[55]] as Word[]) {
				await seek(page, start + 0.02);
				expect(await highlighted(page, 'spoken')).toEqual([text]);
			}
			await page.click('.chapters li:nth-child(2) a');
			expect(await currentTime(page)).toBeCloseTo(19.8, 2);
			expect(await highlighted(page, 'spoken')).toEqual([spokenAt(19.8)]);
			await page.evaluate(`location.hash = 't=25'`);
			await until(page, `document.querySelector('audio').currentTime === ${25 - offset}`);
			await page.keyboard.press('ArrowLeft');
			expect(await currentTime(page)).toBe(20 - offset);
		});
	});

	it('is a video for a video file', async () => {
		const html = pageOf(CALL, { recordingUrl: 'https://example.com/a%20call.MP4?x=1' });
		expect(html).toContain(
			'<video controls preload="metadata" playsinline src="https://example.com/a%20call.MP4?x=1">',
		);
	});
});

describe('Transcripts in other scripts', () => {
	it.each([
		['Hebrew', 'he', 'שלום לכולם, מה שלומכם היום? הכול בסדר.', 'שלומכם', 'לכולם,'],
		['Arabic', 'ar', 'مرحبا بكم جميعا في هذا اللقاء.', 'جَميعا', 'بكم'],
		['Japanese', 'ja', '今日 は 天気 が いい です ね 。', '天気', 'は'],
		['Thai', 'th', 'สวัสดี ครับ ผม ชื่อ สมชาย', 'สมชาย', 'ครับ'],
	])('follow the recording and can be searched: %s', async (_, language, text, query, second) => {
		const spoken = wordsOf(text, { step: 1 });
		// Services don't return spaces between the words of Japanese and Thai.
		const isUnspaced = ['ja', 'th'].includes(language);
		const joined = isUnspaced ? text.replaceAll(' ', '') : text;
		const transcript = aTranscript({ words: spoken, text: joined, language });
		await open(pageOf(transcript, EMBEDDED), async ({ page, problems }) => {
			expect(await page.textContent('p > span')).toBe(joined);
			await seek(page, 1.5);
			expect(await highlighted(page, 'spoken')).toEqual([second]);
			await page.fill('[type=search]', query);
			expect(await page.textContent('output')).toBe('1 of 1');
			expect(await page.evaluate(`getComputedStyle(document.body).direction`)).toBe(
				['he', 'ar'].includes(language) ? 'rtl' : 'ltr',
			);
			expect(problems).toEqual([]);
		});
	});
});

describe('Transcripts with less data', () => {
	const utterances = [
		{ speaker: 'A', start: 0, end: 10, text: 'First of all, hello. Then, how are you?' },
		{ speaker: 'B', start: 4, end: 5, text: 'Hi.' },
		{ speaker: 'B', start: 12, end: 14, text: 'Fine.' },
	];

	it('highlight only the paragraph if the times of words aren’t known', async () => {
		await open(pageOf(aTranscript({ utterances }), EMBEDDED), async ({ page }) => {
			const spoken = async (time: number) => {
				await seek(page, time);
				expect(await highlighted(page, 'spoken')).toEqual([]);
				return await currentParagraph(page);
			};
			expect(await spoken(1)).toMatch(/^First/);
			expect(await spoken(4.5)).toBe('Hi.');
			// The first speaker is still speaking.
			expect(await spoken(6)).toMatch(/^First/);
			expect(await spoken(13)).toBe('Fine.');
			const box = (await page.locator('p > span').first().boundingBox()) as { x: number; y: number };
			await page.mouse.click(box.x + 260, box.y + 8);
			// The estimated start of the second sentence.
			expect(await currentTime(page)).toBeCloseTo(5.1, 0);
		});
	});

	it('mark what is said on another channel in between', async () => {
		await open(pageOf(INTERRUPTED, EMBEDDED), async ({ page }) => {
			const spoken = async (time: number) => {
				await seek(page, time);
				return await currentParagraph(page);
			};
			expect(await spoken(4.9)).toMatch(/^The quick/);
			expect(await spoken(5.1)).toBe('Right.');
			expect(await spoken(5.5)).toMatch(/^The quick/);
		});
	});

	it('can be read, searched, and copied without times', async () => {
		await open(pageOf(aTranscript({ text: 'Hello there.' }), EMBEDDED), async ({ page, problems }) => {
			await seek(page, 5);
			expect(await currentParagraph(page)).toBeNull();
			expect(await page.isVisible('.follow')).toBe(false);
			await page.fill('[type=search]', 'THERE');
			expect(await highlighted(page, 'selected')).toEqual(['there']);
			expect(await page.locator('[data-copy]').allTextContents()).toEqual(['Copy text']);
			expect(problems).toEqual([]);
		});
	});

	it('can be played without speech', async () => {
		await open(pageOf(aTranscript(), EMBEDDED), async ({ page, problems }) => {
			await seek(page, 5);
			expect(await page.textContent('.nothing')).toBe('No speech was detected.');
			expect(problems).toEqual([]);
		});
	});
});

describe('The search', () => {
	it('finds text after the first 65,536 characters of a paragraph, where some versions of Chromium divide it', async () => {
		const transcript = transcriptOf(`${'x'.repeat(70_000)}end`);
		await open(pageOf(transcript, EMBEDDED), async ({ page }) => {
			await page.evaluate(`document.querySelector('p > span').firstChild.splitText(65_536)`);
			await page.fill('[type=search]', 'end');
			expect(await page.textContent('output')).toBe('1 of 1');
			expect(await highlighted(page, 'selected')).toEqual(['end']);
		});
	});

	it('counts the results and goes through them', async () => {
		await openCall(async ({ page }) => {
			const field = page.locator('[type=search]');
			const count = async () => await page.textContent('output');
			const total = (makeFile('txt', CALL, { includeSpeakers: false }).match(/you/gi) ?? []).length;
			expect(total).toBeGreaterThan(2);
			await field.fill('YOU');
			expect(await count()).toBe(`1 of ${total}`);
			expect(await highlighted(page, 'found')).toHaveLength(total);
			await field.press('Enter');
			expect(await count()).toBe(`2 of ${total}`);
			await page.click('.previous');
			await page.click('.previous');
			expect(await count()).toBe(`${total} of ${total}`);
			await page.click('.next');
			expect(await count()).toBe(`1 of ${total}`);
			await field.press('Shift+Enter');
			expect(await count()).toBe(`${total} of ${total}`);
			const isOnScreen = `(() => { const [range] = CSS.highlights.get('selected'); const { top, bottom } = range.getBoundingClientRect(); return top > 0 && bottom < innerHeight; })()`;
			await until(page, isOnScreen);
			await field.fill('nowhere');
			expect(await count()).toBe('No results');
			expect(await page.isDisabled('.next')).toBe(true);
			await field.press('Escape');
			expect([await count(), await field.inputValue()]).toEqual(['', '']);
			expect(await highlighted(page, 'found')).toEqual([]);
		}, STILL);
	});

	it('ignores accents and the shape of quotation marks', async () => {
		const transcript = transcriptOf('Café “Zoë”. I don’t know. Stra\u00dfe, cafe\u0301s');
		await open(pageOf(transcript, EMBEDDED), async ({ page }) => {
			const find = async (query: string) => {
				await page.fill('[type=search]', query);
				return await highlighted(page, 'found');
			};
			expect(await find('cafe')).toEqual(['Café', 'cafe\u0301']);
			expect(await find('"zoe"')).toEqual(['“Zoë”']);
			expect(await find("don't")).toEqual(['don’t']);
			expect(await find('strasse')).toEqual(['Straße']);
			expect(await find('.*')).toEqual([]);
		});
	});
});

describe('The keyboard', () => {
	const isPaused = async (page: Page) => await page.evaluate(`document.querySelector('audio').paused`);

	it('plays, pauses, skips, and searches', async () => {
		await openCall(async ({ page }) => {
			await seek(page, 10);
			await page.keyboard.press('ArrowRight');
			expect(await currentTime(page)).toBe(15);
			await page.keyboard.press('ArrowLeft');
			await page.keyboard.press('ArrowLeft');
			expect(await currentTime(page)).toBe(5);
			await page.keyboard.press(' ');
			expect(await isPaused(page)).toBe(false);
			await page.keyboard.press(' ');
			expect(await isPaused(page)).toBe(true);
			await page.keyboard.press('/');
			await page.keyboard.type('a / b');
			expect(await page.inputValue('[type=search]')).toBe('a / b');
			expect(await isPaused(page)).toBe(true);
		});
	});

	it('leaves keys with modifiers, and those of focused controls, to the browser', async () => {
		await openCall(async ({ page }) => {
			await seek(page, 10);
			for (const keys of ['Control+ArrowRight', 'Alt+Shift+ArrowLeft', 'Meta+/', 'Shift+ArrowRight', 'Control+ '])
				await page.keyboard.press(keys);
			expect(await currentTime(page)).toBe(10);
			expect(await page.evaluate(`document.activeElement.localName`)).toBe('body');
			await page.focus('.speed');
			await page.keyboard.press('ArrowRight');
			await page.focus('.follow');
			await page.keyboard.press(' ');
			expect(await isPaused(page)).toBe(true);
			expect(await currentTime(page)).toBe(10);
			expect(await page.getAttribute('.follow', 'aria-pressed')).toBe('false');
		});
	});

	it('works while a button has the focus, except for the keys that press it', async () => {
		await openCall(async ({ page }) => {
			await seek(page, 10);
			await page.click('.follow');
			await page.keyboard.press('ArrowRight');
			expect(await currentTime(page)).toBe(15);
			await page.click('.keyboard summary');
			await page.keyboard.press('ArrowLeft');
			expect(await currentTime(page)).toBe(10);
			await page.keyboard.press(' ');
			expect(await isPaused(page)).toBe(true);
			await page.waitForSelector('.shortcuts', { state: 'hidden' });
			await page.keyboard.press('/');
			expect(await page.evaluate(`document.activeElement.type`)).toBe('search');
		});
	});

	it('does nothing after the shortcuts are turned off', async () => {
		await openCall(async ({ page }) => {
			await page.click('.keyboard summary');
			await page.click('.shortcuts');
			await page.keyboard.press('Escape');
			await page.waitForSelector('.shortcuts', { state: 'hidden' });
			await page.click('h1');
			await page.keyboard.press('/');
			await page.keyboard.press('ArrowRight');
			expect(await page.evaluate(`document.activeElement.localName`)).toBe('body');
			expect(await currentTime(page)).toBe(0);
		});
	});
});

describe('The copy buttons', () => {
	const TEXT = makeFile('txt', CALL, { includeSpeakers: false }).trim();

	/** Pastes into a new field, since pages can't read the clipboard. */
	async function pasted(page: Page): Promise<string> {
		await page.evaluate(
			`document.querySelector('main').append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))`,
		);
		await page.focus('#pasted');
		await page.keyboard.press('ControlOrMeta+v');
		return await page.evaluate(
			`(() => { const field = document.querySelector('#pasted'); field.remove(); return field.value; })()`,
		);
	}

	// Browsers treat localhost as secure. Elsewhere, only https:// pages can use the clipboard directly.
	it.each(['http://localhost', 'http://files.test'])('copy text, names, and a link, on %s', async (baseURL) => {
		await openCall(
			async ({ page }) => {
				const copy = async (what: string) => {
					await page.click('.menu summary');
					await page.click(`[data-copy=${what}]`);
					await until(page, `document.querySelector('[role=status]').textContent === 'Copied'`);
					const text = await pasted(page);
					await page.click('h1');
					return text;
				};
				expect(await copy('text')).toBe(TEXT);
				expect(await copy('speakers')).toBe(
					makeFile('txt', CALL)
						.trim()
						.replace(/^([AB]): /gm, 'Speaker $1: '),
				);
				await seek(page, 12.34);
				expect(await copy('link')).toBe(`${baseURL}/page.html#t=12.3`);
			},
			{ baseURL, permissions: ['clipboard-read', 'clipboard-write'] },
		);
	});
});

describe('The content security policy', () => {
	it('isn’t violated by the page, whatever the transcript contains', async () => {
		const hostile = HOSTILE.join(' ');
		const transcript = {
			...transcriptOf(`before ${hostile} after`, { speaker: '"><img src=x onerror=alert(1)>' }),
			summary: hostile,
			chapters: [{ title: hostile, summary: '</script><script>document.title = 1</script>', start: 0, end: 5 }],
			actionItems: [{ text: hostile, start: 1 }],
		};
		const html = pageOf(transcript, { ...EMBEDDED, title: '</title><script>document.title = 1</script>' });
		await open(html, async ({ page, requests, problems }) => {
			const tags = await page.evaluate<string[]>(
				`[...new Set([...document.querySelectorAll('main *')].map((element) => element.localName))]`,
			);
			expect(tags).not.toEqual(expect.arrayContaining(['script']));
			expect(tags).not.toEqual(expect.arrayContaining(['img']));
			expect(await page.title()).toBe('</title><script>document.title = 1</script>');
			await page.fill('[type=search]', '<script>');
			expect(await page.textContent('output')).toMatch(/^1 of/);
			await seek(page, 3);
			expect(await highlighted(page, 'spoken')).toHaveLength(1);
			expect(requests.filter((url) => !url.startsWith('data:'))).toEqual(['http://files.test/page.html']);
			expect(problems).toEqual([]);
		});
	});

	it('blocks scripts, handlers, styles, images, and requests that don’t belong to the page', async () => {
		const injected = `<script>document.title = 'script'</script><img src="http://files.test/call.mp3" onerror="document.title = 'handler'">
			<style>body { color: red }</style><p style="color: red">x</p><iframe src="http://files.test/call.mp3"></iframe>
			<audio src="http://files.test/other.mp3"></audio><a id="link" href="javascript:document.title = 'link'">x</a>`;
		const html = pageOf(CALL, { ...EMBEDDED, title: 'Call' }).replace('</main>', `${injected}</main>`);
		await open(html, async ({ page, requests, problems }) => {
			await page.click('#link');
			await page.evaluate(`fetch('/call.mp3').catch(() => {})`);
			expect(await page.title()).toBe('Call');
			expect(await page.evaluate(`getComputedStyle(document.body).color`)).not.toBe('rgb(255, 0, 0)');
			expect(requests.filter((url) => !url.startsWith('data:'))).toEqual(['http://files.test/page.html']);
			expect(problems.join('\n')).toMatch(/script-src[^]*img-src|img-src[^]*script-src/);
			// The page's own script still works.
			await seek(page, 10);
			expect(await highlighted(page, 'spoken')).toEqual([spokenAt(10)]);
		});
	});

	it('allows only the URL of the recording', async () => {
		const html = pageOf(CALL, { recordingUrl: RECORDING_URL });
		await open(
			html.replace(`src="${RECORDING_URL}"`, 'src="http://files.test/other.mp3"'),
			async ({ page, requests }) => {
				await page.waitForSelector('.failure:not([hidden])');
				expect(requests).toEqual(['http://files.test/page.html']);
			},
		);
	});

	it.each([
		['a;b,c.mp3', 'a;b,c.mp3'],
		['a%20b&c.mp3', 'a%20b&c.mp3'],
		['Grüße “1”.mp3', 'Gr%C3%BC%C3%9Fe%20%E2%80%9C1%E2%80%9D.mp3'],
		["it's.mp3", "it's.mp3"],
	])('allows a recording named %s', async (name, requested) => {
		const url = `http://files.test/${name}`;
		await open(pageOf(CALL, { recordingUrl: url }), async ({ page, requests, problems }) => {
			await page.waitForSelector('.failure:not([hidden])');
			expect(requests.at(-1)).toBe(`http://files.test/${requested}`);
			expect(problems.filter((problem) => problem.includes('Content Security Policy'))).toEqual([]);
		});
	});
});

describe('Accessibility', () => {
	/** Returns serious and critical findings of axe-core. Uses the browser's debugger, which the page's policy doesn't affect. */
	async function findings(page: Page): Promise<string[]> {
		await page.evaluate(axe.source);
		const { violations } = await page.evaluate<axe.AxeResults>(`axe.run({ resultTypes: ['violations'] })`);
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
	}

	it.each([
		['light', { width: 1280, height: 900 }],
		['dark', { width: 1280, height: 900 }],
		['light', { width: 390, height: 844 }],
		['dark', { width: 390, height: 844 }],
	] as const)('axe-core has no serious finding: %s, %j', async (colorScheme, viewport) => {
		await openCall(
			async ({ page }) => {
				await seek(page, 10);
				await page.fill('[type=search]', 'a');
				await page.click('.menu summary');
				expect(await findings(page)).toEqual([]);
			},
			{ colorScheme, viewport },
		);
	});

	it.each(['light', 'dark'] as const)(
		'axe-core has no serious finding without a recording: %s',
		async (colorScheme) => {
			await open(pageOf(FULL_CALL), async ({ page }) => expect(await findings(page)).toEqual([]), {
				colorScheme,
			});
		},
	);

	it('axe-core finds what is wrong', async () => {
		const html = pageOf(CALL, EMBEDDED).replace('aria-label="Speed"', '');
		await open(html, async ({ page }) => expect(await findings(page)).toEqual([expect.stringMatching(/^select-name/)]));
	});

	it.each(['light', 'dark'] as const)('highlighted words have sufficient contrast, %s', async (colorScheme) => {
		await openCall(
			async ({ page }) => {
				const contrasts = await page.evaluate<number[]>(`(() => {
					const colors = getComputedStyle(document.documentElement);
					const luminance = (name) => {
						const [r, g, b] = colors.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16) / 255)
							.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
						return 0.2126 * r + 0.7152 * g + 0.0722 * b;
					};
					const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
					return ['--spoken', '--found', '--selected', '--mark'].map((name) => contrast(luminance('--ink'), luminance(name)));
				})()`);
				for (const contrast of contrasts) expect(contrast).toBeGreaterThanOrEqual(4.5);
			},
			{ colorScheme },
		);
	});

	it('doesn’t scroll sideways on a phone', async () => {
		await openCall(
			async ({ page }) => {
				await page.fill('[type=search]', 'a');
				const [width, available] = await page.evaluate<[number, number]>(
					`[document.documentElement.scrollWidth, innerWidth]`,
				);
				expect(width).toBeLessThanOrEqual(available);
			},
			{ viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
		);
	});
});

describe('The menus', () => {
	/** A language that is written from right to left, and names and times as in the call. */
	const HEBREW = { ...CALL, language: 'he' };

	it.each(
		[320, 390, 600, 704, 705, 900].flatMap((width) => [
			['left to right', width, CALL] as const,
			['right to left', width, HEBREW] as const,
		]),
	)('are within the window, %s, %d pixels wide', async (_, width, transcript) => {
		await open(
			pageOf(transcript, EMBEDDED),
			async ({ page }) => {
				for (const summary of await page.locator('.menu summary').all()) {
					await summary.click();
					const menu = page.locator('.menu[open] > div');
					const { x, width: menuWidth } = (await menu.boundingBox()) as { x: number; width: number };
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x + menuWidth).toBeLessThanOrEqual(width);
					const extent = await page.evaluate(`document.documentElement.scrollWidth`);
					expect(extent).toBeLessThanOrEqual(width);
				}
			},
			{ viewport: { width, height: 800 } },
		);
	});
});

describe('Without the script', () => {
	it('the page shows the text and the browser’s player', async () => {
		await openCall(
			async ({ page }) => {
				expect(await page.isVisible('audio')).toBe(true);
				expect(await page.isVisible('.tools')).toBe(false);
				expect(await page.isVisible('p >> text=Northwind')).toBe(true);
			},
			{ javaScriptEnabled: false },
		);
	});
});

describe('On paper', () => {
	it('the page has the whole text, without the player and highlights', async () => {
		await openCall(async ({ page }) => {
			await seek(page, 10);
			await page.emulateMedia({ media: 'print' });
			expect(await page.isVisible('.player')).toBe(false);
			const styles = await page.evaluate<string[]>(
				`[...document.querySelectorAll('.part, .transcript p')].map((element) => getComputedStyle(element).contentVisibility + getComputedStyle(element).backgroundColor)`,
			);
			expect([...new Set(styles)]).toEqual(['visiblergba(0, 0, 0, 0)']);
		});
	});
});

describe('A transcript of 100,000 words', () => {
	it('needs few elements, and can be followed and searched', async () => {
		const long = wordsOf(
			Array.from({ length: 100_000 }, (_, index) => `word${index}${index % 10 === 9 ? '.' : ''}`).join(' '),
			{
				step: 0.0003,
			},
		).map((word, index) => ({ ...word, speaker: 'AB'[Math.floor(index / 40) % 2] }));
		await open(pageOf(aTranscript({ words: long }), EMBEDDED), async ({ page }) => {
			expect(await page.evaluate(`document.querySelectorAll('*').length`)).toBeLessThan(20_000);
			await seek(page, 27.004);
			const [word = ''] = await highlighted(page, 'spoken');
			expect(Math.abs(Number(/\d+/.exec(word)?.[0]) - 27.004 / 0.0003)).toBeLessThan(40);
			await page.fill('[type=search]', 'word99999');
			expect(await page.textContent('output')).toBe('1 of 1');
			const isOnScreen = `(() => { const [range] = CSS.highlights.get('selected'); const { top, bottom } = range.getBoundingClientRect(); return top > 0 && bottom <= innerHeight; })()`;
			await until(page, isOnScreen);
			await page.fill('[type=search]', 'word');
			expect(await page.textContent('output')).toBe('1 of 100000');
		});
	});
});

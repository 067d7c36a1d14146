import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { ensureChromium } from '../n8n/chromium';

/** A file to serve to the page. */
interface Served {
	contentType: string;
	body: string | Buffer;
}

const ORIGIN = 'http://files.test';

/**
 * Opens a page in a headless Chromium that can only access the given files.
 * @param files files by path, e.g. `/index.html`. The first one is opened
 * @param options `baseURL` replaces the origin of the files
 */
export async function withPage<T>(
	files: Readonly<Record<string, Served>>,
	work: (page: Page) => Promise<T>,
	options: BrowserContextOptions = {},
): Promise<T> {
	const browser = await chromium.launch({
		executablePath: await ensureChromium(),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-dev-shm-usage',
			'--no-first-run',
			'--autoplay-policy=no-user-gesture-required',
		],
	});
	try {
		const context = await browser.newContext(options);
		await context.route('**/*', async (route) => {
			const file = files[new URL(route.request().url()).pathname];
			await (file ? route.fulfill(responseOf(file, await route.request().headerValue('range'))) : route.abort());
		});
		const page = await context.newPage();
		await page.goto(`${options.baseURL ?? ORIGIN}${Object.keys(files)[0] ?? '/'}`);
		return await work(page);
	} finally {
		await browser.close();
	}
}

/** Returns the part that a player requests. Without ranges, it can't seek. */
function responseOf({ contentType, body }: Served, range: string | null) {
	const from = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? NaN);
	if (Number.isNaN(from)) return { contentType, body };
	const content = Buffer.from(body);
	return {
		status: 206,
		contentType,
		headers: {
			'Accept-Ranges': 'bytes',
			'Content-Range': `bytes ${from}-${content.length - 1}/${content.length}`,
		},
		body: content.subarray(from),
	};
}

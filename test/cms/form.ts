import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from '../../tools/n8n/chromium';
import { MINUTES } from '../e2e/harness';

/** The values to enter in the form. */
export interface Entry {
	/** Path to the recording. */
	recording: string;
	title: string;
	speakers?: string;
	language?: string;
}

/** Visits an n8n form in a browser that can only reach 127.0.0.1. */
export class Visitor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	static async open(viewport = { width: 1100, height: 1000 }): Promise<Visitor> {
		const browser = await chromium.launch({
			executablePath: await ensureChromium(),
			args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
		});
		const context = await browser.newContext({ viewport, colorScheme: 'light', deviceScaleFactor: 1.5 });
		await context.route(
			(address) => address.protocol.startsWith('http') && address.hostname !== '127.0.0.1',
			async (route) => await route.abort(),
		);
		const page = await context.newPage();
		page.setDefaultTimeout(MINUTES);
		return new Visitor(browser, page);
	}

	/** Fills in the form and submits it. */
	async submitForm(formUrl: string, { recording, title, speakers, language }: Entry): Promise<void> {
		const { page } = this;
		await page.goto(formUrl);
		await page.getByLabel('Recording').setInputFiles(recording);
		await page.getByLabel('Article Title').fill(title);
		if (speakers !== undefined) await page.getByLabel('Speakers').fill(speakers);
		if (language !== undefined) await page.getByLabel('Language').selectOption(language);
		await page.getByRole('button', { name: 'Submit' }).click();
	}

	/** Whether the form is being processed and can't be submitted again. */
	async isWaiting(): Promise<boolean> {
		return await this.page.getByRole('button', { name: 'Submit' }).isDisabled();
	}

	/** Waits for the page that the workflow shows when it ends. @returns the page's text and the URL of its link */
	async lastPage(timeout = 2 * MINUTES): Promise<{ text: string; link: string | undefined }> {
		const { page } = this;
		await page.waitForURL(/\/form-waiting\//, { timeout });
		const link = page.locator('.card a[href], .container a[href]').first();
		await page.locator('body').getByText(/\S/).first().waitFor();
		return {
			text: await page.locator('body').innerText(),
			link: (await link.count()) > 0 ? ((await link.getAttribute('href')) ?? undefined) : undefined,
		};
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

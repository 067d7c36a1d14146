import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './chromium';
import type { N8nClient } from './client/client';
import { BROWSER_ID, COOKIE_NAME } from './client/http';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-dev-shm-usage',
	'--disable-background-networking',
	'--disable-component-update',
	'--no-first-run',
	'--disable-sync',
	'--disable-extensions',
];

/** Generous, because the editor compiles 10 MB of JavaScript on a machine that may be busy. */
const TIMEOUT_MS = 120_000;

export interface EditorOptions {
	theme?: 'light' | 'dark';
	/** In CSS pixels. Default: 1440 × 900. */
	viewport?: { width: number; height: number };
	/** Pixels per CSS pixel in screenshots. Default: 1. */
	scale?: number;
}

/** n8n's editor in a headless browser. */
export class Editor {
	constructor(
		private readonly browser: Browser,
		/** Used for everything that has no method here. */
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Finds an element by n8n's test ID. */
	byTestId(id: string) {
		return this.page.locator(`[data-test-id="${id}"]`);
	}

	/** Opens a workflow and waits until all its nodes are visible on the canvas. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
		await this.dismissNotices();
		await this.page.keyboard.press('1');
		// Waits for the zoom animation.
		await this.page.waitForTimeout(700);
	}

	/** Opens a node's panel by double-clicking the node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.byTestId('ndv').waitFor();
		// Lists that the node's code loads appear a moment later.
		await this.page.waitForTimeout(300);
		await this.page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
	}

	/** Closes the panel with its button, because Escape would only leave the focused field. */
	async closeNode(): Promise<void> {
		const panel = this.byTestId('ndv');
		await this.byTestId('ndv-close-button').or(this.byTestId('back-to-canvas')).first().click();
		await panel.waitFor({ state: 'hidden' });
	}

	/** Opens the form of a credential, which makes n8n run its test. */
	async openCredential(id: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		await this.byTestId('editCredential-modal').waitFor();
	}

	/** Opens a workflow's list of executions, or one execution with its canvas. */
	async openExecution(workflowId: string, executionId?: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions/${executionId ?? ''}`);
		await this.byTestId('executions-sidebar').or(this.byTestId('workflow-execution-list')).first().waitFor();
		if (executionId === undefined) return;
		await this.waitForAnyCanvas();
		await this.page.waitForTimeout(700);
	}

	/** Waits for an execution's canvas. n8n 2.8 shows it in an iframe, n8n 2.41 in the page. */
	private async waitForAnyCanvas(): Promise<void> {
		const deadline = Date.now() + TIMEOUT_MS;
		for (;;) {
			const counts = await Promise.all(
				this.page.frames().map(async (frame) => await frame.locator('[data-test-id="canvas-node"]').count()),
			);
			if (counts.some((count) => count > 0)) return;
			if (Date.now() > deadline) throw new Error(`The execution's canvas didn't appear within ${TIMEOUT_MS / 1000} s`);
			await this.page.waitForTimeout(200);
		}
	}

	/** Takes a screenshot of the window, or of one element, as PNG. */
	async screenshot(path: string, element?: ReturnType<Page['locator']>): Promise<void> {
		await (element ?? this.page).screenshot({ path, animations: 'disabled' });
	}

	/** Closes toasts that would be visible in screenshots. */
	async dismissNotices(): Promise<void> {
		for (const button of await this.page.locator('.el-notification__closeBtn').all()) {
			await button.click({ timeout: 2_000 });
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

/**
 * Opens n8n's editor in a headless browser, in the client's session: n8n allows only five logins per minute and account.
 * Requests to all hosts except 127.0.0.1 are blocked, so that nothing depends on the network.
 * @param client a client that is logged in
 */
export async function openEditor({ session }: N8nClient, options: EditorOptions = {}): Promise<Editor> {
	const { theme = 'light', viewport = { width: 1440, height: 900 }, scale = 1 } = options;
	const { baseUrl: url, token } = session;
	if (token === undefined) throw new Error('The client must log in before the editor opens');
	const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
	try {
		const context = await browser.newContext({ viewport, deviceScaleFactor: scale, colorScheme: theme });
		await context.route(
			(address) => address.protocol.startsWith('http') && address.hostname !== '127.0.0.1',
			async (route) => await route.abort(),
		);
		await context.addCookies([{ name: COOKIE_NAME, value: token, url }]);
		// n8n stores the selected theme and the browser's ID here.
		const stored = { N8N_THEME: theme, 'n8n-browserId': BROWSER_ID };
		await context.addInitScript({ content: `Object.assign(localStorage, ${JSON.stringify(stored)})` });
		const page = await context.newPage();
		page.setDefaultTimeout(TIMEOUT_MS);
		await page.goto(url);
		return new Editor(browser, page, url);
	} catch (error) {
		await browser.close();
		throw error;
	}
}

import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './chromium';
import { demoOwner } from './client/client';

const FLAGS = [
	'--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking',
	'--disable-component-update', '--no-first-run', '--disable-sync', '--disable-extensions',
];

/** Much slower than on a desktop: the editor compiles its 10 MB of JavaScript on a busy machine. */
const TIMEOUT_MS = 60_000;

export interface EditorOptions {
	theme?: 'light' | 'dark';
	/** CSS pixels, default 1440 × 900. */
	viewport?: { width: number; height: number };
	/** Pixels per CSS pixel in screenshots, default 1. */
	scale?: number;
	owner?: { email: string; password: string };
}

/** n8n's editor in a headless browser. */
export class Editor {
	constructor(
		private readonly browser: Browser,
		/** For what has no method here. */
		readonly page: Page,
		private readonly url: string,
	) {}

	/** An element by n8n's own test ID. */
	byTestId(id: string) {
		return this.page.locator(`[data-test-id="${id}"]`);
	}

	/** Opens a workflow and waits until its nodes stand on the canvas, all in view. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
		await this.dismissNotices();
		await this.page.keyboard.press('1');
		// The canvas glides to its new zoom.
		await this.page.waitForTimeout(700);
	}

	/** Opens the panel of a node on the canvas (double click). */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.byTestId('ndv').waitFor();
		// Lists that come from the node's own code arrive a moment later.
		await this.page.waitForTimeout(300);
		await this.page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
	}

	/** By its button: Escape goes to the field that has the focus first. */
	async closeNode(): Promise<void> {
		const panel = this.byTestId('ndv');
		await this.byTestId('ndv-close-button').or(this.byTestId('back-to-canvas')).first().click();
		await panel.waitFor({ state: 'hidden' });
	}

	/** Opens the form of a credential. n8n then runs its test. */
	async openCredential(id: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		await this.byTestId('editCredential-modal').waitFor();
	}

	/** Opens the workflow's list of executions, or one of them with the canvas as it ran. */
	async openExecution(workflowId: string, executionId?: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions/${executionId ?? ''}`);
		await this.byTestId('executions-sidebar').or(this.byTestId('workflow-execution-list')).first().waitFor();
		if (executionId === undefined) return;
		await this.waitForAnyCanvas();
		await this.page.waitForTimeout(700);
	}

	/** n8n 2.8 shows an execution's canvas in a frame of its own, n8n 2.41 in the page. */
	private async waitForAnyCanvas(): Promise<void> {
		const deadline = Date.now() + TIMEOUT_MS;
		for (;;) {
			const counts = await Promise.all(
				this.page.frames().map(async (frame) => await frame.locator('[data-test-id="canvas-node"]').count()),
			);
			if (counts.some((count) => count > 0)) return;
			if (Date.now() > deadline) throw new Error(`The execution's canvas did not appear within ${TIMEOUT_MS / 1000} s`);
			await this.page.waitForTimeout(200);
		}
	}

	/** Writes a PNG of the window, or of one element. */
	async screenshot(path: string, element?: ReturnType<Page['locator']>): Promise<void> {
		await (element ?? this.page).screenshot({ path, animations: 'disabled' });
	}

	/** Closes toasts and hints that would stand in the picture. */
	async dismissNotices(): Promise<void> {
		for (const button of await this.page.locator('.el-notification__closeBtn').all()) {
			await button.click({ timeout: 2_000 });
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

async function login(page: Page, url: string, { email, password }: { email: string; password: string }): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(email);
	await page.locator('input[name="password"]').fill(password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

/**
 * Starts a headless browser and logs in to n8n's editor. Requests to every host but 127.0.0.1 are
 * blocked, so that nothing depends on the network.
 * @param url of n8n; its owner's account must exist (N8nClient.signIn)
 */
export async function openEditor(url: string, options: EditorOptions = {}): Promise<Editor> {
	const { theme = 'light', viewport = { width: 1440, height: 900 }, scale = 1, owner = demoOwner } = options;
	const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
	try {
		const context = await browser.newContext({ viewport, deviceScaleFactor: scale, colorScheme: theme });
		await context.route(
			(address) => address.protocol.startsWith('http') && address.hostname !== '127.0.0.1',
			async (route) => await route.abort(),
		);
		// n8n keeps the theme that was chosen in its settings here.
		await context.addInitScript({ content: `localStorage.setItem('N8N_THEME', '${theme}')` });
		const page = await context.newPage();
		page.setDefaultTimeout(TIMEOUT_MS);
		await login(page, url, owner);
		return new Editor(browser, page, url);
	} catch (error) {
		await browser.close();
		throw error;
	}
}

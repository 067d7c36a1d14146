import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, outputOf, projectFolder, type Credential, type Execution } from '../../tools/n8n';
import { type Login, type RunningWordpress, startWordpress } from '../../tools/wordpress';
import { MINUTES, requestsTo, sample, useTestbed } from '../e2e/harness';
import { scriptixStt } from '../e2e/profiles/scriptix';
import { readFragment, readVtt, unescapeHtml } from '../unit/transcript/files/readers';
import { type Entry, Visitor } from './form';
import { publishTemplate, type Published } from './template';

const testbed = useTestbed(scriptixStt);

let wordpress: RunningWordpress;
let wordpressCredential: Credential;
let published: Published;
let visitor: Visitor;

const createWordpressCredential = async ({ user, applicationPassword }: Login) =>
	await testbed.client.createCredential(`WordPress of ${user}`, 'wordpressApi', {
		username: user,
		password: applicationPassword,
		url: wordpress.url,
	});

beforeAll(async () => {
	wordpress = await startWordpress();
	wordpressCredential = await createWordpressCredential(wordpress.author);
	published = await publishTemplate(testbed, wordpressCredential);
}, 5 * MINUTES);

beforeEach(async () => {
	await wordpress.api.clear();
	visitor = await Visitor.open();
}, MINUTES);
afterEach(async () => await visitor.close());
afterAll(async () => await wordpress.close());

const recording = () => sample(testbed.sandbox, (file) => file === 'sales-call.mp3');
const entry = (): Entry => ({ recording: recording().path, title: 'A call about transcripts' });

/** Returns the ID of the service's only job. */
function onlyJob(): string {
	const jobs = testbed.sandbox.jobs.list();
	expect(jobs).toHaveLength(1);
	return jobs[0]?.id ?? '';
}

/** Waits until `count` executions are waiting for the service. */
async function waitForWaitingExecutions({ workflow }: Published, count = 1): Promise<void> {
	await waitFor(async () => {
		const all = await testbed.client.listExecutions(workflow.id);
		return all.filter(({ status }) => status === 'waiting').length >= count || undefined;
	});
}

/** Waits until the latest execution has ended. */
async function latestExecution({ workflow }: Published): Promise<Execution> {
	const ids = (await testbed.client.listExecutions(workflow.id)).map(({ id }) => Number(id));
	return await testbed.client.waitForExecution(String(Math.max(...ids)), MINUTES);
}

async function waitFor<T>(poll: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + MINUTES;
	for (;;) {
		const found = await poll();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error('Timed out after a minute');
		await sleep(200);
	}
}

const expectWordpressEmpty = async () =>
	expect([await wordpress.api.posts(), await wordpress.api.media()]).toEqual([[], []]);

/** Normalizes whitespace, because file formats and WordPress change it. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

it('creates a credential that passes n8n’s own test', async () => {
	expect(await testbed.client.testCredential(wordpressCredential)).toMatchObject({ status: 'OK' });
});

describe('a submitted recording', () => {
	it(
		'becomes a draft with the complete transcript and subtitles in the media library, without polling',
		async () => {
			testbed.sandbox.jobs.hold('processing');
			await visitor.submitForm(published.formUrl, {
				...entry(),
				title: 'Transcripts & “quotes” for <all>',
				speakers: 'Daniel, Maria Jensen',
				language: 'English (en)',
			});
			await waitForWaitingExecutions(published);
			// The node polls once after it starts waiting, because a callback sent before then would have been lost.
			await sleep(3_000);
			const asked = requestsTo(testbed.sandbox).length;
			await sleep(5_000);
			expect(await visitor.isWaiting()).toBe(true);
			expect(requestsTo(testbed.sandbox)).toHaveLength(asked);

			testbed.sandbox.jobs.release();
			const { text, link } = await visitor.lastPage();
			const [post, ...others] = await wordpress.api.posts();
			expect(others).toEqual([]);
			expect(text).toContain('The draft is ready');
			expect(text).toContain('Open “Transcripts & “quotes” for <all>” in WordPress');
			expect(link).toBe(`${wordpress.url}/wp-admin/post.php?post=${post?.id}&action=edit`);
			expect(post?.status).toBe('draft');
			expect(unescapeHtml(post?.title.raw ?? '')).toContain('Transcripts & “quotes” for');

			const content = post?.content.raw ?? '';
			const said = readFragment(content.replace(/<strong>[^<]*:<\/strong> /g, ''));
			expect(plain(said.join(' '))).toBe(recording().text);
			expect([...new Set(content.match(/(?<=<p><strong>)[^<]*(?=:<)/g))]).toEqual(['Daniel', 'Maria Jensen']);

			const [file, ...otherFiles] = await wordpress.api.media();
			expect(otherFiles).toEqual([]);
			expect(file).toMatchObject({
				post: post?.id,
				mime_type: 'text/vtt',
				source_url: expect.stringContaining(`/subtitles-${post?.id}.vtt`),
			});
			expect(content).toContain(`<a href="${file?.source_url}">`);
			const cues = readVtt(await (await fetch(file?.source_url ?? '')).text());
			expect(plain(cues.map((cue) => cue.text).join(' '))).toBe(recording().text);
			expect(new Set(cues.map(({ voice }) => voice))).toEqual(new Set(['Daniel', 'Maria Jensen']));

			expect((await latestExecution(published)).status).toBe('success');
		},
		5 * MINUTES,
	);

	it(
		'becomes a public article only when an author publishes it',
		async () => {
			await visitor.submitForm(published.formUrl, { ...entry(), speakers: 'Daniel, Maria Jensen' });
			await visitor.lastPage();
			const [draft] = await wordpress.api.posts();
			expect((await fetch(draft?.link ?? '')).status).toBe(404);

			const { link } = await wordpress.api.publish(draft?.id ?? 0);
			await visitor.page.setViewportSize({ width: 1100, height: 880 });
			await visitor.page.goto(link);
			await visitor.page.getByText('Northwind sales').waitFor();
			await visitor.page.evaluate('document.fonts.ready');
			expect(await visitor.page.locator('h1').innerText()).toBe('A call about transcripts');
			const folder = process.env.DOCS_SCREENSHOTS ? join(projectFolder, 'docs/images') : cacheFolder;
			await visitor.page.screenshot({ path: join(folder, 'wordpress-article.png') });
		},
		5 * MINUTES,
	);

	it(
		'becomes a draft even if the visitor leaves the form',
		async () => {
			testbed.sandbox.jobs.hold('processing');
			// The job stores the first 60 characters of the title. An emoji takes up two UTF-16 code units.
			const title = `${'A long title '.repeat(5).slice(0, 59)}🎙 and more`;
			await visitor.submitForm(published.formUrl, { ...entry(), title });
			await waitForWaitingExecutions(published);
			await visitor.page.goto('about:blank');
			testbed.sandbox.jobs.release();
			await waitFor(async () => (await wordpress.api.media())[0]);
			expect(await wordpress.api.posts()).toEqual([
				expect.objectContaining({ status: 'draft', title: expect.objectContaining({ raw: title }) }),
			]);
		},
		3 * MINUTES,
	);
});

describe('the form', () => {
	it(
		'shows why the service couldn’t transcribe the recording, and creates no post',
		async () => {
			testbed.sandbox.jobs.failNext('The recording has no audio track.');
			await visitor.submitForm(published.formUrl, entry());
			const { text } = await visitor.lastPage();
			expect(text).toContain('There is no transcript');
			expect(text).toContain('The recording has no audio track.');
			expect(text).toContain(onlyJob());
			await expectWordpressEmpty();
			expect((await latestExecution(published)).status).toBe('success');
		},
		3 * MINUTES,
	);

	it(
		'shows why the service didn’t accept the recording',
		async () => {
			testbed.sandbox.httpFaults.add({ kind: 'status', status: 401, match: { method: 'POST', path: '/api/v3/stt' } });
			await visitor.submitForm(published.formUrl, entry());
			const { text } = await visitor.lastPage();
			expect(text).toContain('The recording wasn’t accepted');
			expect(text).toMatch(/API key/i);
			expect(testbed.sandbox.jobs.list()).toEqual([]);
			await expectWordpressEmpty();
		},
		3 * MINUTES,
	);

	it(
		'shows the ID of a transcript that WordPress rejected',
		async () => {
			const wrong = await createWordpressCredential({ ...wordpress.author, applicationPassword: 'not the password' });
			const refused = await publishTemplate(testbed, wrong);
			await visitor.submitForm(refused.formUrl, entry());
			const { text } = await visitor.lastPage();
			expect(text).toContain('The draft couldn’t be created');
			expect(text).toContain(onlyJob());
			await expectWordpressEmpty();
			await testbed.client.unpublish(refused.workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'links to the draft and reports missing subtitles if WordPress accepts only the draft',
		async () => {
			const poor = await publishTemplate(testbed, await createWordpressCredential(wordpress.contributor));
			await visitor.submitForm(poor.formUrl, entry());
			const { text, link } = await visitor.lastPage();
			expect(text).toContain('The draft is ready');
			expect(text).toContain('Its subtitles are missing');
			expect(link).toContain('/wp-admin/post.php?post=');
			expect(await wordpress.api.media()).toEqual([]);
			expect(outputOf(await latestExecution(poor), 'Create Draft')[0]?.json).toMatchObject({ status: 'draft' });
			await testbed.client.unpublish(poor.workflow.id);
		},
		3 * MINUTES,
	);
});

describe('at the deadline', () => {
	it(
		'creates the draft of a job whose callback was lost, and shows the ID of an unfinished job',
		async () => {
			const soon = await publishTemplate(testbed, wordpressCredential, ({ name, parameters }) => {
				if (name === 'Transcribe Recording') Object.assign(parameters, { deadlineAmount: 1, deadlineUnit: 'minutes' });
			});
			testbed.sandbox.jobs.hold('processing');
			const other = await Visitor.open();
			try {
				await visitor.submitForm(soon.formUrl, entry());
				await waitForWaitingExecutions(soon);
				const lost = onlyJob();
				await other.submitForm(soon.formUrl, { ...entry(), title: 'Never finished' });
				await waitForWaitingExecutions(soon, 2);
				const unfinished = testbed.sandbox.jobs.list().find(({ id }) => id !== lost)?.id ?? '';
				testbed.sandbox.callbacks.addFault({ kind: 'lost', match: { jobId: lost } });
				testbed.sandbox.jobs.release(lost);

				const pages = await Promise.all([visitor.lastPage(5 * MINUTES), other.lastPage(5 * MINUTES)]);
				expect(pages[0].text).toContain('The draft is ready');
				expect(pages[1].text).toContain('The transcript isn’t finished yet.');
				expect(pages[1].text).toContain(unfinished);
				expect((await wordpress.api.posts()).map(({ title }) => title.raw)).toEqual(['A call about transcripts']);
				expect(await wordpress.api.media()).toHaveLength(1);
			} finally {
				await other.close();
			}
		},
		8 * MINUTES,
	);
});

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, outputOf, projectFolder, type Credential, type Execution } from '../../tools/n8n';
import { type Login, type RunningWordpress, startWordpress } from '../../tools/wordpress';
import { MINUTES, requestsTo, sample, useStage } from '../e2e/harness';
import { readFragment, readVtt, unescapeHtml } from '../unit/transcript/files/readers';
import { type Entry, Visitor } from './form';
import { publishTemplate, type Published } from './template';

const stage = useStage();

let wordpress: RunningWordpress;
let site: Credential;
let published: Published;
let visitor: Visitor;

const siteCredential = async ({ user, applicationPassword }: Login) =>
	await stage.client.createCredential(`WordPress of ${user}`, 'wordpressApi', { username: user, password: applicationPassword, url: wordpress.url });

beforeAll(async () => {
	wordpress = await startWordpress();
	site = await siteCredential(wordpress.author);
	published = await publishTemplate(stage, site);
}, 5 * MINUTES);

beforeEach(async () => {
	await wordpress.api.clear();
	visitor = await Visitor.open();
}, MINUTES);
afterEach(async () => await visitor.close());
afterAll(async () => await wordpress.close());

const recording = () => sample(stage.sandbox, (file) => file === 'sales-call.mp3');
const entry = (): Entry => ({ recording: recording().path, title: 'A call about transcripts' });

/** The ID of the job that the service got; there must be no other. */
function onlyJob(): string {
	const jobs = stage.sandbox.jobs.list();
	expect(jobs).toHaveLength(1);
	return jobs[0]?.id ?? '';
}

/** Returns as soon as so many executions wait for the service. */
async function parked({ workflow }: Published, count = 1): Promise<void> {
	await eventually(async () => {
		const all = await stage.client.listExecutions(workflow.id);
		return all.filter(({ status }) => status === 'waiting').length >= count || undefined;
	});
}

/** The newest execution, once it has ended. */
async function lastExecution({ workflow }: Published): Promise<Execution> {
	const ids = (await stage.client.listExecutions(workflow.id)).map(({ id }) => Number(id));
	return await stage.client.waitForExecution(String(Math.max(...ids)), MINUTES);
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + MINUTES;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error('It did not happen within a minute');
		await sleep(200);
	}
}

const nothingInWordpress = async () => expect([await wordpress.api.posts(), await wordpress.api.media()]).toEqual([[], []]);

/** What was said, without what formats and WordPress change about its looks. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

it('is a credential that n8n’s own test accepts', async () => {
	expect(await stage.client.testCredential(site)).toMatchObject({ status: 'OK' });
});

describe('a recording that is handed in', () => {
	it('becomes a draft with everything that was said, and subtitles in the media library, while nobody polls the service', async () => {
		stage.sandbox.jobs.hold('processing');
		await visitor.handIn(published.formUrl, { ...entry(), title: 'Transcripts & “quotes” for <all>', speakers: 'Daniel, Maria Jensen', language: 'English (en)' });
		await parked(published);
		// As soon as it is parked it looks once again: a callback before that would have been lost.
		await sleep(3_000);
		const asked = requestsTo(stage.sandbox).length;
		await sleep(5_000);
		expect(await visitor.isWaiting()).toBe(true);
		expect(requestsTo(stage.sandbox)).toHaveLength(asked);

		stage.sandbox.jobs.release();
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
		expect(file).toMatchObject({ post: post?.id, mime_type: 'text/vtt', source_url: expect.stringContaining(`${onlyJob()}.vtt`) });
		expect(content).toContain(`<a href="${file?.source_url}">`);
		const cues = readVtt(await (await fetch(file?.source_url ?? '')).text());
		expect(plain(cues.map((cue) => cue.text).join(' '))).toBe(recording().text);
		expect(new Set(cues.map(({ voice }) => voice))).toEqual(new Set(['Daniel', 'Maria Jensen']));

		expect((await lastExecution(published)).status).toBe('success');
	}, 5 * MINUTES);

	it('is an article for everybody once a person publishes it, and not before', async () => {
		await visitor.handIn(published.formUrl, { ...entry(), speakers: 'Daniel, Maria Jensen' });
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
	}, 5 * MINUTES);

	it('has its draft also when nobody stays at the form', async () => {
		stage.sandbox.jobs.hold('processing');
		// The job carries the first 60 characters of the title. An emoji has two of JavaScript's.
		const title = `${'A long title '.repeat(5).slice(0, 59)}🎙 and more`;
		await visitor.handIn(published.formUrl, { ...entry(), title });
		await parked(published);
		await visitor.page.goto('about:blank');
		stage.sandbox.jobs.release();
		await eventually(async () => (await wordpress.api.media())[0]);
		expect(await wordpress.api.posts()).toEqual([expect.objectContaining({ status: 'draft', title: expect.objectContaining({ raw: title }) })]);
	}, 3 * MINUTES);
});

describe('the person at the form reads', () => {
	it('why the service could not transcribe the recording, and there is no post', async () => {
		stage.sandbox.jobs.failNext('The recording has no audio track.');
		await visitor.handIn(published.formUrl, entry());
		const { text } = await visitor.lastPage();
		expect(text).toContain('There is no transcript');
		expect(text).toContain('The recording has no audio track.');
		expect(text).toContain(onlyJob());
		await nothingInWordpress();
		expect((await lastExecution(published)).status).toBe('success');
	}, 3 * MINUTES);

	it('why the service did not accept it', async () => {
		stage.sandbox.httpFaults.add({ kind: 'status', status: 401, match: { method: 'POST', path: '/v2/upload' } });
		await visitor.handIn(published.formUrl, entry());
		const { text } = await visitor.lastPage();
		expect(text).toContain('The recording wasn’t accepted');
		expect(text).toMatch(/API key/i);
		expect(stage.sandbox.jobs.list()).toEqual([]);
		await nothingInWordpress();
	}, 3 * MINUTES);

	it('which transcript WordPress refused, so that it can be fetched', async () => {
		const wrong = await siteCredential({ ...wordpress.author, applicationPassword: 'not the password' });
		const refused = await publishTemplate(stage, wrong);
		await visitor.handIn(refused.formUrl, entry());
		const { text } = await visitor.lastPage();
		expect(text).toContain('The draft couldn’t be created');
		expect(text).toContain(onlyJob());
		await nothingInWordpress();
		await stage.client.unpublish(refused.workflow.id);
	}, 3 * MINUTES);

	it('where the draft is and what became of the subtitles, when WordPress takes the one and not the other', async () => {
		const poor = await publishTemplate(stage, await siteCredential(wordpress.contributor));
		await visitor.handIn(poor.formUrl, entry());
		const { text, link } = await visitor.lastPage();
		expect(text).toContain('The draft is ready');
		expect(text).toContain('Its subtitles are missing');
		expect(link).toContain('/wp-admin/post.php?post=');
		expect(await wordpress.api.media()).toEqual([]);
		expect(outputOf(await lastExecution(poor), 'Create Draft')[0]?.json).toMatchObject({ status: 'draft' });
		await stage.client.unpublish(poor.workflow.id);
	}, 3 * MINUTES);
});

describe('at the deadline', () => {
	it('a transcript whose callback was lost becomes a draft, and who handed in one that is not finished reads its ID', async () => {
		const soon = await publishTemplate(stage, site, ({ name, parameters }) => {
			if (name === 'Transcribe') Object.assign(parameters, { deadlineAmount: 1, deadlineUnit: 'minutes' });
		});
		stage.sandbox.jobs.hold('processing');
		const other = await Visitor.open();
		try {
			await visitor.handIn(soon.formUrl, entry());
			await parked(soon);
			const lost = onlyJob();
			await other.handIn(soon.formUrl, { ...entry(), title: 'Never finished' });
			await parked(soon, 2);
			const unfinished = stage.sandbox.jobs.list().find(({ id }) => id !== lost)?.id ?? '';
			stage.sandbox.callbacks.addFault({ kind: 'lost', match: { jobId: lost } });
			stage.sandbox.jobs.release(lost);

			const pages = await Promise.all([visitor.lastPage(5 * MINUTES), other.lastPage(5 * MINUTES)]);
			expect(pages[0].text).toContain('The draft is ready');
			expect(pages[1].text).toContain('The transcript isn’t finished yet.');
			expect(pages[1].text).toContain(unfinished);
			expect((await wordpress.api.posts()).map(({ title }) => title.raw)).toEqual(['A call about transcripts']);
			expect(await wordpress.api.media()).toHaveLength(1);
		} finally {
			await other.close();
		}
	}, 8 * MINUTES);
});

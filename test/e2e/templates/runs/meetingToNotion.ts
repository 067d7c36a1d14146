import { readFileSync } from 'node:fs';
import { outputOf, type JsonObject } from '../../../../tools/n8n';
import { callbackExecutions, MINUTES, sample } from '../../harness';
import type { Site } from '../internet';
import { failure, runPinned, transcript } from '../pinned';
import { expectSpoken, RECORDING, rehearse, runHalf, type Rehearsal } from '../rehearsal';
import { googleDrive, googleDriveCredential } from '../services/googleDrive';
import { DATABASE_ID, notion, notionCredential, type NotionPage } from '../services/notion';
import type { TemplateTestbed } from '../testbed';

const credentials = { googleDriveOAuth2Api: googleDriveCredential, notionApi: notionCredential };
const choices = { 'Create Page': { databaseId: { __rl: true, mode: 'list', value: DATABASE_ID } } };
const LINK = 'https://drive.google.com/file/d/file1/view';

/** A folder with one recording, and a Notion workspace. */
function prepare(template: TemplateTestbed) {
	const content = readFileSync(sample(template.testbed.sandbox, (file) => file === RECORDING).path);
	const workspace = notion();
	const drive = googleDrive('root', [{ id: 'file1', name: 'Weekly planning.mp3', mimeType: 'audio/mpeg', content }]);
	return { workspace, sites: { 'www.googleapis.com': drive, 'api.notion.com': workspace.site } };
}

const submitRecording: Rehearsal['submitRecording'] = async (template, workflow) =>
	await runHalf(template, workflow, 'Watch Folder', 'Submit Recording');

/** Returns the texts of the blocks below a heading. */
function textsBelow({ blocks }: NotionPage, heading: string): string[] {
	const start = blocks.findIndex(({ type, text }) => type === 'heading_2' && text === heading);
	if (start < 0) return [];
	const end = blocks.findIndex(({ type }, index) => index > start && type === 'heading_2');
	return blocks.slice(start + 1, end < 0 ? undefined : end).map(({ text }) => text);
}

const metadata = (title: string) => ({ title, recordedAt: '2026-11-02T09:00:00.000Z', fileId: 'file1' });

/** A block as Notion returns it. */
interface NotionResult {
	parent: { page_id: string };
}

/** A transcript with this many turns, as the trigger returns it. */
function longMeeting(id: string, turns: number): JsonObject {
	const utterances = Array.from({ length: turns }, (_, index) => ({
		speaker: index % 2 === 0 ? 'A' : 'B',
		start: index * 10,
		end: index * 10 + 9,
		text: `Turn ${index + 1}.`,
	}));
	return { ...transcript(id, metadata(`Meeting ${id}`)), utterances };
}

/** Notion, which is down for requests with a body that matches. */
const downFor =
	(site: Site, matching: RegExp): Site =>
	(request) =>
		matching.test(JSON.stringify(request.json ?? ''))
			? { status: 503, json: { object: 'error', status: 503, code: 'service_unavailable', message: 'Notion is down' } }
			: site(request);

export function meetingToNotion(template: TemplateTestbed): void {
	const setUp = async () => await template.setUp('meeting-to-notion', credentials, choices);

	rehearse(template, 'meeting-to-notion', async () => {
		const { workspace, sites } = prepare(template);
		return {
			credentials,
			choices,
			sites,
			submitRecording,
			expectTranscript(text) {
				expect(workspace.pages).toHaveLength(1);
				const page = workspace.pages[0]!;
				expect(page.title).toBe('Weekly planning');
				expect(page.properties.Recording).toMatchObject({ url: LINK });
				expect(page.properties.Minutes).toMatchObject({ number: 1 });
				expect(Date.parse((page.properties.Date?.date as { start: string }).start)).toBeGreaterThan(
					Date.now() - 10 * MINUTES,
				);
				expect(textsBelow(page, 'Summary').join(' ')).not.toBe('');
				expect(textsBelow(page, 'Action items')).toEqual([expect.stringContaining('Follow up: ')]);
				expect(page.blocks.filter(({ type }) => type === 'to_do')).toHaveLength(1);
				const spoken = textsBelow(page, 'Transcript');
				expect(spoken[0]).toMatch(/^Speaker \w+, 00:00:0\d: /);
				expectSpoken(spoken.map((turn) => turn.replace(/^Speaker \w+, [\d:]+: /, '')).join(' '), text);
			},
			expectFailure(reason) {
				expect(workspace.pages.map(({ title }) => title)).toEqual(['Not transcribed: Weekly planning']);
				const page = workspace.pages[0]!;
				expect(page.properties.Recording).toMatchObject({ url: LINK });
				expect(page.blocks).toEqual([
					expect.objectContaining({ type: 'callout', text: expect.stringContaining(reason) }),
				]);
			},
		};
	});

	it(
		'doesn’t acknowledge a transcript while Notion is down, and recovers it during the nightly run',
		async () => {
			const { workspace, sites } = prepare(template);
			template.internet.mock({
				...sites,
				'api.notion.com': () => ({ status: 503, json: { message: 'Notion is down' } }),
			});
			const workflow = await setUp();
			await submitRecording(template, workflow);
			const [execution] = await callbackExecutions(template.testbed, workflow, 1, MINUTES);

			expect(execution?.error?.message).toContain('No page was created for "Weekly planning"');
			expect(execution?.runs).not.toHaveProperty('Acknowledge');

			template.internet.mock(sites);
			const { client } = template.testbed;
			const [missed] = outputOf(execution!, 'Receive Transcript');
			// By the following night, the grace period of Recover Missed is over.
			const recovered = await runPinned(template, workflow, 'Run Every Night', 'Recover Missed', [missed!.json]);
			expect(recovered.error).toBeUndefined();
			expect(outputOf(recovered, 'Acknowledge')).toHaveLength(1);
			expect(workspace.pages.map(({ title }) => title)).toEqual(['Weekly planning']);
			await client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'recovers several jobs of different lengths during the nightly run, and trashes a page that can’t be completed',
		async () => {
			const { workspace, sites } = prepare(template);
			template.internet.mock({ ...sites, 'api.notion.com': downFor(workspace.site, /Turn 150\. of broken/) });
			const workflow = await setUp();
			const broken = longMeeting('broken', 250);
			for (const turn of broken.utterances as JsonObject[]) turn.text = `${String(turn.text)} of broken`;

			const execution = await runPinned(template, workflow, 'Run Every Night', 'Recover Missed', [
				broken,
				longMeeting('long', 230),
				transcript('short', metadata('Meeting short')),
				failure('failed', metadata('Meeting failed')),
			]);

			expect(execution.error?.message).toContain('The page for "Meeting broken" wasn’t completed: ');
			expect(execution.error?.message).toContain('Notion is down');
			const acknowledged = outputOf(execution, 'Acknowledge').flatMap(({ json }) => json.results as NotionResult[]);
			expect([...new Set(acknowledged.map(({ parent }) => parent.page_id))]).toEqual(
				workspace.pages.filter(({ inTrash }) => !inTrash).map(({ id }) => id),
			);
			expect([...workspace.appends].sort((a, b) => a - b)).toEqual([1, 2, 31, 100, 100, 100]);
			expect(workspace.pages.map(({ title, inTrash }) => [title, inTrash])).toEqual([
				['Meeting broken', true],
				['Meeting long', false],
				['Meeting short', false],
				['Not transcribed: Meeting failed', false],
			]);
			const long = textsBelow(workspace.pages[1]!, 'Transcript');
			expect(long.map((turn) => turn.replace(/^.*: /, ''))).toEqual(
				Array.from({ length: 230 }, (_, index) => `Turn ${index + 1}.`),
			);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'splits long turns into paragraphs within Notion’s limits, and loses no character',
		async () => {
			const { workspace, sites } = prepare(template);
			template.internet.mock(sites);
			const workflow = await setUp();
			const text = [
				'She said “yes” & he said <no>, again and again. '.repeat(200),
				'word '.repeat(900),
				'🎙️'.repeat(1500),
			]
				.join('')
				.trim();

			const execution = await runPinned(template, workflow, 'Receive Transcript', 'Receive Transcript', [
				{
					...transcript('long', metadata('Monologue'), text),
					warnings: ['The summary is missing.'],
					summary: 'First topic.\nSecond topic.',
					actionItems: [],
				},
			]);

			expect(execution.error).toBeUndefined();
			const page = workspace.pages[0]!;
			expect(page.blocks[0]).toMatchObject({ type: 'callout', text: 'The summary is missing.' });
			expect(textsBelow(page, 'Summary')).toEqual(['First topic.', 'Second topic.']);
			expect(page.blocks.map(({ text: heading }) => heading)).not.toContain('Action items');
			const spoken = textsBelow(page, 'Transcript').join('').replace('Speaker A, 00:00:00: ', '');
			expect(spoken.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
			expect(textsBelow(page, 'Transcript')[1]).toMatch(/again\.$/);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'says so if no speech was recognized, and works without speakers',
		async () => {
			const { workspace, sites } = prepare(template);
			template.internet.mock(sites);
			const workflow = await setUp();
			await runPinned(template, workflow, 'Receive Transcript', 'Receive Transcript', [
				transcript('silent', metadata('Silence'), ''),
				{ ...transcript('plain', metadata('Plain'), 'Hello there.'), utterances: [] },
			]);

			expect(workspace.pages.map(({ blocks }) => blocks.map(({ text }) => text))).toEqual([
				['No speech was recognized in this recording.'],
				['Transcript', 'Hello there.'],
			]);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);
}

import { outputOf, type Workflow } from '../../../../tools/n8n';
import { MINUTES } from '../../harness';
import { pinnedItems, runAllPinned, runPinned } from '../pinned';
import { expectSpoken, readable, recordingUrl, rehearse, runHalf } from '../rehearsal';
import { startGhost } from '../services/ghost';
import { podcast } from '../services/podcast';
import { dropTable, tableRows, waitForTable } from '../tables';
import type { TemplateTestbed } from '../testbed';

const { transcript, failure } = pinnedItems('instantTranscriber');
const TABLE = 'Podcast Jobs';
const EPISODE = { title: 'Seven: the &amp; only', link: 'https://podcast.example.com/7' };

export function podcastToGhost(template: TemplateTestbed): void {
	rehearse(template, 'podcast-to-ghost', async () => {
		const ghost = await startGhost();
		const { client } = template.testbed;
		await dropTable(client, TABLE);
		/** The workflow removes a job from its table once the draft exists. */
		const expectNoJob = async () => expect(await tableRows(client, TABLE)).toEqual([]);
		const onePost = () => {
			expect(ghost.violations).toEqual([]);
			expect(ghost.posts).toHaveLength(1);
			return ghost.posts[0]!;
		};
		return {
			credentials: { ghostAdminApi: ghost.credential },
			sites: { 'podcast.example.com': podcast([{ ...EPISODE, audioUrl: recordingUrl(template) }]) },
			async submitRecording(_, workflow) {
				await waitForTable(client, TABLE);
				await runHalf(template, workflow, 'Watch Feed', 'Store Job');
			},
			async expectTranscript(text) {
				const post = onePost();
				expect(post).toMatchObject({ title: 'Seven: the & only', status: 'draft' });
				expect(post.html).toContain(`<a href="${EPISODE.link}">`);
				expectSpoken(post.html, text);
				await expectNoJob();
			},
			async expectFailure(reason) {
				const post = onePost();
				expect(post).toMatchObject({ title: 'Not transcribed: Seven: the & only', status: 'draft' });
				expect(readable(post.html)).toContain(reason);
				await expectNoJob();
			},
			close: ghost.close,
		};
	});

	describe('with pinned data', () => {
		let ghost: Awaited<ReturnType<typeof startGhost>>;
		let workflow: Workflow;
		beforeEach(async () => {
			ghost = await startGhost();
			template.internet.mock({ 'podcast.example.com': podcast([]) });
			workflow = await template.setUp('podcast-to-ghost', { ghostAdminApi: ghost.credential });
			await waitForTable(template.testbed.client, TABLE);
		});
		afterEach(async () => {
			await template.testbed.client.unpublish(workflow.id);
			await ghost.close();
		});

		it(
			'recovers several jobs during the nightly run, even if Ghost rejects one, which isn’t acknowledged',
			async () => {
				const execution = await runAllPinned(template, workflow, 'Run Every Night', {
					'Read Jobs': [{ jobId: 'refused' }, { jobId: 'one' }, { jobId: 'two' }],
					'Recover Missed': [
						// Ghost accepts titles of up to 255 characters, although its schema allows up to 2,000.
						transcript('refused', { title: 'T'.repeat(2001), link: EPISODE.link }),
						transcript('one', { title: 'One', link: EPISODE.link }),
						failure('two', { title: 'Two', link: EPISODE.link }),
					],
				});

				expect(execution.error?.message).toContain('No draft was created for "TTT');
				expect(ghost.posts.map(({ title }) => title).sort()).toEqual(['Not transcribed: Two', 'One']);
				expect(outputOf(execution, 'Acknowledge')).toHaveLength(2);
			},
			3 * MINUTES,
		);

		it(
			'links to the episode’s URL from the feed',
			async () => {
				await runPinned(template, workflow, 'Receive Transcript', 'Receive Transcript', [
					transcript('one', { title: 'One', link: 'https://podcast.example.com/caf%C3%A9?a="1"&b=2' }),
				]);

				expect(ghost.posts[0]?.html).toContain(
					'<a href="https://podcast.example.com/caf%C3%A9?a=&quot;1&quot;&amp;b=2">',
				);
			},
			3 * MINUTES,
		);

		it(
			'submits audio and video, but no images or articles',
			async () => {
				const url = recordingUrl(template);
				const items = [{ enclosure: { url, type: 'image/jpeg' } }, { enclosure: { url, type: 'audio/mpeg' } }, {}];
				const execution = await runPinned(template, workflow, 'Watch Feed', 'Watch Feed', items, 'Submit Episode');

				expect(execution.error).toBeUndefined();
				expect(template.testbed.sandbox.jobs.list()).toHaveLength(1);
			},
			3 * MINUTES,
		);
	});
}

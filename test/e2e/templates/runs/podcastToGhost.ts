import { expectSpoken, readable, recordingUrl, rehearse, runHalf } from '../rehearsal';
import { startGhost } from '../services/ghost';
import { podcast } from '../services/podcast';
import type { TemplateStage } from '../stage';

const EPISODE = { title: 'Seven: the &amp; only', link: 'https://podcast.example.com/7' };

export function podcastToGhost(template: TemplateStage): void {
	rehearse(template, 'podcast-to-ghost', async () => {
		const ghost = await startGhost();
		const onePost = () => {
			expect(ghost.complaints).toEqual([]);
			expect(ghost.posts).toHaveLength(1);
			return ghost.posts[0]!;
		};
		return {
			credentials: { ghostAdminApi: ghost.credential },
			sites: { 'podcast.example.com': podcast([{ ...EPISODE, audioUrl: recordingUrl(template) }]) },
			handIn: async (_, workflow) => await runHalf(template, workflow, 'New Episode', 'Submit Episode'),
			expectTranscript(text) {
				const post = onePost();
				expect(post).toMatchObject({ title: 'Seven: the & only', status: 'draft' });
				expect(post.html).toContain(`<a href="${EPISODE.link}">`);
				expectSpoken(post.html, text);
			},
			expectFailure(reason) {
				const post = onePost();
				expect(post).toMatchObject({ title: 'Not transcribed: Seven: the & only', status: 'draft' });
				expect(readable(post.html)).toContain(reason);
			},
			close: ghost.close,
		};
	});
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf, projectFolder, type Workflow } from '../../../../tools/n8n';
import { callbackExecutions, MINUTES, sample } from '../../harness';
import { say } from '../chat';
import { pinnedItems, runPinned } from '../pinned';
import { RECORDING, rehearse, waitForSubmit } from '../rehearsal';
import { openAi, openAiCredential } from '../services/openAi';
import type { TemplateTestbed } from '../testbed';

const TITLE = 'Demo for Northwind';
const DATE = '2026-11-27';
const credentials = { openAiApi: openAiCredential };

const { transcript } = pinnedItems('speechmatics');

/** An agent that searches for the user's question, and then answers with all passages that it found. */
const model = () =>
	openAi(({ messages }) => {
		const last = messages.at(-1);
		if (last?.role === 'tool') return String(last.content);
		return { tool: 'Search_Calls', arguments: { input: String(last?.content) } };
	});

/** Uploads a recording in the form. */
async function upload({ testbed }: TemplateTestbed, { nodes }: Workflow): Promise<void> {
	const form = nodes.find(({ name }) => name === 'Upload Call')?.webhookId;
	const body = new FormData();
	const recording = readFileSync(join(projectFolder, 'samples', RECORDING));
	body.set('field-0', new File([recording], RECORDING, { type: 'audio/mpeg' }));
	body.set('field-1', TITLE);
	body.set('field-2', DATE);
	const response = await fetch(`${testbed.n8n.url}/form/${form}`, { method: 'POST', body });
	expect(response.status).toBe(200);
}

export function askYourCalls(template: TemplateTestbed): void {
	const ask = async (workflow: Workflow, question: string) => {
		const answered = await say(template, workflow, 'Receive Question', question);
		expect(answered.error).toBeUndefined();
		return String(outputOf(answered, 'Answer Question')[0]?.json.output);
	};

	rehearse(template, 'ask-your-calls', async () => {
		const service = model();
		let published: Workflow;
		return {
			credentials,
			sites: { 'api.openai.com': service.site },
			ownWebhookRuns: 1,
			async submitRecording(_, workflow) {
				published = workflow;
				await upload(template, workflow);
				await waitForSubmit(template, workflow);
			},
			async expectTranscript(text) {
				const [sentence = ''] = /[^.?!]+[.?!]/.exec(text) ?? [];
				expect(service.embedded.join('\n')).toContain(sentence);
				expect(await ask(published, sentence)).toContain(sentence);
			},
			async expectFailure(reason) {
				const answer = await ask(published, `Why does ${TITLE} have no transcript?`);
				expect(answer).toContain(`The call “${TITLE}” has no transcript: `);
				expect(answer).toContain(reason);
			},
		};
	});

	it(
		'answers with the call, the date, the time, and the speakers, and stores each chunk once',
		async () => {
			const service = model();
			template.internet.mock({ 'api.openai.com': service.site });
			const workflow = await template.setUp('ask-your-calls', credentials);
			await upload(template, workflow);
			await callbackExecutions(template.testbed, workflow, 2, MINUTES);
			const { text } = sample(template.testbed.sandbox, (file) => file === RECORDING);
			const sentences = text.match(/[^.?!]+[.?!]/g) ?? [];

			const stored = service.embedded.join('\n');
			for (const sentence of sentences) expect(stored).toContain(sentence.trim());
			for (const chunk of service.embedded) expect(chunk.length).toBeLessThanOrEqual(1000);

			const answer = await ask(workflow, String(sentences.at(-2)));
			expect(answer).toContain(sentences.at(-2)!.trim());
			expect(answer).toContain(TITLE);
			expect(answer).toContain(DATE);
			expect(answer).toMatch(/\b0:0\d:\d\d\b/);
			expect(answer).toContain('speakers');
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'stores a note for a call without speech, so that it isn’t recovered again',
		async () => {
			const service = model();
			template.internet.mock({ 'api.openai.com': service.site });
			const workflow = await template.setUp('ask-your-calls', credentials);

			const { error, runs } = await runPinned(template, workflow, 'Run Every Night', 'Recover Missed', [
				transcript('job-1', { title: TITLE }, ''),
			]);

			expect(error).toBeUndefined();
			expect(service.embedded).toEqual([`The call “${TITLE}” has no transcript: no speech was detected.`]);
			expect(Object.keys(runs)).toContain('Acknowledge');
		},
		3 * MINUTES,
	);

	it(
		'acknowledges no transcript that couldn’t be stored',
		async () => {
			const rejection = { status: 400, json: { error: { message: 'The model does not exist' } } };
			template.internet.mock({ 'api.openai.com': () => rejection });
			const workflow = await template.setUp('ask-your-calls', credentials);

			const { error, runs } = await runPinned(template, workflow, 'Run Every Night', 'Recover Missed', [
				transcript('job-1', { title: TITLE }),
			]);

			expect(`${error?.message} ${error?.description}`).toContain('The model does not exist');
			expect(Object.keys(runs)).not.toContain('Acknowledge');
		},
		3 * MINUTES,
	);

	it(
		'can be published twice, with separate stores',
		async () => {
			template.internet.mock({ 'api.openai.com': model().site });
			const workflows = [
				await template.setUp('ask-your-calls', credentials),
				await template.setUp('ask-your-calls', credentials),
			];
			await runPinned(template, workflows[0]!, 'Run Every Night', 'Recover Missed', [
				transcript('job-1', {}, 'The secret word is xylophone.'),
			]);

			expect(await ask(workflows[0]!, 'secret word')).toContain('xylophone');
			expect(await ask(workflows[1]!, 'secret word')).not.toContain('xylophone');
			for (const { id } of workflows) await template.testbed.client.unpublish(id);
		},
		3 * MINUTES,
	);
}

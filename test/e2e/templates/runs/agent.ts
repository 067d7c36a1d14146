import { outputOf, type Execution, type JsonObject, type Workflow } from '../../../../tools/n8n';
import { callbackExecutions, MINUTES } from '../../harness';
import { recordingUrl, rehearse } from '../rehearsal';
import { openAi, openAiCredential, type ChatRequest } from '../services/openAi';
import type { TemplateTestbed } from '../testbed';
import { dropTable, tableRows } from '../tables';

/** Sends a message in the editor's chat. */
async function say(
	{ testbed: { client } }: TemplateTestbed,
	workflow: Workflow,
	chatInput: string,
): Promise<Execution> {
	const json = { sessionId: 'user', action: 'sendMessage', chatInput };
	const { executionId = '' } = await client.session.rest<{ executionId?: string }>(
		'POST',
		`/workflows/${workflow.id}/run`,
		{
			workflowData: await client.getWorkflow(workflow.id),
			triggerToStartFrom: {
				name: 'Chat',
				data: {
					startTime: Date.now(),
					executionTime: 0,
					executionIndex: 0,
					executionStatus: 'success',
					source: [],
					data: { main: [[{ json }]] },
				},
			},
		},
	);
	return await client.waitForExecution(executionId, MINUTES);
}

const lastMessage = ({ messages }: ChatRequest) => String(messages.at(-1)?.content);

export function agent(template: TemplateTestbed): void {
	/** A model that looks up the job mentioned in the message. If no job is mentioned, it submits the recording. */
	const model = () =>
		openAi((request) => {
			const last = request.messages.at(-1);
			if (last?.role === 'tool') return lastMessage(request);
			const [, id] = /job (\S+)/.exec(lastMessage(request)) ?? [];
			if (id !== undefined) return { tool: 'Read_Transcripts', arguments: { transcriptId: id } };
			return { tool: 'Submit_Recording', arguments: { recording: recordingUrl(template) } };
		});
	const credentials = { openAiApi: openAiCredential };

	rehearse(template, 'agent', async () => {
		await dropTable(template.testbed.client, 'Transcripts');
		const rows = async () => await tableRows(template.testbed.client, 'Transcripts');
		return {
			credentials,
			sites: { 'api.openai.com': model().site },
			async submitRecording(_, workflow) {
				const execution = await say(template, workflow, 'Please transcribe the call.');
				expect(execution.error).toBeUndefined();
				expect(outputOf(execution, 'Assistant')[0]?.json.output).toContain(template.testbed.sandbox.jobs.list()[0]?.id);
			},
			async expectTranscript(text) {
				expect(await rows()).toEqual([
					expect.objectContaining({ status: 'completed', recording: recordingUrl(template), text }),
				]);
			},
			async expectFailure(reason) {
				expect(await rows()).toEqual([
					expect.objectContaining({ status: 'failed', errorMessage: expect.stringContaining(reason) }),
				]);
			},
		};
	});

	it(
		'answers from received transcripts',
		async () => {
			await dropTable(template.testbed.client, 'Transcripts');
			template.internet.mock({ 'api.openai.com': model().site });
			const workflow = await template.setUp('agent', credentials);
			await say(template, workflow, 'Please transcribe the call.');
			await callbackExecutions(template.testbed, workflow, 1, MINUTES);
			const [row] = (await tableRows(template.testbed.client, 'Transcripts')) as JsonObject[];

			const answered = await say(template, workflow, `What was said in job ${String(row?.transcriptId)} ?`);

			expect(answered.error).toBeUndefined();
			expect(outputOf(answered, 'Assistant')[0]?.json.output).toContain(String(row?.text).slice(0, 60));
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'explains why a recording wasn’t submitted',
		async () => {
			await dropTable(template.testbed.client, 'Transcripts');
			template.internet.mock({ 'api.openai.com': model().site });
			const workflow = await template.setUp('agent', credentials);
			await template.testbed.client.unpublish(workflow.id);

			const answered = await say(template, workflow, 'Please transcribe the call.');

			expect(outputOf(answered, 'Assistant')[0]?.json.output).toContain('isn’t listening yet');
			expect(template.testbed.sandbox.jobs.list()).toEqual([]);
		},
		3 * MINUTES,
	);

	it('can be published twice', async () => {
		template.internet.mock({ 'api.openai.com': model().site });
		const workflows = [await template.setUp('agent', credentials), await template.setUp('agent', credentials)];
		for (const { id } of workflows) await template.testbed.client.unpublish(id);
	});
}

import { outputOf, type JsonObject } from '../../../../tools/n8n';
import { callbackExecutions, MINUTES } from '../../harness';
import { RECORDING, recordingUrl, rehearse } from '../rehearsal';
import { say } from '../chat';
import { openAi, openAiCredential, type ChatRequest } from '../services/openAi';
import type { TemplateTestbed } from '../testbed';
import { dropTable, tableRows, waitForTable } from '../tables';

const lastMessage = ({ messages }: ChatRequest) => String(messages.at(-1)?.content);

export function agent(template: TemplateTestbed): void {
	/** A model that looks up the job mentioned in the message. If no job is mentioned, it submits the recording. */
	const model = (recording = recordingUrl(template)) =>
		openAi((request) => {
			const last = request.messages.at(-1);
			if (last?.role === 'tool') return lastMessage(request);
			const [, id] = /job (\S+)/.exec(lastMessage(request)) ?? [];
			if (id !== undefined) return { tool: 'Read_Transcripts', arguments: { transcriptId: id } };
			return { tool: 'Submit_Recording', arguments: { recording } };
		});
	const credentials = { openAiApi: openAiCredential };

	rehearse(template, 'agent', async () => {
		await dropTable(template.testbed.client, 'Transcripts');
		const rows = async () => await tableRows(template.testbed.client, 'Transcripts');
		return {
			credentials,
			sites: { 'api.openai.com': model().site },
			async submitRecording(_, workflow) {
				await waitForTable(template.testbed.client, 'Transcripts');
				const execution = await say(template, workflow, 'Receive Message', 'Please transcribe the call.');
				expect(execution.error).toBeUndefined();
				expect(outputOf(execution, 'Answer User')[0]?.json.output).toContain(
					template.testbed.sandbox.jobs.list()[0]?.id,
				);
			},
			async expectTranscript(text) {
				expect(await rows()).toEqual([expect.objectContaining({ status: 'completed', recording: RECORDING, text })]);
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
			await say(template, workflow, 'Receive Message', 'Please transcribe the call.');
			await callbackExecutions(template.testbed, workflow, 1, MINUTES);
			const [row] = (await tableRows(template.testbed.client, 'Transcripts')) as JsonObject[];

			const answered = await say(
				template,
				workflow,
				'Receive Message',
				`What was said in job ${String(row?.transcriptId)} ?`,
			);

			expect(answered.error).toBeUndefined();
			expect(outputOf(answered, 'Answer User')[0]?.json.output).toContain(String(row?.text).slice(0, 60));
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'stores the name of a recording, but no part of its URL that may be secret',
		async () => {
			await dropTable(template.testbed.client, 'Transcripts');
			const signed = `${recordingUrl(template)}?X-Amz-Signature=s3cr3t&X-Amz-Expires=600`;
			template.internet.mock({ 'api.openai.com': model(signed).site });
			const workflow = await template.setUp('agent', credentials);
			await say(template, workflow, 'Receive Message', 'Please transcribe the call.');
			const [received] = await callbackExecutions(template.testbed, workflow, 1, MINUTES);
			const rows = await tableRows(template.testbed.client, 'Transcripts');

			const downloads = template.testbed.sandbox.requests.list().map(({ path }) => path);
			expect(downloads).toContainEqual(expect.stringContaining(`${RECORDING}?X-Amz-Signature=s3cr3t`));
			expect(rows).toEqual([expect.objectContaining({ status: 'completed', recording: RECORDING })]);
			expect(outputOf(received!, 'Receive Transcript')[0]?.json.metadata).toEqual({ recording: RECORDING });
			expect(JSON.stringify([rows, received?.runs])).not.toContain('s3cr3t');
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

			const answered = await say(template, workflow, 'Receive Message', 'Please transcribe the call.');

			expect(outputOf(answered, 'Answer User')[0]?.json.output).toContain('No published Transcription Trigger for');
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

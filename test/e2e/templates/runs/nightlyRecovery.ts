import type { Workflow } from '../../../../tools/n8n';
import { MINUTES, node } from '../../harness';
import { recordingUrl, rehearse } from '../rehearsal';
import { startMailbox } from '../services/mailbox';
import type { TemplateTestbed } from '../testbed';
import { dropTable, tableRows } from '../tables';

/** Runs another workflow that calls the template with a recording. */
async function call({ testbed: { client } }: TemplateTestbed, workflow: Workflow, recording: string): Promise<void> {
	const caller = await client.createWorkflow({
		name: 'Caller',
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: workflow.id },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: { recording },
					schema: [
						{
							id: 'recording',
							displayName: 'recording',
							type: 'string',
							required: false,
							display: true,
							defaultMatch: false,
							canBeUsedToMatch: true,
						},
					],
					matchingColumns: [],
					attemptToConvertTypes: false,
					convertFieldsToString: true,
				},
				options: {},
			}),
		],
		connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
	});
	const { executionId = '' } = await client.runManually({ workflowId: caller.id, triggerNodeName: 'Start' });
	expect((await client.waitForExecution(executionId, MINUTES)).error).toBeUndefined();
}

export function nightlyRecovery(template: TemplateTestbed): void {
	rehearse(template, 'nightly-recovery', async () => {
		const mailbox = await startMailbox();
		await dropTable(template.testbed.client, 'Transcripts');
		return {
			credentials: { smtp: mailbox.credential },
			sites: {},
			submitRecording: async (_, workflow) => await call(template, workflow, recordingUrl(template)),
			async expectTranscript(text) {
				expect(await tableRows(template.testbed.client, 'Transcripts')).toEqual([
					expect.objectContaining({ status: 'completed', recording: recordingUrl(template), text }),
				]);
				expect(mailbox.mails).toEqual([]);
			},
			async expectFailure(reason) {
				expect(mailbox.mails).toHaveLength(1);
				expect(mailbox.mails[0]!.subject).toContain(recordingUrl(template));
				expect(mailbox.mails[0]!.text).toContain(reason);
				expect(await tableRows(template.testbed.client, 'Transcripts')).toEqual([]);
			},
			close: mailbox.close,
		};
	});

	describe('alerts', () => {
		/** Returns the subjects and recipients of the emails. One alert node's settings apply to all of them. */
		const alerts = () => mailbox.mails.map(({ subject, to }) => ({ subject, to: [to].flat()[0]?.text }));

		let mailbox: Awaited<ReturnType<typeof startMailbox>>;
		let workflow: Workflow;
		beforeEach(async () => {
			mailbox = await startMailbox();
			workflow = await template.setUp('nightly-recovery', { smtp: mailbox.credential });
		});
		afterEach(async () => {
			await template.testbed.client.unpublish(workflow.id);
			await mailbox.close();
		});

		it('sends an email if the service rejects the nightly request', async () => {
			const { client, sandbox } = template.testbed;
			sandbox.httpFaults.add({ kind: 'status', status: 403, next: 10 });
			const { executionId = '' } = await client.runManually({
				workflowId: workflow.id,
				triggerNodeName: 'Run Every Night',
			});
			await client.waitForExecution(executionId, MINUTES);

			expect(alerts()).toEqual([{ subject: 'Missed transcripts couldn’t be recovered', to: 'you@example.com' }]);
		});

		it(
			'sends an email if the workflow fails',
			async () => {
				const { client, sandbox } = template.testbed;
				sandbox.httpFaults.add({ kind: 'status', status: 403, next: 10, match: { method: 'GET' } });
				await call(template, workflow, recordingUrl(template));
				const deadline = Date.now() + MINUTES;
				while (mailbox.mails.length === 0 && Date.now() < deadline)
					await new Promise((resolve) => setTimeout(resolve, 200));

				expect(alerts()).toEqual([
					{ subject: `Workflow failed: ${(await client.getWorkflow(workflow.id)).name}`, to: 'you@example.com' },
				]);
			},
			3 * MINUTES,
		);
	});
}

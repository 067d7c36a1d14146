import { outputOf, type Workflow } from '../../../../tools/n8n';
import { callbackExecutions, MINUTES } from '../../harness';
import { pinnedItems, runPinned } from '../pinned';
import { expectSpoken, readable, recordingUrl, rehearse, waitForSubmit } from '../rehearsal';
import { openAi, openAiCredential } from '../services/openAi';
import { pipedrive, pipedriveCredential } from '../services/pipedrive';
import type { TemplateTestbed } from '../testbed';

const HEADER = { name: 'X-Phone-System', value: 'phone-system-secret' };
const SUMMARY = 'She takes the offer.\nDaniel sends it <today>.';
const credentials = { httpHeaderAuth: HEADER, openAiApi: openAiCredential, pipedriveApi: pipedriveCredential };

const { transcript, failure } = pinnedItems('soniox');

/** Reports a call as a phone system would and waits for n8n's response. */
async function report(
	{ testbed }: TemplateTestbed,
	{ id }: Workflow,
	recording: string,
	secret = HEADER.value,
	more: object = { callId: 'call-1', dealId: 42 },
): Promise<number> {
	const answer = await fetch(`${testbed.n8n.url}/webhook/${id}/call-recorded`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [HEADER.name]: secret },
		body: JSON.stringify({ ...more, recordingUrl: recording }),
	});
	return answer.status;
}

function prepare() {
	const crm = pipedrive([42]);
	const model = openAi(() => SUMMARY);
	return { crm, model, sites: { 'api.pipedrive.com': crm.site, 'api.openai.com': model.site } };
}

export function callToPipedrive(template: TemplateTestbed): void {
	rehearse(template, 'call-to-pipedrive', async () => {
		const { crm, model, sites } = prepare();
		return {
			credentials,
			sites,
			ownWebhookRuns: 1,
			async submitRecording(_, workflow) {
				expect(await report(template, workflow, recordingUrl(template))).toBe(200);
				await waitForSubmit(template, workflow);
			},
			expectTranscript(text) {
				expect(crm.activities).toEqual([
					expect.objectContaining({ deal_id: 42, type: 'call', done: true, duration: '00:01' }),
				]);
				const { note } = crm.activities[0]!;
				expect(readable(note)).toContain('She takes the offer. Daniel sends it <today>.');
				expectSpoken(note, text);
				expectSpoken(JSON.stringify(model.asked[0]?.messages), text.replace(/"/g, '\\"'));
			},
			expectFailure(reason) {
				expect(crm.activities).toEqual([expect.objectContaining({ deal_id: 42, done: false })]);
				expect(crm.activities[0]!.subject).toContain('couldn’t be transcribed');
				expect(readable(crm.activities[0]!.note)).toContain(reason);
				expect(model.asked).toEqual([]);
			},
		};
	});

	it(
		'submits a call that is reported twice only once, and rejects a report with a wrong secret',
		async () => {
			const { crm, sites } = prepare();
			template.internet.mock(sites);
			const workflow = await template.setUp('call-to-pipedrive', credentials);

			expect(await report(template, workflow, recordingUrl(template), 'another')).toBe(403);
			expect(await report(template, workflow, recordingUrl(template))).toBe(200);
			// n8n's Remove Duplicates may let two concurrent calls through.
			await callbackExecutions(template.testbed, workflow, 2, MINUTES);
			expect(await report(template, workflow, recordingUrl(template))).toBe(200);
			await callbackExecutions(template.testbed, workflow, 3, MINUTES);

			expect(template.testbed.sandbox.jobs.list()).toHaveLength(1);
			expect(crm.activities).toHaveLength(1);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'can be published twice, with separate webhook URLs',
		async () => {
			template.internet.mock(prepare().sites);
			const workflows = [
				await template.setUp('call-to-pipedrive', credentials),
				await template.setUp('call-to-pipedrive', credentials),
			];
			for (const workflow of workflows) expect(await report(template, workflow, recordingUrl(template))).toBe(200);
			for (const workflow of workflows) await callbackExecutions(template.testbed, workflow, 2, MINUTES);
			for (const { id } of workflows) await template.testbed.client.unpublish(id);
		},
		3 * MINUTES,
	);

	it(
		'loses no call if the phone system sends neither a call ID nor a deal ID',
		async () => {
			const { crm, sites } = prepare();
			template.internet.mock(sites);
			const workflow = await template.setUp('call-to-pipedrive', credentials);

			const call = async (number: number) =>
				await report(template, workflow, `${recordingUrl(template)}?call=${number}`, HEADER.value, {});
			await call(1);
			await call(2);
			await callbackExecutions(template.testbed, workflow, 4, MINUTES);
			await call(2);
			await callbackExecutions(template.testbed, workflow, 5, MINUTES);

			expect(template.testbed.sandbox.jobs.list()).toHaveLength(2);
			expect(crm.activities.map(({ subject, deal_id }) => [subject, deal_id])).toEqual(
				Array(2).fill(['Call, with summary', undefined]),
			);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'saves the transcript even if the language model is unavailable',
		async () => {
			const { crm, sites } = prepare();
			template.internet.mock({
				...sites,
				'api.openai.com': () => ({ status: 400, json: { error: { message: 'The model is overloaded' } } }),
			});
			const workflow = await template.setUp('call-to-pipedrive', credentials);

			await report(template, workflow, recordingUrl(template));
			await callbackExecutions(template.testbed, workflow, 2, MINUTES);

			expect(crm.activities).toHaveLength(1);
			expect(readable(crm.activities[0]!.note)).toContain('The language model returned no summary.');
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'recovers several jobs during the nightly run, even if one can’t be acknowledged because its deal was deleted',
		async () => {
			const { crm, sites } = prepare();
			template.internet.mock(sites);
			const workflow = await template.setUp('call-to-pipedrive', credentials);

			const execution = await runPinned(template, workflow, 'Run Every Night', 'Recover Missed', [
				transcript('gone', { dealId: '99', callId: '1' }),
				transcript('one', { dealId: '42', callId: '2' }),
				failure('two', { dealId: '42', callId: '3' }),
			]);

			expect(execution.error?.message).toContain('No activity was created for deal "99"');
			expect(crm.activities.map(({ done, note }) => [done, readable(note)])).toEqual(
				expect.arrayContaining([
					[true, expect.stringContaining('This was said in one.')],
					[false, expect.stringContaining('Call 3: No <audio>')],
				]),
			);
			expect(crm.activities).toHaveLength(2);
			expect(outputOf(execution, 'Acknowledge')).toHaveLength(2);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);
}

import type { Workflow } from '../../../tools/n8n';
import { callbackExecutions, MINUTES, sample } from '../harness';
import type { Site } from './internet';
import type { TemplateStage } from './stage';

/** The recording that is handed in. */
export const RECORDING = 'sales-call.mp3';

/** Why the service gives up, in the tests of failure branches. */
export const REASON = 'Audio file is corrupted';

/** A template with its outside world, new for each test. */
export interface Rehearsal {
	/** Data of the credentials that the template asks for beside the service's, by their type. */
	credentials: Record<string, Record<string, unknown>>;
	/** Hosts with fixed addresses. */
	sites: Record<string, Site>;
	/** Hands in a recording as the template's first node gets it. Resolves when it was submitted. */
	handIn(template: TemplateStage, workflow: Workflow): Promise<void>;
	/** How many executions of the workflow's own webhooks a handed in recording starts. Default: 0. */
	ownWebhookRuns?: number;
	/** Expects that the outside world has the transcript, once. */
	expectTranscript(text: string): Promise<void> | void;
	/** Expects that somebody outside learned that there is no transcript, and why. */
	expectFailure(reason: string): Promise<void> | void;
	close?(): Promise<void>;
}

/** What every template with a trigger promises. */
export function rehearse(template: TemplateStage, name: string, prepare: (template: TemplateStage) => Promise<Rehearsal>): void {
	describe('with a recording that is handed in', () => {
		let rehearsal: Rehearsal;
		let workflow: Workflow;
		beforeEach(async () => {
			rehearsal = await prepare(template);
			template.internet.play(rehearsal.sites);
			workflow = await template.setUp(name, rehearsal.credentials);
		});
		afterEach(async () => {
			await template.stage.client.unpublish(workflow.id);
			await rehearsal.close?.();
		});
		const received = async () => {
			const executions = await callbackExecutions(template.stage, workflow, 1 + (rehearsal.ownWebhookRuns ?? 0), MINUTES);
			return executions.find(({ runs }) => 'When Transcribed' in runs);
		};
		const text = () => sample(template.stage.sandbox, (file) => file === RECORDING).text;

		it('delivers the transcript when the service calls back, and acknowledges it', async () => {
			await rehearsal.handIn(template, workflow);
			const execution = await received();

			expect(execution?.error).toBeUndefined();
			await rehearsal.expectTranscript(text());
			expect(Object.keys(execution?.runs ?? {})).toContainEqual(expect.stringMatching(/^Acknowledge/));
			// One read, after the callback, and nothing that asks again: no template polls the service.
			expect(readsOf(template)).toHaveLength(1);
		}, 3 * MINUTES);

		it('tells of a job that failed, with the reason', async () => {
			template.stage.sandbox.jobs.failNext(REASON);
			await rehearsal.handIn(template, workflow);
			const execution = await received();

			expect(execution?.error).toBeUndefined();
			await rehearsal.expectFailure(REASON);
			expect(Object.keys(execution?.runs ?? {})).toContainEqual(expect.stringMatching(/^Acknowledge/));
		}, 3 * MINUTES);

		it.each(['transcript', 'failure'] as const)('brings back a %s at night whose callback was lost', async (kind) => {
			const { client, sandbox } = template.stage;
			sandbox.callbacks.addFault({ kind: 'lost' });
			if (kind === 'failure') sandbox.jobs.failNext(REASON);
			await rehearsal.handIn(template, workflow);
			await sandbox.settled();

			const { executionId = '' } = await client.runManually({ workflowId: workflow.id, triggerNodeName: 'Every Night' });
			const execution = await client.waitForExecution(executionId, MINUTES);

			expect(execution.error).toBeUndefined();
			await (kind === 'failure' ? rehearsal.expectFailure(REASON) : rehearsal.expectTranscript(text()));
			expect(Object.keys(execution.runs)).toContainEqual(expect.stringMatching(/^Acknowledge/));
		}, 3 * MINUTES);
	});
}

/** How often a transcript was asked for. */
function readsOf(template: TemplateStage): string[] {
	return template.stage.sandbox.requests
		.list()
		.filter(({ provider, method }) => provider !== null && method === 'GET')
		.map(({ path }) => path);
}

/** Runs the half of a canvas that submits, from its trigger. */
export async function runHalf({ stage }: TemplateStage, workflow: Workflow, triggerNodeName: string, destinationNode: string): Promise<void> {
	const { executionId = '' } = await stage.client.runManually({ workflowId: workflow.id, triggerNodeName, destinationNode });
	expect((await stage.client.waitForExecution(executionId, MINUTES)).error).toBeUndefined();
}

/** Where the service finds the recording. */
export function recordingUrl({ stage }: TemplateStage): string {
	return `${stage.sandbox.origin}/samples/${RECORDING}`;
}

/** HTML as a reader sees it: without marks, blanks as one. */
export function readable(html: string): string {
	return html
		.replace(/<[^>]+>/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ');
}

/** Expects every sentence of a text within HTML, whatever stands between them. */
export function expectSpoken(html: string, text: string): void {
	const seen = readable(html);
	for (const sentence of text.match(/[^.?!]+[.?!]/g) ?? []) expect(seen).toContain(sentence.trim());
}

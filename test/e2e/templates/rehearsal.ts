import type { Workflow } from '../../../tools/n8n';
import { callbackExecutions, MINUTES, sample } from '../harness';
import type { Site } from './internet';
import type { TemplateTestbed } from './testbed';

/** The submitted recording. */
export const RECORDING = 'sales-call.mp3';

/** The service's error message in the tests of failure branches. */
export const REASON = 'Audio file is corrupted';

/** The external services of a template, created for each test. */
export interface Rehearsal {
	/** Data for the other credentials that the template requires, by credential type. */
	credentials: Record<string, Record<string, unknown>>;
	/** Parameters that have no default, by the name of their node. */
	choices?: Record<string, Record<string, unknown>>;
	/** Hosts with fixed addresses. */
	sites: Record<string, Site>;
	/** Triggers the template with a recording. Resolves when the job is submitted. */
	submitRecording(template: TemplateTestbed, workflow: Workflow): Promise<void>;
	/** The number of executions that each submitted recording starts through the workflow's own webhooks. Default: 0. */
	ownWebhookRuns?: number;
	/** Asserts that the transcript was delivered exactly once. */
	expectTranscript(text: string): Promise<void> | void;
	/** Asserts that the failure was reported with its reason. */
	expectFailure(reason: string): Promise<void> | void;
	close?(): Promise<void>;
}

const TRIGGER = 'n8n-nodes-transcription.transcriptionTrigger';
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/** Returns the name of a workflow's only node of this type. */
function nameOf({ nodes }: Workflow, type: string): string {
	const found = nodes.filter((node) => node.type === type);
	expect(found).toHaveLength(1);
	return found[0]!.name;
}

/** Defines the tests that every template with a trigger must pass. */
export function rehearse(
	template: TemplateTestbed,
	name: string,
	prepare: (template: TemplateTestbed) => Promise<Rehearsal>,
): void {
	describe('for a submitted recording', () => {
		let rehearsal: Rehearsal;
		let workflow: Workflow;
		beforeEach(async () => {
			rehearsal = await prepare(template);
			template.internet.mock(rehearsal.sites);
			workflow = await template.setUp(name, rehearsal.credentials, rehearsal.choices);
		});
		afterEach(async () => {
			await template.testbed.client.unpublish(workflow.id);
			await rehearsal.close?.();
		});
		const received = async () => {
			const executions = await callbackExecutions(
				template.testbed,
				workflow,
				1 + (rehearsal.ownWebhookRuns ?? 0),
				MINUTES,
			);
			return executions.find(({ runs }) => nameOf(workflow, TRIGGER) in runs);
		};
		const text = () => sample(template.testbed.sandbox, (file) => file === RECORDING).text;

		it(
			'delivers and acknowledges the transcript after the callback',
			async () => {
				await rehearsal.submitRecording(template, workflow);
				const execution = await received();

				expect(execution?.error).toBeUndefined();
				await rehearsal.expectTranscript(text());
				expect(Object.keys(execution?.runs ?? {})).toContainEqual(expect.stringMatching(/^Acknowledge/));
				// The reads follow the callback. Polling would repeat them.
				const reads = readsOf(template);
				expect(reads.length).toBeGreaterThan(0);
				expect(new Set(reads).size).toBe(reads.length);
			},
			3 * MINUTES,
		);

		it(
			'reports a failed job with the reason',
			async () => {
				template.testbed.sandbox.jobs.failNext(REASON);
				await rehearsal.submitRecording(template, workflow);
				const execution = await received();

				expect(execution?.error).toBeUndefined();
				await rehearsal.expectFailure(REASON);
				expect(Object.keys(execution?.runs ?? {})).toContainEqual(expect.stringMatching(/^Acknowledge/));
			},
			3 * MINUTES,
		);

		it.each(['transcript', 'failure'] as const)(
			'recovers a %s with a lost callback during the nightly run',
			async (kind) => {
				const { client, sandbox } = template.testbed;
				sandbox.callbacks.addFault({ kind: 'lost' });
				if (kind === 'failure') sandbox.jobs.failNext(REASON);
				await rehearsal.submitRecording(template, workflow);
				await sandbox.settled();

				const { executionId = '' } = await client.runManually({
					workflowId: workflow.id,
					triggerNodeName: nameOf(workflow, SCHEDULE),
				});
				const execution = await client.waitForExecution(executionId, MINUTES);

				expect(execution.error).toBeUndefined();
				await (kind === 'failure' ? rehearsal.expectFailure(REASON) : rehearsal.expectTranscript(text()));
				expect(Object.keys(execution.runs)).toContainEqual(expect.stringMatching(/^Acknowledge/));
			},
			3 * MINUTES,
		);
	});
}

/** Returns the paths of all read requests to the service. */
function readsOf(template: TemplateTestbed): string[] {
	return template.testbed.sandbox.requests
		.list()
		.filter(({ provider, method }) => provider !== null && method === 'GET')
		.map(({ path }) => path);
}

/** Manually runs the part of a workflow that submits, starting from its trigger. */
export async function runHalf(
	{ testbed }: TemplateTestbed,
	workflow: Workflow,
	triggerNodeName: string,
	destinationNode: string,
): Promise<void> {
	const { executionId = '' } = await testbed.client.runManually({
		workflowId: workflow.id,
		triggerNodeName,
		destinationNode,
	});
	expect((await testbed.client.waitForExecution(executionId, MINUTES)).error).toBeUndefined();
}

/**
 * Waits until a job is submitted by a workflow's own webhook or form, because these respond before the execution ends.
 */
export async function waitForSubmit({ testbed }: TemplateTestbed, workflow: Workflow): Promise<void> {
	await testbed.client.waitForExecutions(workflow.id, 1, MINUTES, ({ mode }) => mode === 'webhook');
	expect(testbed.sandbox.jobs.list()).toHaveLength(1);
}

/** Returns the URL from which the service downloads the recording. */
export function recordingUrl({ testbed }: TemplateTestbed): string {
	return `${testbed.sandbox.origin}/samples/${RECORDING}`;
}

/** Returns the text of an HTML fragment, with white space collapsed. */
export function readable(html: string): string {
	return html
		.replace(/<[^>]+>/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ');
}

/** Expects every sentence of a text to be in the HTML, regardless of what is between sentences. */
export function expectSpoken(html: string, text: string): void {
	const seen = readable(html);
	for (const sentence of text.match(/[^.?!]+[.?!]/g) ?? []) expect(seen).toContain(sentence.trim());
}

import { demoWorkflow } from '../../tools/demo/workflow';
import type { Workflow, WorkflowDefinition } from '../../tools/n8n';
import { readTemplate, templateNames } from '../../tools/templates';
import { MINUTES, node, useTestbed } from './harness';

interface Finding {
	ruleId: string;
	nbAffectedWorkflows: number;
}

/** n8n's migration report, as under Settings → Migration Report. */
interface MigrationReport {
	totalWorkflows: number;
	report: { targetVersion: string; workflowResults: Finding[]; instanceResults: Finding[] };
}

interface RuleReport {
	affectedWorkflows: Array<{ id: string; issues: Array<{ nodeName?: string }> }>;
}

/** n8n 2.8 reports only what changes in version 2, so it can't check anything here. */
const describeWithReport = process.env.N8N_VERSION === '2.8' ? describe.skip : describe;

describeWithReport('the migration report to n8n 3', () => {
	const testbed = useTestbed();
	const ours: WorkflowDefinition[] = [
		...templateNames.map(readTemplate),
		demoWorkflow({ recording: '/recording.wav', provider: testbed.profile.provider, credentials: [] }),
	];
	const imported: Workflow[] = [];
	beforeAll(async () => {
		for (const workflow of ours) imported.push(await testbed.client.createWorkflow(workflow));
	}, MINUTES);

	const readReport = async () =>
		await testbed.client.session.rest<MigrationReport>('POST', '/breaking-changes/report/refresh?version=v3');

	it('names none of the templates, nor the demo workflow', async () => {
		const { report, totalWorkflows } = await readReport();
		expect(totalWorkflows).toBe(templateNames.length + 1);
		expect(report.targetVersion).toBe('v3');
		expect(report.workflowResults).toEqual([]);
	});

	it('names the nodes of a workflow that uses what n8n 3 removes', async () => {
		const submit = node('Submit', 'n8n-nodes-transcription.transcription', 1, {
			provider: testbed.profile.provider,
			resource: 'transcription',
			operation: 'submit',
			source: 'url',
			audioUrl: '={{ $getPairedItem("Start", 0).json.url }}',
		});
		const trigger = node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, {
			provider: testbed.profile.provider,
		});
		const outdated = await testbed.client.createWorkflow({
			name: 'Outdated',
			nodes: [submit, { ...trigger, alwaysOutputData: true } as typeof trigger],
			connections: {},
		});

		const { report } = await readReport();
		const named: Record<string, unknown> = {};
		for (const { ruleId } of report.workflowResults) {
			const { affectedWorkflows } = await testbed.client.session.rest<RuleReport>(
				'GET',
				`/breaking-changes/report/${ruleId}`,
			);
			named[ruleId] = affectedWorkflows.map(({ id, issues }) => [id, ...issues.map(({ nodeName }) => nodeName)]);
		}
		expect(named).toEqual({
			'get-paired-item-v3': [[outdated.id, 'Submit']],
			'always-output-data-multi-output-v3': [[outdated.id, 'Trigger']],
		});
	});
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, type WorkflowDefinition, type WorkflowNode } from '../../tools/n8n';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import { readTemplate, templateNames } from '../../tools/templates';

const isNote = ({ type }: WorkflowNode) => type === 'n8n-nodes-base.stickyNote';
const isOurs = ({ type }: WorkflowNode) => type.startsWith('n8n-nodes-transcription.');
const isTrigger = ({ type }: WorkflowNode) => type === 'n8n-nodes-transcription.transcriptionTrigger';
const operationOf = ({ parameters }: WorkflowNode) => parameters.operation;

/** Returns the nodes that a node's main outputs are connected to. */
const targetsOf = ({ connections }: WorkflowDefinition, name: string): string[] =>
	(connections[name]?.main ?? []).flatMap((output) => output ?? []).map(({ node }) => node);

/** Seven days are enough even if a server is down from Friday to Monday and the schedule next runs on Tuesday. */
const WEEK = '={{ $now.minus({ days: 7 }).toISO() }}';

const listsJobs = (provider: string) =>
	PROVIDERS.some(({ name, listing }) => name === provider && listing !== undefined);

/** All nodes downstream of a node. */
function downstreamOf(template: WorkflowDefinition, name: string): Set<string> {
	const seen = new Set<string>();
	const open = targetsOf(template, name);
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (seen.has(next)) continue;
		seen.add(next);
		open.push(...targetsOf(template, next));
	}
	return seen;
}

it('finds the templates', () => expect(templateNames.length).toBeGreaterThanOrEqual(6));

describe.each(templateNames)('%s', (name) => {
	const template = readTemplate(name);
	const nodes = template.nodes.filter((node) => !isNote(node));
	const notes = template.nodes.filter(isNote);
	const submits = nodes.filter((node) => ['submit', 'submitAndWait'].includes(String(operationOf(node))));

	it('contains no data of the n8n instance it was created in', () => {
		expect(Object.keys(template).sort()).toEqual(['connections', 'name', 'nodes', 'pinData', 'settings']);
		expect(template.pinData).toEqual({});
		expect(template.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(template.settings).toEqual({ executionOrder: 'v1' });
	});

	it('connects only existing nodes, and all of them', () => {
		const names = nodes.map((node) => node.name);
		expect(new Set(names).size).toBe(names.length);
		const linked = new Set<string>();
		for (const [from, types] of Object.entries(template.connections)) {
			for (const { node } of Object.values(types)
				.flat(2)
				.filter((target) => target !== null)) {
				expect(names).toContain(from);
				expect(names).toContain(node);
				linked.add(from).add(node);
			}
		}
		expect(names.filter((each) => !linked.has(each))).toEqual([]);
	});

	it('has a webhook ID on every node that needs one', () => {
		const webhookNodes = nodes.filter(({ type }) => /\.(webhook|form|transcriptionTrigger)$/.test(type));
		expect(webhookNodes.filter(({ webhookId }) => !/^[0-9a-f-]{36}$/.test(webhookId ?? ''))).toEqual([]);
	});

	it('can be published twice in one n8n instance, at URLs that can’t be guessed from the template', () => {
		// The editor keeps the paths and webhook IDs of imported nodes, and generates missing webhook IDs.
		const webhooks = nodes.filter(({ type }) => /\.(webhook|formTrigger|chatTrigger)$/.test(type));
		expect(
			webhooks.filter(
				(node) => node.webhookId !== undefined && !String(node.parameters.path).startsWith('={{ $workflow.id }}'),
			),
		).toEqual([]);
	});

	it('does not poll: it has no Wait node, no loop, and no Get with Wait Until Done', () => {
		expect(nodes.filter(({ type }) => /\.(wait|splitInBatches)$/.test(type))).toEqual([]);
		expect(nodes.filter((node) => downstreamOf(template, node.name).has(node.name))).toEqual([]);
		expect(
			nodes.filter(({ parameters }) => ![undefined, false].includes(parameters.waitUntilDone as undefined)),
		).toEqual([]);
	});

	it('has a failure branch', () => {
		const triggers = nodes.filter(isTrigger);
		for (const trigger of triggers) {
			const [completed, failed] = template.connections[trigger.name]?.main ?? [];
			expect(completed?.length).toBeGreaterThan(0);
			expect(failed?.length).toBeGreaterThan(0);
		}
		// Submit and Wait returns rejected submits on its error output. The workflow checks later whether a job failed.
		for (const submit of nodes.filter((node) => operationOf(node) === 'submitAndWait')) {
			expect(submit.onError).toBe('continueErrorOutput');
			expect(template.connections[submit.name]?.main?.[1]?.length).toBeGreaterThan(0);
		}
		expect(triggers.length + submits.filter((node) => operationOf(node) === 'submitAndWait').length).toBeGreaterThan(0);
	});

	/** The IDs of submitted jobs are stored in a data table, and Recover Missed gets those of the last week. */
	function expectStoredJobs(recovery: WorkflowNode): void {
		expect(recovery.parameters.from).toBe('ids');
		const rowsIn = (operation: string, anyOf: (node: WorkflowNode) => boolean) =>
			nodes
				.filter((node) => node.type === 'n8n-nodes-base.dataTable' && operationOf(node) === operation)
				.filter(anyOf)
				.map(({ parameters }) => parameters);
		const stored = rowsIn('insert', ({ name: insert }) =>
			submits.some((submit) => targetsOf(template, submit.name).includes(insert)),
		);
		const read = rowsIn('get', ({ name: get }) => targetsOf(template, get).includes(recovery.name));
		expect(stored).toHaveLength(1);
		expect(read).toEqual([expect.objectContaining({ dataTableId: stored[0]?.dataTableId, returnAll: true })]);
		expect(JSON.stringify(read[0]?.filters)).toContain(
			JSON.stringify({ keyName: 'createdAt', condition: 'gte', keyValue: WEEK }),
		);
	}

	it('recovers missed transcripts', () => {
		const schedules = nodes.filter(({ type }) => type === 'n8n-nodes-base.scheduleTrigger');
		for (const trigger of nodes.filter(isTrigger)) {
			const recoveries = nodes.filter(
				(node) => operationOf(node) === 'recoverMissed' && node.parameters.provider === trigger.parameters.provider,
			);
			expect(recoveries).toHaveLength(1);
			if (listsJobs(String(trigger.parameters.provider))) expect(recoveries[0]!.parameters.since).toBe(WEEK);
			else expectStoredJobs(recoveries[0]!);
			expect(schedules.some(({ name: schedule }) => downstreamOf(template, schedule).has(recoveries[0]!.name))).toBe(
				true,
			);
			for (const source of [trigger, recoveries[0]!]) {
				const ends = [...downstreamOf(template, source.name)].map((each) => nodes.find((node) => node.name === each)!);
				expect(ends.map(operationOf)).toContain('acknowledge');
			}
		}
		// At the deadline, Submit and Wait doesn't ask the service if it waits for callbacks. The workflow then fetches the jobs.
		for (const submit of nodes.filter(
			(node) => operationOf(node) === 'submitAndWait' && node.parameters.waitBy !== 'polling',
		)) {
			const after = [...downstreamOf(template, submit.name)].map((each) => nodes.find((node) => node.name === each)!);
			expect(after.filter(isOurs).map(operationOf)).toContain('get');
		}
	});

	it('has setup steps on the canvas that mention only existing nodes', () => {
		const about = notes.find((note) => String(note.parameters.content).includes('### Set up'));
		const content = String(about?.parameters.content);
		expect(content).toMatch(/^## /);
		const steps = content.split('\n').filter((line) => /^\d\. /.test(line));
		expect(steps.length).toBeGreaterThanOrEqual(2);
		const buttons = ['Publish', 'Open chat', 'Execute Sub-workflow'];
		const bold = [
			...notes
				.map((note) => String(note.parameters.content))
				.join('\n')
				.matchAll(/\*\*([^*]+)\*\*/g),
		].map(([, word]) => word!);
		expect(
			bold.filter(
				(word) =>
					!buttons.includes(word) && !nodes.some((node) => node.name === word || node.name.startsWith(`${word}:`)),
			),
		).toEqual([]);
	});

	it('has a documentation page with a screenshot', () => {
		const page = join(projectFolder, 'docs/templates', `${name}.md`);
		const text = readFileSync(page, 'utf8');
		expect(text).toContain(`../images/template-${name}.png`);
		expect(existsSync(join(projectFolder, `docs/images/template-${name}.png`))).toBe(true);
		expect(text).toContain(`templates/${name}.json`);
	});
});

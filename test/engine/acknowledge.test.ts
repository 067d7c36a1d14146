import type { INodeExecutionData } from 'n8n-workflow';
import { acknowledge, record, run, type Setup, WORKFLOW_ID } from './harness';

/** No server is listening at this address, because no request is sent. */
const setup = (more: Partial<Setup> = {}): Setup => ({
	baseUrl: 'http://127.0.0.1:9',
	credentialState: 'absent',
	...more,
});

let jobs = 0;
const anEvent = () => `assemblyAi:job-${++jobs}:completed`;

const item = (eventId: unknown, more: Partial<INodeExecutionData> = {}): INodeExecutionData => ({
	json: { eventId: eventId as string },
	...more,
});

const recorded = () => record.recorded(WORKFLOW_ID);

/** Executes the trigger for the events, as callbacks do. */
async function receive(...events: string[]): Promise<void> {
	for (const eventId of events) {
		const [provider = '', id = '', status = ''] = eventId.split(':');
		await run(
			'transcriptionTrigger',
			{ fetchTranscript: false },
			[{ json: { eventId, provider, id, status } }],
			setup({ mode: 'webhook' }),
		);
	}
}

it('returns its items unchanged, including files', async () => {
	const binary = { srt: { data: 'MQ==', mimeType: 'application/x-subrip', fileName: 'call.srt' } };
	const items = [
		item(anEvent(), { json: { eventId: anEvent(), text: 'Hello', metadata: { a: '1' } }, binary }),
		item(anEvent()),
	];
	const { outputs, error } = await acknowledge({}, items, setup());
	expect(error).toBeUndefined();
	expect(outputs[0]).toMatchObject(items.map((given, index) => ({ ...given, pairedItem: { item: index } })));
});

it('records all items of a run in one write and cleans up in another', async () => {
	const events = [anEvent(), anEvent(), anEvent()];
	await receive(...events);
	const before = record.writes;
	const { hints } = await acknowledge(
		{},
		events.map((eventId) => item(eventId)),
		setup(),
	);
	expect(record.writes - before).toBe(2);
	expect(recorded()).toEqual(expect.arrayContaining(events.map((eventId) => `${eventId}!`)));
	expect(hints).toEqual([]);
});

it('accepts an event ID from an expression', async () => {
	const eventId = anEvent();
	await receive(eventId);
	const { error } = await acknowledge(
		{ eventId: '={{ $json.source.eventId }}' },
		[{ json: { source: { eventId } } }],
		setup(),
	);
	expect([error, recorded().includes(`${eventId}!`)]).toEqual([undefined, true]);
});

it('accepts an event that was already acknowledged', async () => {
	const eventId = anEvent();
	await receive(eventId);
	await acknowledge({}, [item(eventId)], setup());
	const { error, hints } = await acknowledge({}, [item(eventId), item(eventId)], setup());
	expect([error, hints]).toEqual([undefined, []]);
	expect(recorded().filter((key) => key === `${eventId}!`)).toHaveLength(1);
});

it('records nothing in a manual execution and reports that', async () => {
	const eventId = anEvent();
	const { json, hints } = await acknowledge({}, [item(eventId)], setup({ mode: 'manual' }));
	expect(json).toEqual([{ eventId }]);
	expect(hints).toEqual([expect.stringContaining('Nothing was recorded')]);
	expect(recorded().join()).not.toContain(eventId);
});

it('reports an event that the workflow hadn’t received', async () => {
	const [known, unknown] = [anEvent(), anEvent()];
	await receive(known);
	const { hints } = await acknowledge({}, [item(known), item(unknown)], setup());
	expect(hints).toEqual([expect.stringContaining(`hasn’t received 1 of 2 events, such as ${unknown}`)]);
});

describe('an item without an event ID', () => {
	it.each([
		['nothing', undefined, '“Event ID” is empty in item 1'],
		['null', null, '“Event ID” is empty in item 1'],
		['spaces', '  ', '“Event ID” is empty in item 1'],
		['a number', 42, '“Event ID” is empty in item 1'],
		['the ID of a job', '9ea68fd3-f953', '“Event ID” in item 1 isn’t a valid event ID: 9ea68fd3-f953'],
		['a provider that does not exist', 'constructor:1:completed', 'isn’t a valid event ID: constructor:1:completed'],
		['no status', 'assemblyAi:9ea68fd3:', 'isn’t a valid event ID: assemblyAi:9ea68fd3:'],
	])('is reported if it has %s, and nothing is recorded', async (_what, invalidEventId, message) => {
		const eventId = anEvent();
		const { error } = await acknowledge({}, [item(eventId), item(invalidEventId)], setup());
		expect(error?.message).toContain(message);
		expect(error?.description).toContain("$('Transcription Trigger').item.json.eventId");
		expect(recorded().join()).not.toContain(eventId);
	});

	it('becomes an error item if the node continues on errors, and the others are recorded', async () => {
		const eventId = anEvent();
		const { json } = await acknowledge(
			{},
			[item('nonsense'), item(eventId)],
			setup({ onError: 'continueRegularOutput' }),
		);
		expect(json).toEqual([expect.objectContaining({ error: expect.stringContaining('nonsense') }), { eventId }]);
		expect(recorded()).toContain(`${eventId}!`);
	});
});

it('skips the trigger’s example transcript and says so', async () => {
	const eventId = anEvent();
	await receive(eventId);
	const example = 'assemblyAi:example:completed';
	const { json, hints, error } = await acknowledge({}, [item(example), item(eventId)], setup());
	expect(error).toBeUndefined();
	expect(json.map((output) => output.eventId)).toEqual([example, eventId]);
	expect(hints).toEqual(['The trigger’s example transcript was skipped: there is nothing to acknowledge.']);
	expect(recorded()).toContain(`${eventId}!`);
	expect(recorded().join()).not.toContain('example');
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { execute, recoverExample, SCOPE, setupFor, useService } from './exampleProvider/nodes';
import type { Job } from './exampleProvider/server';
import { record, type Setup, WORKFLOW_ID } from './harness';

jest.setTimeout(60_000);
const used = useService();
afterEach(async () => await record.clearAllProcessedItems('workflow', { workflow: { id: WORKFLOW_ID } } as never));

const HERE = `https://n8n.example.com/webhook/${SCOPE}?contactId=4711&ref=abc`;
const ELSEWHERE = 'https://n8n.example.com/webhook/other/exampleSpeech?ref=abc';
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

let lot = 0;
beforeEach(() => void lot++);

/** Jobs that finished without a callback, one per minute, oldest first. */
function jobs(...more: Array<Partial<Job>>): string[] {
	return more.map((job, index) => {
		const id = `job-${lot}-${index}`;
		const minutes = more.length - index;
		used.service.jobs.set(id, {
			id,
			status: 'completed',
			text: `Words ${index}.`,
			callback_url: HERE,
			created_at: ago(minutes + 10),
			finished_at: ago(minutes),
			...job,
		});
		return id;
	});
}
const setup = (more: Partial<Setup> = {}) => setupFor(used.service, {}, more);
const recover = async (parameters: INodeParameters = {}, more: Partial<Setup> = {}) =>
	await recoverExample(parameters, setup(more));
const ids = (json: IDataObject[]) => json.map(({ id }) => id);
const fetched = () => used.service.asked.filter((request) => request.startsWith('GET /v2/jobs/'));

/** Returns the trigger's output for a callback. */
async function received(id: string, status = 'completed') {
	const event = { eventId: `exampleSpeech:${id}:${status}`, provider: 'exampleSpeech', id, status };
	return await execute('transcriptionTrigger', {}, [{ json: event }], setup({ mode: 'webhook' }));
}

describe('a finished job that never arrived', () => {
	it('is returned once, exactly as by the trigger', async () => {
		const [id = ''] = jobs({});
		const { json } = await recover();
		await record.clearAllProcessedItems('workflow', { workflow: { id: WORKFLOW_ID } } as never);
		expect(json).toEqual((await received(id)).json);
		expect(json).toEqual([expect.objectContaining({ metadata: { contactId: '4711' }, ref: 'abc', text: 'Words 0.' })]);
		expect((await recover()).json).toEqual([]);
	});

	it('is dropped if its callback arrives after all', async () => {
		const [id = ''] = jobs({});
		expect((await recover()).json).toHaveLength(1);
		expect((await received(id)).json).toEqual([]);
	});

	it('isn’t returned if the trigger received it, which needs no request', async () => {
		const [first = '', second] = jobs({}, {});
		await received(first);
		used.service.asked.length = 0;
		expect(ids((await recover()).json)).toEqual([second]);
		expect(fetched()).toEqual([`GET /v2/jobs/${second}`]);
	});

	it('is returned from all pages, oldest first', async () => {
		const all = jobs({}, {}, {}, {}, {});
		expect(ids((await recover()).json)).toEqual(all);
		expect(used.service.asked.filter((request) => request.startsWith('GET /v2/list'))).toHaveLength(3);
	});

	it('is returned once per run, regardless of the number of input items', async () => {
		const [id] = jobs({});
		const { json, outputs } = await recoverExample({}, setup(), [{ json: {} }, { json: {} }]);
		expect(ids(json)).toEqual([id]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('is returned with its reason if the job failed', async () => {
		jobs({ status: 'failed', text: undefined });
		expect((await recover()).json).toEqual([
			expect.objectContaining({ status: 'failed', eventId: `exampleSpeech:job-${lot}-0:failed` }),
		]);
	});

	it('is omitted if its event isn’t selected', async () => {
		const [, failed] = jobs({}, { status: 'failed' });
		expect(ids((await recover({ options: { events: ['failed'] } })).json)).toEqual([failed]);
		expect(used.service.asked.join()).toContain('status=failed');
	});

	it('isn’t returned while the job is running', async () => {
		jobs({ status: 'queued', finished_at: undefined });
		const { json, error } = await recover();
		expect([json, error]).toEqual([[], undefined]);
		expect(fetched()).toEqual([]);
	});
});

describe('start of the period', () => {
	const SINCE = { since: ago(60) };

	it('is compared with the end of a job, even if it started long before', async () => {
		const [, late] = jobs(
			{ created_at: ago(600), finished_at: ago(90) },
			{ created_at: ago(600), finished_at: ago(30) },
		);
		expect(ids((await recover(SINCE)).json)).toEqual([late]);
	});

	it('includes jobs that started up to a day earlier if the service doesn’t return the end', async () => {
		const [, long, short] = jobs(
			{ created_at: ago(26 * 60), finished_at: undefined },
			{ created_at: ago(24 * 60), finished_at: undefined },
			{ created_at: ago(30), finished_at: undefined },
		);
		expect(ids((await recover(SINCE)).json)).toEqual([long, short]);
	});

	it('tolerates clocks that differ by minutes', async () => {
		const [, near] = jobs({ finished_at: ago(67) }, { finished_at: ago(63) });
		expect(ids((await recover(SINCE)).json)).toEqual([near]);
	});

	it('includes jobs without a time', async () => {
		const [id] = jobs({ created_at: undefined, finished_at: undefined });
		expect(ids((await recover(SINCE)).json)).toEqual([id]);
	});

	it('stops reading the list when only older jobs are left', async () => {
		const old = { created_at: ago(3000), finished_at: ago(2990) };
		jobs(old, old, old, old, {});
		await recover(SINCE);
		expect(used.service.asked.filter((request) => request.startsWith('GET /v2/list'))).toHaveLength(2);
	});

	it.each([
		['an n8n date object', '={{ $now.minus({ hours: 1 }) }}'],
		['a day', ago(48 * 60).slice(0, 10)],
	])('can be %s', async (_what, since) => {
		const { error } = await recover({ since });
		expect(error).toBeUndefined();
	});

	it.each([
		['no date', 'yesterday', 'which isn’t a valid date'],
		['empty', '={{ "" }}', '“Since” is empty'],
		['in the future', ago(-10), 'in the future'],
		['a bare number, which would be the year 2001', '1', 'which isn’t a valid date'],
		['seconds of Unix time', '={{ 1763729703 }}', 'which isn’t a valid date'],
	])('is rejected if it is %s', async (_what, since, message) => {
		expect((await recover({ since })).error?.message).toContain(message);
	});
});

describe('jobs of other workflows', () => {
	it('are omitted by the callback URL in the list, without a request', async () => {
		used.service.listsCallbackUrls = true;
		const [, mine] = jobs({ callback_url: ELSEWHERE }, {});
		expect(ids((await recover()).json)).toEqual([mine]);
		expect(fetched()).toEqual([`GET /v2/jobs/${mine}`]);
	});

	it.each([
		['were submitted for another workflow', ELSEWHERE],
		['were submitted without a callback', undefined],
		['belong to a waiting execution', 'https://n8n.example.com/webhook-waiting/12?signature=x'],
	])('are fetched once and recorded if they %s', async (_what, url) => {
		jobs({ callback_url: url });
		expect((await recover()).json).toEqual([]);
		expect(fetched()).toHaveLength(1);
		expect((await recover()).json).toEqual([]);
		expect(fetched()).toHaveLength(1);
	});
});

describe('many jobs of other workflows', () => {
	it('are recorded while they are checked, so that a killed run doesn’t start over', async () => {
		jobs(...Array.from({ length: 60 }, () => ({ callback_url: ELSEWHERE })));
		let looks = 0;
		const hanging = new Promise<void>((resolve) => {
			used.service.onAsked = async (asked) => {
				if (!asked.startsWith('GET /v2/jobs/') || ++looks <= 55) return;
				resolve();
				await new Promise(() => {});
			};
		});
		void recover();
		await hanging;
		used.service.onAsked = () => {};
		used.service.asked.length = 0;
		expect((await recover()).json).toEqual([]);
		// At least 25 of the 55 are recorded, and up to ten more are being fetched.
		expect(fetched().length).toBeLessThan(40);
	});
});

describe('more jobs than one run processes', () => {
	it('leaves the rest to the next run and reports that', async () => {
		const all = jobs({}, {}, {});
		const first = await recover({ options: { maxTranscripts: 2 } });
		expect(ids(first.json)).toEqual(all.slice(0, 2));
		expect(first.hints).toEqual([expect.stringContaining('1 job left for the next run')]);
		expect(ids((await recover({ options: { maxTranscripts: 2 } })).json)).toEqual(all.slice(2));
	});

	it('doesn’t count jobs of other workflows', async () => {
		const [, , mine] = jobs({ callback_url: ELSEWHERE }, { callback_url: ELSEWHERE }, {});
		expect(ids((await recover({ options: { maxTranscripts: 1 } })).json)).toEqual([mine]);
	});
});

describe('a job that can’t be fetched', () => {
	const broken = { request: /jobs\/job-\d+-0/, status: 418 };

	it('doesn’t block the others, is named, and is retried', async () => {
		const [bad, ...good] = jobs({}, {}, {});
		used.service.faults.push(broken);
		const first = await recover();
		expect(ids(first.json)).toEqual(good);
		expect(first.hints).toEqual([expect.stringContaining(`${bad} (item 0)`)]);
		used.service.faults.length = 0;
		expect(ids((await recover()).json)).toEqual([bad]);
	});

	it('becomes an item with the reason if the node continues on errors', async () => {
		const [bad, good] = jobs({}, {});
		used.service.faults.push(broken);
		const { json } = await recover({}, { onError: 'continueRegularOutput' });
		expect(json).toEqual([
			expect.objectContaining({ id: good }),
			{ error: expect.any(String), message: expect.stringContaining(String(bad)) },
		]);
	});

	it('fails the node if there is no other, and nothing is recorded', async () => {
		const [first] = jobs({});
		used.service.faults.push(broken);
		const { error } = await recover();
		expect(error?.message).toContain('418');
		expect(error?.description).toContain(first);
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
	});

	it('isn’t retried endlessly if the service is down', async () => {
		jobs(...Array.from({ length: 25 }, () => ({})));
		used.service.faults.push({ request: /v2\/jobs\//, status: 403 });
		const { error } = await recover();
		expect(error?.description).toContain('Also not recovered');
		expect(fetched()).toHaveLength(20);
	});

	it('doesn’t block the others forever, even if many are permanently deleted', async () => {
		const all = jobs(...Array.from({ length: 30 }, () => ({})));
		const gone = all.slice(0, 29);
		for (const id of gone) used.service.jobs.delete(id);
		const { json } = await recoverExample(
			{ from: 'ids' },
			setup(),
			all.map((id) => ({ json: { id } })),
		);
		expect(ids(json)).toEqual(all.slice(29));
	});

	it('fails the node if the list can’t be fetched, and nothing is recorded', async () => {
		jobs({}, {}, {});
		used.service.faults.push({ request: /v2\/list\/2/, status: 418 });
		expect((await recover()).error?.message).toContain('418');
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
	});
});

describe('a received but unacknowledged event', () => {
	const ACKNOWLEDGED = { options: { includeUnacknowledged: true, graceMinutes: 30 } };
	const later = (minutes: number) => {
		const now = Date.now() + minutes * 60_000;
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	};
	afterEach(() => void jest.restoreAllMocks());

	it('is returned after the grace period, once per period', async () => {
		const [id = ''] = jobs({});
		expect(ids((await received(id)).json)).toEqual([id]);
		expect((await recover(ACKNOWLEDGED)).json).toEqual([]);
		later(40);
		expect(ids((await recover(ACKNOWLEDGED)).json)).toEqual([id]);
		expect((await recover(ACKNOWLEDGED)).json).toEqual([]);
		later(40);
		expect(ids((await recover(ACKNOWLEDGED)).json)).toEqual([id]);
	});

	it('is returned in the same run as events that were never received', async () => {
		const [first = '', second] = jobs({}, {});
		await received(first);
		later(40);
		expect(ids((await recover(ACKNOWLEDGED)).json)).toEqual([first, second]);
	});

	it('isn’t returned without the option', async () => {
		const [id = ''] = jobs({});
		await received(id);
		later(40);
		expect((await recover()).json).toEqual([]);
	});

	it('isn’t returned after it was acknowledged', async () => {
		const [id = ''] = jobs({});
		const { json } = await received(id);
		await execute(
			'transcription',
			{ resource: 'transcript', operation: 'acknowledge' },
			json.map((item) => ({ json: item })),
			setup(),
		);
		later(40);
		expect((await recover(ACKNOWLEDGED)).json).toEqual([]);
	});

	it.each([4, 1441, 'soon'])('has a grace period of 5 minutes to a day, not %s', async (graceMinutes) => {
		expect((await recover({ options: { includeUnacknowledged: true, graceMinutes } })).error?.message).toContain(
			'Grace Period',
		);
	});
});

describe('a canceled run', () => {
	/** Cancels the execution during the given request for a job. */
	async function cancelledAt(look: number) {
		let looks = 0;
		return await execute(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed' },
			[{ json: {} }],
			setup(),
			(cancel) => {
				used.service.onAsked = (asked) => {
					if (asked.startsWith('GET /v2/jobs/') && ++looks === look) cancel();
				};
			},
		);
	}

	it.each([1, 3])('leaves all jobs to the next run if canceled while fetching job %s of 3', async (look) => {
		const all = jobs({}, {}, {});
		await cancelledAt(look);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
		expect(ids((await recover()).json)).toEqual(all);
	});
});

describe('a retried execution', () => {
	it('doesn’t return events that the trigger received while it was fetching', async () => {
		const [first = '', second] = jobs({}, {});
		let delivered: Promise<unknown> | undefined;
		used.service.onAsked = async (asked) => {
			if (!asked.endsWith(`/${second}`) || delivered) return;
			delivered = received(first);
			await delivered;
		};
		expect(ids((await recover({}, { mode: 'retry' })).json)).toEqual([second]);
	});
});

describe('a manual execution', () => {
	it('records nothing and returns the same output again', async () => {
		const all = jobs({}, { callback_url: ELSEWHERE });
		for (let test = 0; test < 2; test++)
			expect(ids((await recover({}, { mode: 'manual' })).json)).toEqual(all.slice(0, 1));
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
		expect(ids((await recover()).json)).toEqual(all.slice(0, 1));
	});
});

describe('without a list', () => {
	it('explains the alternative', async () => {
		const { error } = await recoverExample({}, setupFor(used.service, { generation: 'v1' }));
		expect(error?.message).toContain('has no list');
		expect(error?.description).toContain('data table');
	});

	it('rejects a source that isn’t in the dropdown', async () => {
		expect((await recover({ from: 'everywhere' })).error?.message).toContain('“From” is “everywhere”');
	});
});

describe('by IDs', () => {
	const recoverIds = async (items: IDataObject[], parameters: INodeParameters = {}, more: Partial<Setup> = {}) =>
		await recoverExample(
			{ from: 'ids', ...parameters },
			setup(more),
			items.map((json) => ({ json })),
		);

	it('returns missed transcripts, paired with their input items', async () => {
		const [first = '', second = ''] = jobs({}, {});
		await received(first);
		const { json, outputs } = await recoverIds([{ id: first }, { id: second }, { id: second }]);
		expect(ids(json)).toEqual([second]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 1 });
		expect((await recoverIds([{ id: second }])).json).toEqual([]);
	});

	it('isn’t blocked by any number of invalid IDs before it', async () => {
		const [missed] = jobs({});
		const none = Array.from({ length: 25 }, (_, index) => ({ id: `no/id/${index}` }));
		const { json, error, hints } = await recoverIds([...none, { id: missed }]);
		expect([ids(json), error]).toEqual([[missed], undefined]);
		expect(hints).toEqual([expect.stringContaining('25 jobs couldn’t be recovered')]);
	});

	it('warns about more IDs than the record can hold', async () => {
		const [missed] = jobs({});
		const others = Array.from({ length: 3333 }, (_, index) => ({ id: `other-${index}` }));
		const { hints } = await recoverIds([{ id: missed }, ...others], { options: { maxTranscripts: 1 } });
		expect(hints[0]).toMatch(/^This run checks 3334 jobs, but .* guaranteed to remember 3333 .*createdAt/);
	});

	it('skips running jobs and omits those of other workflows', async () => {
		const [running, foreign] = jobs({ status: 'queued' }, { callback_url: ELSEWHERE });
		const { json, error, hints } = await recoverIds([{ id: running }, { id: foreign }]);
		expect([json, error, hints]).toEqual([
			[],
			undefined,
			[
				expect.stringMatching(new RegExp(`a different callback URL than this workflow’s trigger: ${foreign}\\. Fetch`)),
				expect.stringMatching(/^Nothing was recovered\. Checked 2 jobs from the input items\./),
			],
		]);
	});

	it('accepts a job without a callback, because its ID was requested', async () => {
		const [id] = jobs({ callback_url: undefined });
		expect(ids((await recoverIds([{ id }])).json)).toEqual([id]);
	});

	it('accepts it even if the same node omitted it from the list before', async () => {
		const [id] = jobs({ callback_url: undefined });
		expect((await recover()).json).toEqual([]);
		expect(ids((await recoverIds([{ id }])).json)).toEqual([id]);
	});

	it('names item and ID of an unknown job, and accepts the others', async () => {
		const [id] = jobs({});
		const { json, hints } = await recoverIds([{ id: 'unknown' }, {}, { id }]);
		expect(ids(json)).toEqual([id]);
		expect(hints.join()).toContain('unknown (item 0)');
		expect(hints.join()).toContain('item 1: “Transcript ID” is empty');
	});

	it.each([
		['an unknown ID', { id: 'unknown' }, /wasn’t found at Example Speech/, /unknown.*Item 0/],
		['no ID', {}, /“Transcript ID” is empty/, /data table.*Item 0/],
		['an invalid ID', { id: '../jobs' }, /isn’t a valid transcript ID/, /Item 0/],
	])('explains how to fix %s', async (_what, item, message, description) => {
		const { error } = await recoverIds([item]);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
	});
});

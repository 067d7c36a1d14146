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

/** Jobs that ended without anybody hearing of it, one a minute, the first the oldest. */
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
const recover = async (parameters: INodeParameters = {}, more: Partial<Setup> = {}) => await recoverExample(parameters, setup(more));
const ids = (json: IDataObject[]) => json.map(({ id }) => id);
const fetched = () => used.service.asked.filter((request) => request.startsWith('GET /v2/jobs/'));

/** What the trigger makes of a callback. */
async function received(id: string, status = 'completed') {
	const event = { eventId: `exampleSpeech:${id}:${status}`, provider: 'exampleSpeech', id, status };
	return await execute('transcriptionTrigger', {}, [{ json: event }], setup({ mode: 'webhook' }));
}

describe('what finished and never arrived', () => {
	it('comes back exactly as the trigger would have put it out, once', async () => {
		const [id = ''] = jobs({});
		const { json } = await recover();
		await record.clearAllProcessedItems('workflow', { workflow: { id: WORKFLOW_ID } } as never);
		expect(json).toEqual((await received(id)).json);
		expect(json).toEqual([expect.objectContaining({ metadata: { contactId: '4711' }, ref: 'abc', text: 'Words 0.' })]);
		expect((await recover()).json).toEqual([]);
	});

	it('is dropped when its callback comes after all', async () => {
		const [id = ''] = jobs({});
		expect((await recover()).json).toHaveLength(1);
		expect((await received(id)).json).toEqual([]);
	});

	it('does not come where the trigger had it, which costs no request', async () => {
		const [first = '', second] = jobs({}, {});
		await received(first);
		used.service.asked.length = 0;
		expect(ids((await recover()).json)).toEqual([second]);
		expect(fetched()).toEqual([`GET /v2/jobs/${second}`]);
	});

	it('comes from all pages, the oldest first', async () => {
		const all = jobs({}, {}, {}, {}, {});
		expect(ids((await recover()).json)).toEqual(all);
		expect(used.service.asked.filter((request) => request.startsWith('GET /v2/list'))).toHaveLength(3);
	});

	it('comes once for a run, however many items start it', async () => {
		const [id] = jobs({});
		const { json, outputs } = await recoverExample({}, setup(), [{ json: {} }, { json: {} }]);
		expect(ids(json)).toEqual([id]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('comes with its reason where the job failed', async () => {
		jobs({ status: 'failed', text: undefined });
		expect((await recover()).json).toEqual([expect.objectContaining({ status: 'failed', eventId: `exampleSpeech:job-${lot}-0:failed` })]);
	});

	it('is no more than what was asked for', async () => {
		const [, failed] = jobs({}, { status: 'failed' });
		expect(ids((await recover({ options: { events: ['failed'] } })).json)).toEqual([failed]);
		expect(used.service.asked.join()).toContain('status=failed');
	});

	it('is nothing as long as the job runs', async () => {
		jobs({ status: 'queued', finished_at: undefined });
		const { json, error } = await recover();
		expect([json, error]).toEqual([[], undefined]);
		expect(fetched()).toEqual([]);
	});
});

describe('the time since when', () => {
	const SINCE = { since: ago(60) };

	it('is that of the end, though the job began long before', async () => {
		const [, late] = jobs({ created_at: ago(600), finished_at: ago(90) }, { created_at: ago(600), finished_at: ago(30) });
		expect(ids((await recover(SINCE)).json)).toEqual([late]);
	});

	it('takes jobs that began within the day before where the service does not tell the end: they may have run so long', async () => {
		const [, long, short] = jobs(
			{ created_at: ago(26 * 60), finished_at: undefined },
			{ created_at: ago(24 * 60), finished_at: undefined },
			{ created_at: ago(30), finished_at: undefined },
		);
		expect(ids((await recover(SINCE)).json)).toEqual([long, short]);
	});

	it('allows for clocks that differ by minutes', async () => {
		const [, near] = jobs({ finished_at: ago(67) }, { finished_at: ago(63) });
		expect(ids((await recover(SINCE)).json)).toEqual([near]);
	});

	it('covers jobs of which the service tells no time', async () => {
		const [id] = jobs({ created_at: undefined, finished_at: undefined });
		expect(ids((await recover(SINCE)).json)).toEqual([id]);
	});

	it('lets the list end where nothing older can matter', async () => {
		const old = { created_at: ago(3000), finished_at: ago(2990) };
		jobs(old, old, old, old, {});
		await recover(SINCE);
		expect(used.service.asked.filter((request) => request.startsWith('GET /v2/list'))).toHaveLength(2);
	});

	it.each([
		['an object of n8n', '={{ $now.minus({ hours: 1 }) }}'],
		['a day', ago(48 * 60).slice(0, 10)],
	])('may be %s', async (_what, since) => {
		const { error } = await recover({ since });
		expect(error).toBeUndefined();
	});

	it.each([
		['no date', 'yesterday', 'which is no date'],
		['empty', '={{ "" }}', 'which is no date'],
		['still to come', ago(-10), 'still to come'],
		['a bare number, which would be the year 2001', '1', 'which is no date'],
		['seconds of Unix time', '={{ 1763729703 }}', 'which is no date'],
	])('is refused where it is %s', async (_what, since, message) => {
		expect((await recover({ since })).error?.message).toContain(message);
	});
});

describe('jobs of others', () => {
	it('are left out by the callback URL that the list names, without a request', async () => {
		used.service.listsCallbackUrls = true;
		const [, mine] = jobs({ callback_url: ELSEWHERE }, {});
		expect(ids((await recover()).json)).toEqual([mine]);
		expect(fetched()).toEqual([`GET /v2/jobs/${mine}`]);
	});

	it.each([
		['were submitted for another workflow', ELSEWHERE],
		['were submitted without a callback', undefined],
		['are waited for by an execution', 'https://n8n.example.com/webhook-waiting/12?signature=x'],
	])('are fetched once and remembered where they %s', async (_what, url) => {
		jobs({ callback_url: url });
		expect((await recover()).json).toEqual([]);
		expect(fetched()).toHaveLength(1);
		expect((await recover()).json).toEqual([]);
		expect(fetched()).toHaveLength(1);
	});
});

describe('many jobs of others', () => {
	it('are remembered while they are looked at: a run that is killed does not begin again from the first', async () => {
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
		expect(fetched().length).toBeLessThan(30);
	});
});

describe('more than one run takes', () => {
	it('leaves the rest to the next, and says so', async () => {
		const all = jobs({}, {}, {});
		const first = await recover({ options: { maxTranscripts: 2 } });
		expect(ids(first.json)).toEqual(all.slice(0, 2));
		expect(first.hints).toEqual([expect.stringContaining('1 job left for the next run')]);
		expect(ids((await recover({ options: { maxTranscripts: 2 } })).json)).toEqual(all.slice(2));
	});

	it('does not count jobs of others', async () => {
		const [, , mine] = jobs({ callback_url: ELSEWHERE }, { callback_url: ELSEWHERE }, {});
		expect(ids((await recover({ options: { maxTranscripts: 1 } })).json)).toEqual([mine]);
	});
});

describe('a job that cannot be fetched', () => {
	const broken = { request: /jobs\/job-\d+-0/, status: 418 };

	it('does not hold up the others, is named, and is tried again', async () => {
		const [bad, ...good] = jobs({}, {}, {});
		used.service.faults.push(broken);
		const first = await recover();
		expect(ids(first.json)).toEqual(good);
		expect(first.hints).toEqual([expect.stringContaining(`${bad} (item 0)`)]);
		used.service.faults.length = 0;
		expect(ids((await recover()).json)).toEqual([bad]);
	});

	it('becomes an item with the reason where the node shall continue', async () => {
		const [bad, good] = jobs({}, {});
		used.service.faults.push(broken);
		const { json } = await recover({}, { onError: 'continueRegularOutput' });
		expect(json).toEqual([expect.objectContaining({ id: good }), { error: expect.any(String), message: expect.stringContaining(String(bad)) }]);
	});

	it('ends the node where there is no other, and nothing is recorded', async () => {
		const [first] = jobs({});
		used.service.faults.push(broken);
		const { error } = await recover();
		expect(error?.message).toContain('418');
		expect(error?.description).toContain(first);
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
	});

	it('is not asked for without end where the service is out of order', async () => {
		jobs(...Array.from({ length: 25 }, () => ({})));
		used.service.faults.push({ request: /v2\/jobs\//, status: 403 });
		const { error } = await recover();
		expect(error?.description).toContain('Not brought back either');
		expect(fetched()).toHaveLength(20);
	});

	it('does not hold up the others for ever, however many of them are gone for good', async () => {
		const all = jobs(...Array.from({ length: 30 }, () => ({})));
		const gone = all.slice(0, 29);
		for (const id of gone) used.service.jobs.delete(id);
		const { json } = await recoverExample({ from: 'ids' }, setup(), all.map((id) => ({ json: { id } })));
		expect(ids(json)).toEqual(all.slice(29));
	});

	it('ends the node where the list itself cannot be had, and nothing is recorded', async () => {
		jobs({}, {}, {});
		used.service.faults.push({ request: /v2\/list\/2/, status: 418 });
		expect((await recover()).error?.message).toContain('418');
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
	});
});

describe('what was received but not acknowledged', () => {
	const ACKNOWLEDGED = { options: { includeUnacknowledged: true, graceMinutes: 30 } };
	const later = (minutes: number) => {
		const now = Date.now() + minutes * 60_000;
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	};
	afterEach(() => void jest.restoreAllMocks());

	it('comes back after the grace period, once in each', async () => {
		const [id = ''] = jobs({});
		expect(ids((await received(id)).json)).toEqual([id]);
		expect((await recover(ACKNOWLEDGED)).json).toEqual([]);
		later(40);
		expect(ids((await recover(ACKNOWLEDGED)).json)).toEqual([id]);
		expect((await recover(ACKNOWLEDGED)).json).toEqual([]);
		later(40);
		expect(ids((await recover(ACKNOWLEDGED)).json)).toEqual([id]);
	});

	it('comes in the same run as what was never received', async () => {
		const [first = '', second] = jobs({}, {});
		await received(first);
		later(40);
		expect(ids((await recover(ACKNOWLEDGED)).json)).toEqual([first, second]);
	});

	it('does not come without the option', async () => {
		const [id = ''] = jobs({});
		await received(id);
		later(40);
		expect((await recover()).json).toEqual([]);
	});

	it('does not come once it was acknowledged', async () => {
		const [id = ''] = jobs({});
		const { json } = await received(id);
		await execute('transcription', { resource: 'transcript', operation: 'acknowledge' }, json.map((item) => ({ json: item })), setup());
		later(40);
		expect((await recover(ACKNOWLEDGED)).json).toEqual([]);
	});

	it.each([4, 1441, 'soon'])('has a grace period of 5 minutes to a day, not %s', async (graceMinutes) => {
		expect((await recover({ options: { includeUnacknowledged: true, graceMinutes } })).error?.message).toContain('Grace Period');
	});
});

describe('a run that is cancelled', () => {
	/** Cancels with the given request for a job. */
	async function cancelledAt(look: number) {
		let looks = 0;
		return await execute('transcription', { resource: 'transcript', operation: 'recoverMissed' }, [{ json: {} }], setup(), (cancel) => {
			used.service.onAsked = (asked) => {
				if (asked.startsWith('GET /v2/jobs/') && ++looks === look) cancel();
			};
		});
	}

	it.each([1, 3])('while it fetches, at job %s of 3, leaves all of them to the next', async (look) => {
		const all = jobs({}, {}, {});
		await cancelledAt(look);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
		expect(ids((await recover()).json)).toEqual(all);
	});
});

describe('an execution that is retried', () => {
	it('does not bring back what the trigger received while it fetched', async () => {
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

describe('a test by hand', () => {
	it('leaves no trace and shows its output again', async () => {
		const all = jobs({}, { callback_url: ELSEWHERE });
		for (let test = 0; test < 2; test++) expect(ids((await recover({}, { mode: 'manual' })).json)).toEqual(all.slice(0, 1));
		expect(record.recorded(WORKFLOW_ID)).toEqual([]);
		expect(ids((await recover()).json)).toEqual(all.slice(0, 1));
	});
});

describe('without a list', () => {
	it('says what to do instead', async () => {
		const { error } = await recoverExample({}, setupFor(used.service, { generation: 'v1' }));
		expect(error?.message).toContain('has no list');
		expect(error?.description).toContain('Data Table');
	});

	it('takes no source that the menu does not offer', async () => {
		expect((await recover({ from: 'everywhere' })).error?.message).toContain('“From” is “everywhere”');
	});
});

describe('by IDs', () => {
	const recoverIds = async (items: IDataObject[], parameters: INodeParameters = {}, more: Partial<Setup> = {}) =>
		await recoverExample({ from: 'ids', ...parameters }, setup(more), items.map((json) => ({ json })));

	it('brings back what was missed, beside the item it came from', async () => {
		const [first = '', second = ''] = jobs({}, {});
		await received(first);
		const { json, outputs } = await recoverIds([{ id: first }, { id: second }, { id: second }]);
		expect(ids(json)).toEqual([second]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 1 });
		expect((await recoverIds([{ id: second }])).json).toEqual([]);
	});

	it('is not held up by IDs that are none, however many stand in front', async () => {
		const [missed] = jobs({});
		const none = Array.from({ length: 25 }, (_, index) => ({ id: `no/id/${index}` }));
		const { json, error, hints } = await recoverIds([...none, { id: missed }]);
		expect([ids(json), error]).toEqual([[missed], undefined]);
		expect(hints).toEqual([expect.stringContaining('25 jobs could not be brought back')]);
	});

	it('warns where more are handed in than the record is sure to remember', async () => {
		const [missed] = jobs({});
		const others = Array.from({ length: 3333 }, (_, index) => ({ id: `other-${index}` }));
		const { hints } = await recoverIds([{ id: missed }, ...others], { options: { maxTranscripts: 1 } });
		expect(hints[0]).toMatch(/^3334 jobs are to be looked at, but .* sure to hold 3333\. .*createdAt/);
	});

	it('waits for jobs that still run, and leaves out those of other workflows', async () => {
		const [running, foreign] = jobs({ status: 'queued' }, { callback_url: ELSEWHERE });
		const { json, error, hints } = await recoverIds([{ id: running }, { id: foreign }]);
		expect([json, error, hints]).toEqual([[], undefined, [expect.stringMatching(new RegExp(`the trigger of another workflow: ${foreign}\\. Fetch`))]]);
	});

	it('takes a job without a callback: whoever hands in its ID wants it', async () => {
		const [id] = jobs({ callback_url: undefined });
		expect(ids((await recoverIds([{ id }])).json)).toEqual([id]);
	});

	it('takes it also after the same node, set to the list, has left it out', async () => {
		const [id] = jobs({ callback_url: undefined });
		expect((await recover()).json).toEqual([]);
		expect(ids((await recoverIds([{ id }])).json)).toEqual([id]);
	});

	it('names item and ID where there is no such job, and takes the others', async () => {
		const [id] = jobs({});
		const { json, hints } = await recoverIds([{ id: 'unknown' }, {}, { id }]);
		expect(ids(json)).toEqual([id]);
		expect(hints.join()).toContain('unknown (item 0)');
		expect(hints.join()).toContain('Item 1 has no Transcript ID');
	});

	it.each([
		['an unknown ID', { id: 'unknown' }, /wasn’t found at Example Speech/, /unknown.*Item 0/],
		['no ID', {}, /Item 0 has no Transcript ID/, /Data Table/],
		['something that is no ID', { id: '../jobs' }, /isn’t a valid transcript ID/, /Item 0/],
	])('ends with what to do about %s', async (_what, item, message, description) => {
		const { error } = await recoverIds([item]);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
	});
});

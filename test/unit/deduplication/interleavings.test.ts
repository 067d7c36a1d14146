import type { IExecuteFunctions } from 'n8n-workflow';
import { aProcess, eventId, random, type Record } from './n8n';
import { everySchedule, type Schedule, someSchedules } from './schedule';

/**
 * Checks interleavings of two processes' database operations: by default a random sample, or all of them with
 * `EVERY_SCHEDULE=1`, which takes hours.
 *
 * Invariant: no event is lost. An event that is received while another process looks it up might not be emitted, because
 * a lookup temporarily adds the keys that it looks up. In that case, it doesn't count as received either, so the next
 * run of Recover Missed fetches it. An event is only emitted twice if two executions that received it overlap.
 */

const EVENT = eventId('a');

const SAMPLE = 500;

let schedule: Schedule;
let processes: Record[];
let runs = 0;

beforeAll(() => {
	const sleep = async (milliseconds: number) => await schedule.sleep(milliseconds);
	processes = [aProcess({ sleep }), aProcess({ sleep })];
});

/** Returns the context of a node. Each schedule uses its own workflow, so that processes can be reused. */
function execution(id: string, workflowId: string): IExecuteFunctions {
	return {
		getMode: () => 'webhook',
		getExecutionId: () => id,
		getWorkflow: () => ({ id: workflowId }),
		getNode: () => ({ id: 'node' }),
		logger: { debug() {}, warn() {} },
		helpers: schedule.row(),
	} as unknown as IExecuteFunctions;
}

type Task = (workflowId: string) => Promise<number>;

const receive =
	(process: number, id: string): Task =>
	async (workflowId) =>
		(await processes[process]?.recordReceived(execution(id, workflowId), [EVENT]))?.size ?? 0;
const receiveAgain =
	(process: number, id: string): Task =>
	async (workflowId) =>
		(await processes[process]?.recordReceivedAgain(execution(id, workflowId), [EVENT]))?.size ?? 0;
const isNeverReceived =
	(process: number): Task =>
	async (workflowId) => {
		await processes[process]?.neverReceived(execution('lookup', workflowId), [EVENT]);
		return 0;
	};
const isNeverAcknowledged =
	(process: number): Task =>
	async (workflowId) => {
		await processes[process]?.neverAcknowledged(execution('lookup', workflowId), [EVENT], 300);
		return 0;
	};

/** The outcomes of the schedules. */
interface Outcomes {
	/** The number of schedules, indexed by how often the event was emitted. */
	times: number[];
	/** The number of schedules where the event was neither emitted nor left to Recover Missed. */
	lost: number;
}

async function outcomesOf(tasks: Task[]): Promise<Outcomes> {
	const outcomes: Outcomes = { times: [0, 0, 0], lost: 0 };
	const run = async (next: Schedule) => {
		schedule = next;
		const workflowId = `workflow-${runs++}`;
		const counts = await schedule.run(tasks.map((task) => async () => await task(workflowId)));
		const count = counts.reduce((sum, one) => sum + one, 0);
		outcomes.times[count] = (outcomes.times[count] ?? 0) + 1;
		if (count > 0) return;
		const [isOpen] = await schedule.run([
			async () => (await processes[0]?.neverReceived(execution('recovery', workflowId), [EVENT]))?.length ?? 0,
		]);
		if (!isOpen) outcomes.lost++;
	};
	if (process.env.EVERY_SCHEDULE) await everySchedule(run);
	else await someSchedules(run, SAMPLE, random(1));
	return outcomes;
}

it('emits an event or leaves it to Recover Missed if it is received while another process looks it up', async () => {
	const { times, lost } = await outcomesOf([isNeverReceived(0), receive(1, '1')]);
	expect({ lost, twice: times[2] }).toEqual({ lost: 0, twice: 0 });
	expect(times[1]).toBeGreaterThan(100);
}, 300_000);

it('emits an event exactly once if it is recovered while another process looks it up', async () => {
	const { times, lost } = await outcomesOf([isNeverAcknowledged(0), receiveAgain(1, '1')]);
	expect({ lost, times: times.slice(0, 1), twice: times[2] }).toEqual({ lost: 0, times: [0], twice: 0 });
}, 300_000);

it('loses no event that is received twice while a process looks it up', async () => {
	const {
		times: [, once = 0, twice = 0],
		lost,
	} = await outcomesOf([isNeverReceived(0), receive(1, '1'), receive(0, '2')]);
	expect(lost).toBe(0);
	expect(once).toBeGreaterThan(twice);
}, 300_000);

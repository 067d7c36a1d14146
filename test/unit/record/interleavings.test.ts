import type { IExecuteFunctions } from 'n8n-workflow';
import { aProcess, eventId, random, type Record } from './n8n';
import { everySchedule, type Schedule, someSchedules } from './schedule';

/**
 * Checks orders in which the database operations of two processes can be interleaved: a random sample of them, or every
 * one with `EVERY_SCHEDULE=1`, which takes hours.
 *
 * Invariant: an event that was received is handed on at least once. It is handed on twice only if two executions that
 * received it overlap.
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

/** A node of an execution in a process. Each schedule has a workflow of its own, so that processes can be reused. */
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

const receive = (process: number, id: string): Task => async (workflowId) =>
	(await processes[process]?.recordReceived(execution(id, workflowId), [EVENT]))?.size ?? 0;
const receiveAgain = (process: number, id: string): Task => async (workflowId) =>
	(await processes[process]?.recordReceivedAgain(execution(id, workflowId), [EVENT]))?.size ?? 0;
const isNeverReceived = (process: number): Task => async (workflowId) => {
	await processes[process]?.neverReceived(execution('look', workflowId), [EVENT]);
	return 0;
};
const isNeverAcknowledged = (process: number): Task => async (workflowId) => {
	await processes[process]?.neverAcknowledged(execution('look', workflowId), [EVENT], 300);
	return 0;
};

/** How many schedules handed the event on how often. */
async function handedOn(tasks: Task[]): Promise<number[]> {
	const counts: number[] = [];
	const run = async (next: Schedule) => {
		schedule = next;
		const workflowId = `workflow-${runs++}`;
		const taken = await schedule.run(tasks.map((task) => async () => await task(workflowId)));
		const times = taken.reduce((sum, one) => sum + one, 0);
		counts[times] = (counts[times] ?? 0) + 1;
	};
	if (process.env.EVERY_SCHEDULE) await everySchedule(run);
	else await someSchedules(run, SAMPLE, random(1));
	return Array.from(counts, (count) => count ?? 0);
}

it.each<[string, () => Task[]]>([
	['received while another process looks for it', () => [isNeverReceived(0), receive(1, '1')]],
	['recovered while another process looks for it', () => [isNeverAcknowledged(0), receiveAgain(1, '1')]],
])('hands an event on exactly once that is %s', async (_what, tasks) => {
	const [never = 0, once = 0, ...more] = await handedOn(tasks());
	expect({ never, more }).toEqual({ never: 0, more: [] });
	expect(once).toBeGreaterThan(100);
}, 300_000);

it('hands an event on at least once that is received twice while a process looks for it', async () => {
	const [never = 0, once = 0, twice = 0] = await handedOn([isNeverReceived(0), receive(1, '1'), receive(0, '2')]);
	expect(never).toBe(0);
	expect(once).toBeGreaterThan(twice);
}, 300_000);

import type { IExecuteFunctions } from 'n8n-workflow';
import { aProcess, eventId, random, type Record } from './n8n';
import { everySchedule, type Schedule, someSchedules } from './schedule';

/**
 * Checks orders in which the database operations of two processes can be interleaved: a random sample of them, or every
 * one with `EVERY_SCHEDULE=1`, which takes hours.
 *
 * Invariant: no event is lost. One that is received while another process looks for it may not be handed on, since a look
 * adds the keys it looks for until it removes them; but then it doesn't count as received either, so the next run of
 * Recover Missed brings it back. It is handed on twice only if two executions that received it overlap.
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

/** What the schedules led to. */
interface Outcomes {
	/** In how many schedules the event was handed on how often. */
	times: number[];
	/** In how many it was neither handed on nor left for Recover Missed to bring back. */
	lost: number;
}

async function outcomesOf(tasks: Task[]): Promise<Outcomes> {
	const outcomes: Outcomes = { times: [0, 0, 0], lost: 0 };
	const run = async (next: Schedule) => {
		schedule = next;
		const workflowId = `workflow-${runs++}`;
		const taken = await schedule.run(tasks.map((task) => async () => await task(workflowId)));
		const count = taken.reduce((sum, one) => sum + one, 0);
		outcomes.times[count] = (outcomes.times[count] ?? 0) + 1;
		if (count > 0) return;
		const [isOpen] = await schedule.run([async () => (await processes[0]?.neverReceived(execution('recovery', workflowId), [EVENT]))?.length ?? 0]);
		if (!isOpen) outcomes.lost++;
	};
	if (process.env.EVERY_SCHEDULE) await everySchedule(run);
	else await someSchedules(run, SAMPLE, random(1));
	return outcomes;
}

it('hands an event on, or leaves it to Recover Missed, that is received while another process looks for it', async () => {
	const { times, lost } = await outcomesOf([isNeverReceived(0), receive(1, '1')]);
	expect({ lost, twice: times[2] }).toEqual({ lost: 0, twice: 0 });
	expect(times[1]).toBeGreaterThan(100);
}, 300_000);

it('hands an event on exactly once that is recovered while another process looks for it', async () => {
	const { times, lost } = await outcomesOf([isNeverAcknowledged(0), receiveAgain(1, '1')]);
	expect({ lost, times: times.slice(0, 1), twice: times[2] }).toEqual({ lost: 0, times: [0], twice: 0 });
}, 300_000);

it('loses no event that is received twice while a process looks for it', async () => {
	const { times: [, once = 0, twice = 0], lost } = await outcomesOf([isNeverReceived(0), receive(1, '1'), receive(0, '2')]);
	expect(lost).toBe(0);
	expect(once).toBeGreaterThan(twice);
}, 300_000);

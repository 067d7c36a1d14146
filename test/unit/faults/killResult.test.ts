import type { Job } from '../../../sandbox';
import type { SubmittedJob } from '../../../tools/faults/chained/jobs';
import { killResultProblems, killResultOf } from '../../../tools/faults/chained/killResult';
import type { Visit } from '../../../tools/faults/chained/observer';

const job = (id: string, execution: string, round: string, node: 'first' | 'next' = 'first'): SubmittedJob => ({
	job: { id } as Job,
	run: `pausing-${execution}`,
	execution,
	node,
	round,
});
const visit = (execution: string, place: string, ids: string[], completed = ids): Visit => ({
	run: `pausing-${execution}`,
	execution,
	place,
	ids,
	completed,
	round: '0',
	at: 0,
});
const sources = {
	moment: 'pausing' as const,
	kills: 2,
	statuses: ['success'],
	jobs: [],
	visits: [],
	recovered: new Set<string>(),
	logged: new Set<string>(),
};

it('counts the outcome of each job', () => {
	const result = killResultOf({
		...sources,
		statuses: ['success', 'crashed', 'crashed', 'error', 'open'],
		jobs: ['left', 'timedOut', 'recovered', 'leftAndRecovered', 'logged', 'lost'].map((id, index) =>
			job(id, '1', String(index)),
		),
		visits: [visit('1', 'afterFirst', ['left', 'timedOut', 'leftAndRecovered'], ['left', 'leftAndRecovered'])],
		recovered: new Set(['recovered', 'leftAndRecovered']),
		logged: new Set(['left', 'recovered', 'logged']),
	});
	expect(result).toEqual({
		moment: 'pausing',
		kills: 2,
		executions: 5,
		crashed: 2,
		failed: 1,
		unfinished: 1,
		jobs: 6,
		left: 2,
		timedOut: 1,
		recovered: 2,
		twice: 1,
		onlyLogged: 1,
		idsLost: 1,
		repeatedSubmits: 0,
		continuedTwice: 0,
	});
	expect(killResultProblems([result])).toEqual([
		'killed, pausing: 1 job IDs were lost',
		"killed, pausing: 1 executions didn't finish",
	]);
});

it('counts a submit as repeated only within the same execution, node, and item', () => {
	const jobs = [
		job('a', '1', '0'),
		job('b', '1', '0'),
		job('c', '1', '0'),
		job('d', '1', '1'),
		job('e', '1', '0', 'next'),
		job('f', '2', '0'),
	];
	expect(killResultOf({ ...sources, jobs }).repeatedSubmits).toBe(2);
});

it('counts repeated continuations of a node within an execution', () => {
	const visits = [
		visit('1', 'afterFirst', []),
		visit('1', 'afterFirst', []),
		visit('1', 'afterNext', []),
		visit('2', 'afterFirst', []),
	];
	expect(killResultOf({ ...sources, visits }).continuedTwice).toBe(1);
});

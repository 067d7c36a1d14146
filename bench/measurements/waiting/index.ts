import { polling, submitAndWait } from '../../../tools/compare/canvases';
import type { Measurement } from '../../bench';
import { CALLBACKS_AT_ONCE, FILL_WITHIN_MS, gather, WARM_UP } from './crowd';
import { answersIn, comparisonsOf, tableOf } from './results';

const JOBS = 1000;
const QUICK_JOBS = 50;
const POLL_SECONDS = 15;

const OURS = { name: 'wait', title: 'Submit and Wait', draw: submitAndWait({ options: { initialPoll: 0 } }) };
const BESIDE = { name: 'polling', title: `Polling every ${POLL_SECONDS} s`, draw: polling(POLL_SECONDS) };

const introductionFor = (jobs: number) => `${jobs} executions with one job each, of a recording given as a URL. The sandbox ends no job before all of them wait, then all of them, with at most ${CALLBACKS_AT_ONCE} callbacks under way at a time. Each side in a fresh n8n with SQLite, after ${WARM_UP} executions that came and went. Memory is that of n8n's main process, its heap after forced garbage collections; the database is what stands in its pages. *Submit and Wait* with First Look 0, so that it parks at once; *polling* is HTTP Request (submit), Wait, HTTP Request (status), IF, back to Wait: a pause under 65 s keeps the execution running.`;

export const waiting: Measurement = {
	name: 'waiting',
	title: 'A thousand jobs that wait at the same time',
	measure: async (bench) => {
		const jobs = bench.quick ? QUICK_JOBS : JOBS;
		const ours = await gather({ jobs, bench, status: 'waiting', plan: OURS });
		const other = await gather({ jobs, bench, status: 'running', plan: BESIDE });
		return {
			introduction: introductionFor(jobs),
			comparisons: comparisonsOf(ours, BESIDE.title, other),
			tables: [tableOf([[OURS.title, ours], [BESIDE.title, other]])],
			notes: [
				`Answers to the callbacks of Submit and Wait: ${answersIn(ours)}.`,
				'So few callbacks at a time, since n8n 2.41 does not answer any of a thousand that come in the same moment, whether they go to its own Webhook node or to a node of ours: each starts an engine for expressions (an isolate of V8) of its own. With 32 at a time and 200 jobs, some were answered with 503 or 409 or not in time; all 200 went on nevertheless, since an execution that waits looks for itself.',
				`Executions that poll keep such an engine each, so that n8n gets slower with every one of them: what is not handed in after ${FILL_WITHIN_MS / 1000} s is not handed in.`,
				'Resident memory is not what waits: while an execution or a call of a webhook runs, n8n holds a sandbox of its own for expressions for it (`isolated-vm`), and the process keeps pages that were once in use. The heap says what each job that waits costs.',
			],
		};
	},
};

import { polling, submitAndWait } from '../../../tools/compare/canvases';
import type { Measurement } from '../../bench';
import { CALLBACKS_AT_ONCE, FILL_WITHIN_MS, measureWaitingExecutions, WARM_UP } from './waitingExecutions';
import { formatResponses, comparisonsOf, tableOf } from './results';

const JOBS = 1000;
const QUICK_JOBS = 50;
const POLL_SECONDS = 15;

const OURS = { name: 'wait', title: 'Submit and Wait', build: submitAndWait({ options: { initialPoll: 0 } }) };
const BASELINE = { name: 'polling', title: `Polling every ${POLL_SECONDS} s`, build: polling(POLL_SECONDS) };

const introductionFor = (jobs: number) =>
	`${jobs} executions with one job each; the recording is a URL. The sandbox ends the jobs only after all executions wait, with at most ${CALLBACKS_AT_ONCE} concurrent callbacks. Each side runs in a fresh n8n with SQLite, after ${WARM_UP} executions as a warm-up. Memory is that of n8n's main process, and the heap is measured after forced garbage collections. The database size counts used pages. *Submit and Wait* has Initial Poll 0, so that it pauses immediately. *Polling* is HTTP Request (submit), Wait, HTTP Request (status), IF, back to Wait; a pause under 65 s keeps the execution running.`;

export const waiting: Measurement = {
	name: 'waiting',
	title: 'A thousand jobs that wait at the same time',
	measure: async (bench) => {
		const jobs = bench.quick ? QUICK_JOBS : JOBS;
		const ours = await measureWaitingExecutions({ jobs, bench, status: 'waiting', plan: OURS });
		const other = await measureWaitingExecutions({ jobs, bench, status: 'running', plan: BASELINE });
		return {
			introduction: introductionFor(jobs),
			comparisons: comparisonsOf(ours, BASELINE.title, other),
			tables: [
				tableOf([
					[OURS.title, ours],
					[BASELINE.title, other],
				]),
			],
			notes: [
				`Responses to the callbacks of Submit and Wait: ${formatResponses(ours)}.`,
				'The number of concurrent callbacks is low because n8n 2.41 answers none of a thousand callbacks that arrive at the same moment, whether they go to its own Webhook node or to our nodes: each starts its own expression engine (a V8 isolate). With 32 at a time and 200 jobs, some were answered with 503 or 409, or too late. All 200 executions continued anyway, because a waiting execution also checks for itself.',
				`Each polling execution keeps such an engine, so n8n becomes slower with each of them. Nothing is submitted after ${FILL_WITHIN_MS / 1000} s.`,
				"Resident memory doesn't show the cost of waiting: while an execution or a webhook call runs, n8n keeps a separate sandbox for its expressions (`isolated-vm`), and the process keeps pages that were once in use. The heap shows what each waiting job costs.",
			],
		};
	},
};

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
	`${jobs} executions submit one job each, and the recording is a URL. The sandbox doesn't end the jobs until all executions are waiting, and then sends at most ${CALLBACKS_AT_ONCE} callbacks concurrently. Each side runs in a fresh n8n instance with SQLite, after ${WARM_UP} warm-up executions. The memory figures are for n8n's main process, and the heap is measured after forced garbage collections. The database size counts only used pages. In *Submit and Wait*, Initial Poll is set to 0, so that the node pauses immediately. *Polling* consists of HTTP Request (submit), Wait, HTTP Request (status), and IF, which returns to Wait. If a pause is shorter than 65 s, n8n keeps the execution running.`;

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
				'The number of concurrent callbacks is low because n8n 2.41 takes more than a minute to respond to a thousand callbacks that arrive at the same moment, whether they go to its own Webhook node or to our nodes, because it starts an expression engine (a V8 isolate) for each of them. With 32 concurrent callbacks and 200 jobs, n8n responded to some callbacks with 503 or 409, or too late. All 200 executions continued anyway, because a waiting execution also checks its jobs itself.',
				`Each polling execution keeps such an engine, so n8n becomes slower with each additional execution. Nothing is submitted after ${FILL_WITHIN_MS / 1000} s.`,
				"Resident memory doesn't show the cost of waiting, because while an execution or a webhook call runs, n8n keeps a separate sandbox for its expressions (`isolated-vm`), and because the process keeps memory pages that were once in use. The heap shows what each waiting job costs.",
			],
		};
	},
};

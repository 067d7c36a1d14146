import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Measurement, Section } from '../../bench';
import { formatNumber } from '../../../tools/lib/statistics';
import { deliver, deliverFirst, deliverPlain, getAgain, type Impact, submit } from './deliveries';
import type { Recording } from './recordings';
import { comparisonsOf, type Result, type Side, SIDES, tablesOf } from './results';
import { openTestbed, type ServiceWorkflows, type Testbed } from './testbed';

const RECORDINGS: readonly Recording[] = [
	{ words: 30_000, language: 'en' },
	{ words: 100_000, language: 'en' },
];
const QUICK_RECORDINGS: readonly Recording[] = [{ words: 3_000, language: 'en' }];

/** With Soniox, a space at the beginning of a token marks a new word. Here, no token has one, so all of the transcript is a single word. */
const unspaced = ({ words }: Recording): Recording => ({ words, language: 'zh' });

const ROUNDS = 3;
/** How long to observe n8n while it is idle. */
const IDLE_MS = 5_000;

export const silence: Measurement = {
	name: 'silence',
	title: 'How long n8n is unresponsive while a long transcript is delivered',
	async measure(bench: Bench): Promise<Section> {
		const recordings = bench.quick ? QUICK_RECORDINGS : RECORDINGS;
		const [first] = recordings;
		const spaceless = first && unspaced(first);
		const testbed = await openTestbed(bench, spaceless ? [...recordings, spaceless] : recordings);
		try {
			const idle = await idleSilence(testbed);
			const results: Result[] = [];
			for (const workflows of testbed.services) {
				for (const recording of recordings) results.push(await measureOne(bench, testbed, workflows, recording));
				if (spaceless && workflows.service.provider === 'soniox')
					results.push(await measureOne(bench, testbed, workflows, spaceless));
			}
			return {
				introduction: INTRODUCTION,
				comparisons: comparisonsOf(results),
				tables: tablesOf(results),
				notes: [`An idle n8n was unresponsive for at most ${formatNumber(idle)} ms during ${IDLE_MS / 1000} s.`],
			};
		} finally {
			await testbed.close();
		}
	},
};

async function measureOne(
	{ quick, say }: Bench,
	testbed: Testbed,
	workflows: ServiceWorkflows,
	recording: Recording,
): Promise<Result> {
	const name = `${workflows.service.name}, ${recording.words} words${recording.language === 'zh' ? ' without spaces' : ''}`;
	say(`${name}: first delivery …`);
	// The first delivery isn't counted, because code is compiled on the first call.
	const job = await deliverFirst(testbed, workflows, recording);
	const result: Result = {
		service: workflows.service.name,
		recording,
		bytes: job.bytes,
		delivered: [],
		get: [],
		plain: [],
	};
	const run: Record<Side, () => Promise<Impact>> = {
		delivered: async () => await deliver(testbed, workflows, await submit(testbed, workflows, recording)),
		get: async () => await getAgain(testbed, workflows, job),
		plain: async () => await deliverPlain(testbed, workflows, job, testbed.textLength(recording)),
	};
	for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
		// The order is reversed each time, so that gradual changes affect all sides.
		for (const side of round % 2 === 0 ? SIDES : [...SIDES].reverse()) result[side].push(await run[side]());
		const [delivered, plain] = [result.delivered.at(-1), result.plain.at(-1)];
		say(
			`${name}: unresponsive for ${formatNumber(delivered?.silenceMs ?? NaN)} ms, baseline ${formatNumber(plain?.silenceMs ?? NaN)} ms`,
		);
	}
	return result;
}

async function idleSilence({ probe }: Testbed): Promise<number> {
	await probe.start();
	await sleep(IDLE_MS);
	return (await probe.longest()).silenceMs;
}

const INTRODUCTION = `A transcript from each service arrives at a Transcription Trigger with default settings in a real n8n instance (regular mode,
SQLite), which receives the callback, verifies it, fetches the transcript, and outputs an item. Speakers are labeled. Meanwhile, a
separate process requests /healthz from the same n8n instance at least a hundred times per second. The longest time between two responses
is the time for which n8n served no request. The tables also show how much of that time n8n's main thread spent on the processor, which
is the more reliable figure on a busy machine. *\`JSON.parse\`* is the floor: a node in this benchmark that
receives the same callback in the same n8n instance, fetches the same responses with the same helper, which parses them, and outputs a
text of the same length. *Get* fetches the transcript by its ID. Processor time is the total for all of n8n's threads, including the
health checks. ElevenLabs' callbacks contain the whole transcript, which n8n parses before it calls the node. With 100,000 words, they
are larger than n8n accepts by default, so N8N_PAYLOAD_SIZE_MAX is raised.`;

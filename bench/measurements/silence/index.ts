import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Measurement, Section } from '../../bench';
import { short } from '../../statistics';
import { deliver, deliverFirst, deliverPlain, getAgain, type Strain, submit } from './deliveries';
import type { Recording } from './recordings';
import { comparisonsOf, type Result, type Side, SIDES, tablesOf } from './results';
import { openTestbed, type Subject, type Testbed } from './testbed';

const RECORDINGS: readonly Recording[] = [
	{ words: 30_000, language: 'en' },
	{ words: 100_000, language: 'en' },
];
const QUICK_RECORDINGS: readonly Recording[] = [{ words: 3_000, language: 'en' }];

/** With Soniox a space at the beginning of a token marks a new word. Here no token has one, so the whole transcript is one word. */
const unspaced = ({ words }: Recording): Recording => ({ words, language: 'zh' });

const ROUNDS = 3;
/** How long n8n is watched while it does nothing. */
const IDLE_MS = 5_000;

export const silence: Measurement = {
	name: 'silence',
	title: 'How long n8n is silent while a long transcript is delivered',
	async measure(bench: Bench): Promise<Section> {
		const recordings = bench.quick ? QUICK_RECORDINGS : RECORDINGS;
		const [first] = recordings;
		const spaceless = first && unspaced(first);
		const testbed = await openTestbed(bench, spaceless ? [...recordings, spaceless] : recordings);
		try {
			const idle = await idleSilence(testbed);
			const results: Result[] = [];
			for (const subject of testbed.subjects) {
				for (const recording of recordings) results.push(await measureOne(bench, testbed, subject, recording));
				if (spaceless && subject.service.provider === 'soniox') results.push(await measureOne(bench, testbed, subject, spaceless));
			}
			return {
				introduction: INTRODUCTION,
				comparisons: comparisonsOf(results),
				tables: tablesOf(results),
				notes: [`An n8n that had nothing to do was silent for ${short(idle)} ms at most during ${IDLE_MS / 1000} s.`],
			};
		} finally {
			await testbed.close();
		}
	},
};

async function measureOne({ quick, say }: Bench, testbed: Testbed, subject: Subject, recording: Recording): Promise<Result> {
	const name = `${subject.service.name}, ${recording.words} words${recording.language === 'zh' ? ' without spaces' : ''}`;
	say(`${name}: first delivery …`);
	// What is compiled on the first call is not counted.
	const job = await deliverFirst(testbed, subject, recording);
	const result: Result = { service: subject.service.name, recording, bytes: job.bytes, delivered: [], get: [], plain: [] };
	const run: Record<Side, () => Promise<Strain>> = {
		delivered: async () => await deliver(testbed, subject, await submit(testbed, subject, recording)),
		get: async () => await getAgain(testbed, subject, job),
		plain: async () => await deliverPlain(testbed, subject, job, testbed.textLength(recording)),
	};
	for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
		// The order is reversed each time, so that what changes during the rounds changes for all.
		for (const side of round % 2 === 0 ? SIDES : [...SIDES].reverse()) result[side].push(await run[side]());
		const [delivered, plain] = [result.delivered.at(-1), result.plain.at(-1)];
		say(`${name}: silent for ${short(delivered?.silenceMs ?? NaN)} ms, beside ${short(plain?.silenceMs ?? NaN)} ms`);
	}
	return result;
}

async function idleSilence({ probe }: Testbed): Promise<number> {
	await probe.start();
	await sleep(IDLE_MS);
	return (await probe.longest()).silenceMs;
}

const INTRODUCTION = `A transcript of every service arrives at a Transcription Trigger with its default settings in a real n8n (regular mode,
SQLite): the callback, its verification, the fetch, the item. Speakers are told apart. Meanwhile another process requests /healthz of the same n8n a
hundred times a second or more; the longest time between two answers is how long n8n served no request. How much of that n8n's main thread spent on the
processor is shown, too: on a busy machine that is the more reliable figure. *\`JSON.parse\`* is the floor: a node of this benchmark
that receives the same callback in the same n8n, fetches the same answers with the same helper, which parses them, and outputs a text of the same
length. *Get* fetches the transcript by its ID. Processor time is n8n's, in all its threads, including what the health checks take. ElevenLabs'
callbacks carry the whole transcript, which n8n parses before any node sees it; for 100,000 words they are larger than n8n accepts by default, so
N8N_PAYLOAD_SIZE_MAX is raised.`;

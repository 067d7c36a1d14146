import { join } from 'node:path';
import { FILE_FORMATS } from '../../../nodes/Transcription/transcript/files';
import type { Bench, Comparison, Measurement, Section, Table } from '../../bench';
import { bundle } from '../../bundle';
import { median, ratioOf, short } from '../../statistics';
import { Costs } from './cost';
import { SUBTITLES } from './jobs';

/** From few to many: time is compared at the last, growth between the last two. */
const SIZES = { full: [1_000, 10_000, 100_000], quick: [100, 1_000, 10_000] } as const;
const ROUNDS = { full: 3, quick: 1 };

/** Time that grows with this power of the number of words counts as linear. */
const LINEAR = 1.15;

const FORMATS = FILE_FORMATS.map(({ format }) => format);
const LIBRARIES = SUBTITLES.flatMap((format) => [`${format} by subtitle`, `${format} by deepgram`]);
const AT_THE_LAST = [...SUBTITLES.flatMap((format) => [`${format} cues`, `${format} cues by subtitle`]), 'reading', 'cutting'];

/** Makes an object for each word and nothing else: what it takes beyond linear growth goes into memory, not into our code. */
const FLOOR = 'copying';

export const files: Measurement = {
	name: 'files',
	title: 'Subtitles and documents',
	measure: (bench) => {
		const program = bundle(join(__dirname, 'program.ts'));
		try {
			return Promise.resolve(sectionOf(measured(new Costs(program.file), bench), bench));
		} finally {
			program.remove();
		}
	},
};

const sizes = ({ quick }: Bench) => (quick ? SIZES.quick : SIZES.full);
const rounds = ({ quick }: Bench) => (quick ? ROUNDS.quick : ROUNDS.full);

function measured(costs: Costs, bench: Bench): Costs {
	const [, , last] = sizes(bench);
	for (let round = 1; round <= rounds(bench); round++) {
		bench.say(`Files, round ${round} of ${rounds(bench)}`);
		for (const size of sizes(bench)) for (const job of [...FORMATS, ...LIBRARIES, FLOOR]) costs.measure(job, size);
		for (const job of AT_THE_LAST) costs.measure(job, last);
	}
	return costs;
}

const words = (count: number) => `${count.toLocaleString('en')} words`;

function sectionOf(costs: Costs, bench: Bench): Section {
	const [few, middle, last] = sizes(bench);
	const figure = (job: string) => ({ values: costs.ms(job, last), unit: 'ms' });
	const faster = (what: string, job: string, name: string, other: string): Comparison => ({
		what,
		ours: figure(job),
		beside: { name, figure: figure(other) },
		target: 'faster',
		met: ratioOf(figure(job), figure(other)) < 1,
	});
	const comparisons = SUBTITLES.flatMap((format) => {
		const name = format.toUpperCase();
		return [
			faster(`${name} of ${words(last)}, cut where sentences and phrases end`, format, '`@deepgram/captions`, cut every eight words', `${format} by deepgram`),
			faster(`The same`, format, '`subtitle`, cut every ten words', `${format} by subtitle`),
			faster(`${name} of ready cues of ${words(last)}`, `${format} cues`, '`subtitle`', `${format} cues by subtitle`),
		];
	});
	const floor = { values: costs.slopes(FLOOR, middle, last), unit: '' };
	const growth = FILE_FORMATS.map(({ format, name }): Comparison => {
		const slopes = costs.slopes(format, middle, last);
		return {
			what: `${name}: power with which time grows, from ${words(middle)} to ${words(last)}`,
			ours: { values: slopes, unit: '' },
			beside: { name: 'copying the words', figure: floor },
			target: `linear: at most ${LINEAR}`,
			met: median(slopes) <= LINEAR,
		};
	});
	return {
		introduction: `Words become cues or paragraphs, and these a file: time of the processor until the bytes are there. Each job runs in a process of its own that has made small files for a while; a round has a process of each job, in turn, and of its nine runs the median counts. ${words(last)} are ${(last / 9000).toFixed(0)} hours of speech. The code is bundled as it is in the package. Memory is by how much its peak grows with the first run. Ready cues are the same for both, in words: putting each cue’s text together from them, which \`subtitle\` leaves to its users, counts for either. Growth stands beside that of copying the words, an object for each and nothing else, since whatever keeps many objects pays for keeping memory in order.`,
		comparisons: [...comparisons, ...growth],
		tables: [allJobs(costs, [few, middle, last]), whereTimeGoes(costs, last)],
		notes: [
			'`subtitle` leaves cutting to its users, and ten words are whatever ten words are: cues that go on for longer than can be read, over pauses and other speakers, in lines that no screen has room for. Ours weighs for every word all cues that may end there (some sixteen) and keeps the best; reading and cutting are what this costs, and their floor is the object for each word that has to be made and kept.',
			`No step's own work grows faster than the number of words; what does is memory: of ${words(middle)} the objects die young and cost next to nothing, of ${words(last)} they have to be kept and moved. So even copying the words, an object for each and nothing else, grows with a power of ${short(median(costs.slopes(FLOOR, middle, last)))}: that is the floor, and why formats miss ${LINEAR}.`,
		],
	};
}

function allJobs(costs: Costs, all: readonly [number, number, number]): Table {
	const [, middle, last] = all;
	const row = (name: string, job: string) => [
		name,
		...all.map((size) => `${short(median(costs.ms(job, size)))} ms`),
		median(costs.slopes(job, middle, last)).toFixed(2),
		`${costs.megabytes(job, last).toFixed(0)} MB`,
	];
	return {
		title: 'All formats',
		header: ['', ...all.map(words), 'Growth', 'Memory'],
		rows: [
			...FILE_FORMATS.map(({ format, name }) => row(name, format)),
			...SUBTITLES.flatMap((format) => [
				row(`${format.toUpperCase()} by \`@deepgram/captions\``, `${format} by deepgram`),
				row(`${format.toUpperCase()} by \`subtitle\`, ten words a cue`, `${format} by subtitle`),
			]),
			row('For comparison: an object for each word, and nothing else', FLOOR),
		],
	};
}

function whereTimeGoes(costs: Costs, last: number): Table {
	const steps = { 'Reading words, turn by turn': 'reading', 'Cutting them into cues and lines': 'cutting', 'Writing the cues as SRT': 'srt cues', 'For comparison: an object for each word, and nothing else': FLOOR };
	return {
		title: `Where the time goes with ${words(last)}`,
		header: ['', 'Time', 'Memory'],
		rows: Object.entries(steps).map(([name, job]) => [name, `${short(median(costs.ms(job, last)))} ms`, `${costs.megabytes(job, last).toFixed(0)} MB`]),
	};
}

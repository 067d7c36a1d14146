import { join } from 'node:path';
import { FILE_FORMATS } from '../../../nodes/Transcription/transcript/files';
import type { Bench, Comparison, Measurement, Section, Table } from '../../bench';
import { bundle } from '../../bundle';
import { formatNumber, median } from '../../../tools/lib/statistics';
import { ratioOf } from '../../figure';
import { Costs } from './cost';
import { OTHER_EXPORTS, SUBTITLES } from './jobs';

/** Numbers of words, in ascending order. Times are compared at the largest size, and growth between the two largest. */
const SIZES = { full: [1_000, 10_000, 100_000], quick: [100, 1_000, 10_000] } as const;
const ROUNDS = { full: 3, quick: 1 };

/** Growth up to this exponent counts as linear. */
const LINEAR = 1.15;

const FORMATS = FILE_FORMATS.map(({ format }) => format);
const OTHERS = Object.keys(OTHER_EXPORTS);
const LIBRARIES = SUBTITLES.flatMap((format) => [`${format} by subtitle`, `${format} by deepgram`]);
const LARGEST_SIZE_ONLY = [
	...SUBTITLES.flatMap((format) => [`${format} cues`, `${format} cues by subtitle`]),
	'reading',
	'splitting',
];

/** Only creates an object per word, so if its growth isn't linear, memory management is the cause, not our code. */
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
		for (const size of sizes(bench))
			for (const job of [...FORMATS, ...OTHERS, ...LIBRARIES, FLOOR]) costs.measure(job, size);
		for (const job of LARGEST_SIZE_ONLY) costs.measure(job, last);
	}
	return costs;
}

const words = (count: number) => `${count.toLocaleString('en')} words`;

function sectionOf(costs: Costs, bench: Bench): Section {
	const [few, middle, last] = sizes(bench);
	const figure = (job: string) => ({ values: costs.ms(job, last), unit: 'ms' });
	const faster = (label: string, job: string, name: string, other: string): Comparison => ({
		label,
		ours: figure(job),
		baseline: { name, figure: figure(other) },
		target: 'faster',
		met: ratioOf(figure(job), figure(other)) < 1,
		...(other === 'srt by deepgram' && { headline: label }),
	});
	const comparisons = SUBTITLES.flatMap((format) => {
		const name = format.toUpperCase();
		return [
			faster(
				`${name} of ${words(last)}, split at the end of sentences and phrases`,
				format,
				'`@deepgram/captions`, split every eight words',
				`${format} by deepgram`,
			),
			faster(`The same`, format, '`subtitle`, split every ten words', `${format} by subtitle`),
			faster(
				`${name} from existing cues of ${words(last)}`,
				`${format} cues`,
				'`subtitle`',
				`${format} cues by subtitle`,
			),
		];
	});
	const floor = { values: costs.slopes(FLOOR, middle, last), unit: '' };
	const exported = [
		...FILE_FORMATS.map(({ format, name }) => ({ job: format, name })),
		...OTHERS.map((name) => ({ job: name, name })),
	];
	const growth = exported.map(({ job, name }): Comparison => {
		const slopes = costs.slopes(job, middle, last);
		return {
			label: `${name}: growth exponent from ${words(middle)} to ${words(last)}`,
			ours: { values: slopes, unit: '' },
			baseline: { name: 'copying the words', figure: floor },
			target: `linear: at most ${LINEAR}`,
			met: median(slopes) <= LINEAR,
			floor: {
				name: 'copying the words',
				figure: floor,
				target: 'at most 1',
				met: ratioOf({ values: slopes, unit: '' }, floor) <= 1,
			},
			...(job === 'srt' && { headline: `Growth exponent of writing ${name}` }),
		};
	});
	return {
		introduction: `This benchmark measures the processor time that it takes to turn words into cues or paragraphs, and those into the bytes of a file. Each job runs in a separate process that has already created small files for a while. In each round, every job gets its own process, and the median of its nine runs counts. ${words(last)} are ${(last / 9000).toFixed(0)} hours of speech. The code is bundled in the same way as in the package. Memory is the increase in peak memory during the first run. Existing cues consist of words and are the same for both sides. Joining each cue’s text, which \`subtitle\` leaves to its users, is included for both. Any program that keeps many objects pays for garbage collection, so growth is compared with that of copying the words, which only creates an object for each word.`,
		comparisons: [...comparisons, ...growth],
		tables: [allJobs(costs, [few, middle, last]), whereTimeGoes(costs, last)],
		notes: [
			"`subtitle` leaves splitting to its users, and splitting every ten words produces cues that are too long to read, that continue across pauses and speakers, and whose lines don't fit on a screen. For every word, our code rates all cues that may end there (about sixteen) and keeps the best one. The cost of this is in reading and splitting, and its floor is the object that has to be created and kept for each word.",
			`The work of each step is linear in the number of words, but memory management isn't. With ${words(middle)}, objects are short-lived and cost almost nothing. With ${words(last)}, they have to be kept and moved. Even copying the words, which only creates an object for each word, has a growth exponent of ${formatNumber(median(costs.slopes(FLOOR, middle, last)))}. That is the floor, and the reason that some formats miss ${LINEAR}.`,
		],
	};
}

function allJobs(costs: Costs, all: readonly [number, number, number]): Table {
	const [, middle, last] = all;
	const row = (name: string, job: string) => [
		name,
		...all.map((size) => `${formatNumber(median(costs.ms(job, size)))} ms`),
		median(costs.slopes(job, middle, last)).toFixed(2),
		`${costs.megabytes(job, last).toFixed(0)} MB`,
	];
	return {
		title: 'All formats',
		header: ['', ...all.map(words), 'Growth', 'Memory'],
		rows: [
			...FILE_FORMATS.map(({ format, name }) => row(name, format)),
			...OTHERS.map((name) => row(name, name)),
			...SUBTITLES.flatMap((format) => [
				row(`${format.toUpperCase()} by \`@deepgram/captions\``, `${format} by deepgram`),
				row(`${format.toUpperCase()} by \`subtitle\`, ten words per cue`, `${format} by subtitle`),
			]),
			row('For comparison: an object per word', FLOOR),
		],
	};
}

function whereTimeGoes(costs: Costs, last: number): Table {
	const steps = {
		'Reading words, turn by turn': 'reading',
		'Splitting them into cues and lines': 'splitting',
		'Writing the cues as SRT': 'srt cues',
		'For comparison: an object per word': FLOOR,
	};
	return {
		title: `Where the time goes with ${words(last)}`,
		header: ['', 'Time', 'Memory'],
		rows: Object.entries(steps).map(([name, job]) => [
			name,
			`${formatNumber(median(costs.ms(job, last)))} ms`,
			`${costs.megabytes(job, last).toFixed(0)} MB`,
		]),
	};
}

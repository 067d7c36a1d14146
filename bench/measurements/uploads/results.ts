import type { Comparison, Figure, Floor, Section, Table } from '../../bench';
import { formatNumber, median } from '../../../tools/lib/statistics';
import { formatFigure, ratioOf } from '../../figure';
import { LINE_MEGABYTES } from './sink';
import { type Shape, UPLOADER_NAMES, type UploaderName, UPLOADERS } from './uploaders';

/** The cost of an upload by a node. */
export interface Cost {
	/** Increase in n8n's memory. */
	mebibytes: number;
	/** Duration of the node, including its other requests. */
	seconds: number;
}

/** Results of all uploaders with a file of one size. */
export interface Uploads {
	shape: Shape;
	megabytes: number;
	nodes: Record<UploaderName, Cost[]>;
	/** Seconds. */
	curl: number[];
	plainNode: number[];
	/** Seconds over a simulated line. Only measured for one size. */
	line: { ours: number[]; curl: number[] };
}

const MOST_MEBIBYTES = 64;
/** Memory use counts as flat if it grows by at most this share of a file's size. */
const FLAT = 0.1;
const LEAST_THROUGHPUT = 0.9;
/** Whether figures of these uploads are in the summary. */
const isHeadline = (shape: Shape, megabytes: number) => shape === 'raw' && megabytes === 1000;
const SHAPES: Record<Shape, string> = { raw: 'as the body', form: 'in a form' };
const CURL: Record<Shape, string> = { raw: '`curl -T`', form: '`curl -F`' };

const growth = (costs: readonly Cost[]): Figure => ({ values: costs.map(({ mebibytes }) => mebibytes), unit: 'MiB' });
const speed = (megabytes: number, seconds: readonly number[]): Figure => ({
	values: seconds.map((value) => megabytes / value),
	unit: 'MB/s',
});
const secondsOf = (costs: readonly Cost[]) => costs.map(({ seconds }) => seconds);

export function sectionOf(results: readonly Uploads[]): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: [
			...results.flatMap(memoryOf),
			...(['raw', 'form'] as const).flatMap((shape) => flatness(results.filter((result) => result.shape === shape))),
			...results.map((result) => loopback(result, results)),
			...results
				.filter(({ line }) => line.ours.length > 0)
				.map(({ shape, megabytes, line }) => ({
					...throughput(
						shape,
						megabytes,
						`${megabytes} MB over a line of ${LINE_MEGABYTES} MB/s`,
						line.ours,
						line.curl,
					),
					...(shape === 'raw' && { headline: 'Upload speed over a line of one gigabit per second' }),
				})),
		],
		tables: [everything(results)],
		notes: [FLOOR],
	};
}

function memoryOf({ shape, megabytes, nodes }: Uploads): Comparison[] {
	const ours = growth(nodes.ours);
	const others = ['httpRequest', 'buffering'] as const;
	return others.map((name, index) => ({
		label: `Memory for an upload of ${megabytes} MB ${SHAPES[shape]}`,
		ours,
		baseline: { name: UPLOADERS[name][shape]?.title ?? '', figure: growth(nodes[name]) },
		...(index === 0 && isHeadline(shape, megabytes) && { headline: 'Memory for an upload of 1 GB' }),
		// The target is shown only once.
		...(index === 0 && { target: `at most ${MOST_MEBIBYTES} MiB`, met: Math.max(...ours.values) <= MOST_MEBIBYTES }),
	}));
}

/** On a single machine, the floor is a pipe from disk to the server in n8n's process, in which n8n's heap slows it down. */
function loopback({ shape, megabytes, nodes, curl }: Uploads, results: readonly Uploads[]): Comparison {
	const comparison = throughput(shape, megabytes, `${megabytes} MB`, secondsOf(nodes.ours), curl);
	// The pipe uploads the file as the body only.
	const pipe = results.find((result) => result.shape === 'raw' && result.megabytes === megabytes)?.nodes.piping ?? [];
	if (pipe.length === 0) return comparison;
	const figure = speed(megabytes, secondsOf(pipe));
	const floor: Floor = {
		name: 'a pipe from disk in n8n’s process',
		figure,
		target: `at least ${LEAST_THROUGHPUT}`,
		met: ratioOf(comparison.ours, figure) >= LEAST_THROUGHPUT,
	};
	return {
		...comparison,
		floor,
		...(isHeadline(shape, megabytes) && { headline: 'Upload speed within one machine, 1 GB' }),
	};
}

/** @param results in ascending order of size */
function flatness(results: readonly Uploads[]): Comparison[] {
	const [smallest, largest] = [results.at(0), results.at(-1)];
	if (!smallest || !largest) return [];
	const further = ((largest.megabytes - smallest.megabytes) * 1e6) / 2 ** 20;
	const share = (name: UploaderName) =>
		(median(growth(largest.nodes[name]).values) - median(growth(smallest.nodes[name]).values)) / further;
	return [
		{
			label: `Memory per additional byte from ${smallest.megabytes} to ${largest.megabytes} MB, uploaded ${SHAPES[largest.shape]}`,
			ours: { values: [share('ours')], unit: '' },
			baseline: { name: 'HTTP Request', figure: { values: [share('httpRequest')], unit: '' } },
			target: `flat: at most ${FLAT}`,
			met: share('ours') <= FLAT,
		},
	];
}

function throughput(
	shape: Shape,
	megabytes: number,
	label: string,
	ours: readonly number[],
	curl: readonly number[],
): Comparison {
	const [mine, other] = [speed(megabytes, ours), speed(megabytes, curl)];
	return {
		label: `Throughput of ${label}, uploaded ${SHAPES[shape]}`,
		ours: mine,
		baseline: { name: CURL[shape], figure: other },
		target: `at least ${LEAST_THROUGHPUT}`,
		met: ratioOf(mine, other) >= LEAST_THROUGHPUT,
	};
}

function everything(results: readonly Uploads[]): Table {
	const rows = results.flatMap(({ shape, megabytes, curl, plainNode, nodes }) => {
		const row = (name: string, memory: string, seconds: readonly number[]) => [
			`${megabytes} MB ${SHAPES[shape]}: ${name}`,
			memory,
			formatFigure(speed(megabytes, seconds)),
			formatNumber(median(curl) / median(seconds)),
		];
		return [
			...UPLOADER_NAMES.flatMap((name) => {
				const uploader = UPLOADERS[name][shape];
				return uploader ? [row(uploader.title, formatFigure(growth(nodes[name])), secondsOf(nodes[name]))] : [];
			}),
			row('a plain Node program', '', plainNode),
			row(CURL[shape], '', curl),
		];
	});
	return { title: 'All results', header: ['', 'memory', 'throughput', 'relative to curl'], rows };
}

const INTRODUCTION = `n8n's own node reads the same file from disk (with binary data in the file system), and each node uploads it to the same server,
which counts the bytes and discards them. Memory is the peak resident memory of n8n's process during a run, minus its resident memory
before the first run, as recorded by the kernel (negative if n8n released more memory than the upload used). Each node runs in a fresh
n8n instance that has already uploaded small files. Throughput is the file size divided by the node's duration, which in our case
includes the request that creates the job. For comparison, curl and a plain Node program that pipes the file into a request upload the
same file, alternating with our node.`;

const FLOOR = `On a single machine, no Node program keeps up with curl, which transfers gigabytes per second. The plain Node program shows
what is possible with Node. The pipe in n8n's process, a node in this benchmark that reads the stored file without n8n's help, shows
what is possible inside n8n. According to a profile of an upload, half of the busy time is spent in V8's garbage collector, which
repeatedly traverses n8n's entire heap while the file passes through in 64 KiB chunks. The rest is spent on reading and writing, and
none in this package. A node that reads the whole file into one buffer avoids the garbage collection, at the cost of memory. Larger
chunks are also faster, but they use more memory: with 1 MiB chunks, uploading a form was two to five times as fast, but exceeded the
limit of ${MOST_MEBIBYTES} MiB. Over a connection of one gigabit per second, no difference is visible.`;

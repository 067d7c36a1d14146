import type { Comparison, Figure, Section, Table } from '../../bench';
import { median, ratioOf, short, shown } from '../../statistics';
import { LINE_MEGABYTES } from './sink';
import { type Shape, WAY_NAMES, type WayName, WAYS } from './ways';

/** What an upload by a node took. */
export interface Cost {
	/** By how much n8n's memory grew. */
	mebibytes: number;
	/** Of the node, its further requests included. */
	seconds: number;
}

/** What each way took with a file of one size. */
export interface Uploads {
	shape: Shape;
	megabytes: number;
	nodes: Record<WayName, Cost[]>;
	/** Seconds. */
	curl: number[];
	plainNode: number[];
	/** Seconds over a line; empty for the sizes with which that was not measured. */
	line: { ours: number[]; curl: number[] };
}

const MOST_MEBIBYTES = 64;
/** So much of each further byte of a file may be found in memory where that is still to be called flat. */
const FLAT = 0.1;
const LEAST_THROUGHPUT = 0.9;
const SHAPES: Record<Shape, string> = { raw: 'as the body', form: 'in a form' };
const CURL: Record<Shape, string> = { raw: '`curl -T`', form: '`curl -F`' };

const growth = (costs: readonly Cost[]): Figure => ({ values: costs.map(({ mebibytes }) => mebibytes), unit: 'MiB' });
const speed = (megabytes: number, seconds: readonly number[]): Figure => ({ values: seconds.map((value) => megabytes / value), unit: 'MB/s' });
const secondsOf = (costs: readonly Cost[]) => costs.map(({ seconds }) => seconds);

export function sectionOf(results: readonly Uploads[]): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: [
			...results.flatMap(memoryOf),
			...(['raw', 'form'] as const).flatMap((shape) => flatness(results.filter((result) => result.shape === shape))),
			...results.map(({ shape, megabytes, nodes, curl }) => throughput(shape, megabytes, `${megabytes} MB`, secondsOf(nodes.ours), curl)),
			...results
				.filter(({ line }) => line.ours.length > 0)
				.map(({ shape, megabytes, line }) => throughput(shape, megabytes, `${megabytes} MB over a line of ${LINE_MEGABYTES} MB/s`, line.ours, line.curl)),
		],
		tables: [everything(results)],
		notes: [FLOOR],
	};
}

function memoryOf({ shape, megabytes, nodes }: Uploads): Comparison[] {
	const ours = growth(nodes.ours);
	const others = ['httpRequest', 'buffering'] as const;
	return others.map((name, index) => ({
		what: `Memory that ${megabytes} MB take, uploaded ${SHAPES[shape]}`,
		ours,
		beside: { name: WAYS[name][shape]?.title ?? '', figure: growth(nodes[name]) },
		// Told once.
		...(index === 0 && { target: `at most ${MOST_MEBIBYTES} MiB`, met: Math.max(...ours.values) <= MOST_MEBIBYTES }),
	}));
}

/** @param results by size, the smallest first */
function flatness(results: readonly Uploads[]): Comparison[] {
	const [smallest, largest] = [results.at(0), results.at(-1)];
	if (!smallest || !largest) return [];
	const further = ((largest.megabytes - smallest.megabytes) * 1e6) / 2 ** 20;
	const share = (name: WayName) => (median(growth(largest.nodes[name]).values) - median(growth(smallest.nodes[name]).values)) / further;
	return [
		{
			what: `Of each further byte between ${smallest.megabytes} and ${largest.megabytes} MB, uploaded ${SHAPES[largest.shape]}, in memory`,
			ours: { values: [share('ours')], unit: '' },
			beside: { name: 'HTTP Request', figure: { values: [share('httpRequest')], unit: '' } },
			target: `flat: at most ${FLAT}`,
			met: share('ours') <= FLAT,
		},
	];
}

function throughput(shape: Shape, megabytes: number, what: string, ours: readonly number[], curl: readonly number[]): Comparison {
	const [mine, other] = [speed(megabytes, ours), speed(megabytes, curl)];
	return {
		what: `Throughput of ${what}, uploaded ${SHAPES[shape]}`,
		ours: mine,
		beside: { name: CURL[shape], figure: other },
		target: `at least ${LEAST_THROUGHPUT}`,
		met: ratioOf(mine, other) >= LEAST_THROUGHPUT,
	};
}

function everything(results: readonly Uploads[]): Table {
	const rows = results.flatMap(({ shape, megabytes, curl, plainNode, nodes }) => {
		const row = (name: string, memory: string, seconds: readonly number[]) => [
			`${megabytes} MB ${SHAPES[shape]}: ${name}`,
			memory,
			shown(speed(megabytes, seconds)),
			short(median(curl) / median(seconds)),
		];
		return [
			...WAY_NAMES.flatMap((name) => {
				const way = WAYS[name][shape];
				return way ? [row(way.title, shown(growth(nodes[name])), secondsOf(nodes[name]))] : [];
			}),
			row('a bare Node program', '', plainNode),
			row(CURL[shape], '', curl),
		];
	});
	return { title: 'Everything that was measured', header: ['', 'memory', 'throughput', 'beside curl'], rows };
}

const INTRODUCTION = `The same file, read from disk by n8n's own node (filesystem binaries) and uploaded by each way to the same server, which
counts and discards it. Memory is the highest resident memory of n8n's process during a run, less what it was before the
first, as the kernel counts it (less than nothing where n8n gave back more than the upload took); each way has a fresh n8n
that has uploaded small files before. Throughput is the size divided by
the time that the node took, in ours with the request that makes a job of the file. curl, and a bare Node program that pipes
the file into a request, upload the same file in turn with ours.`;

const FLOOR = `Within one machine nothing written for Node keeps up with curl, which moves gigabytes a second: the bare Node program shows
how far Node gets, and the pipe in n8n's process, a node of this benchmark that reads the stored file without n8n's help, what
of that is left inside n8n. A profile of an upload shows half of the busy time in V8's garbage collector, which goes through n8n's whole
heap again and again while the file passes in pieces of 64 KiB, the rest in reading and writing, none in this package. A node that reads the whole file
into one piece of memory is spared that, for the price that the memory shows. Larger pieces make it faster as well, and take more memory: with 1 MiB
a form went two to five times as fast, and passed the limit of ${MOST_MEBIBYTES} MiB. Over a line of a gigabit a second none of this can be seen.`;

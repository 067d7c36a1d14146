import type { Comparison, Figure, Section, Table } from '../../bench';
import { median, ratioOf, short, shown } from '../../statistics';
import type { Shape } from './ways';

/** What an upload by a node took. */
export interface Cost {
	/** By how much n8n's memory grew. */
	mebibytes: number;
	/** Of the node, its further requests included. */
	seconds: number;
}

/** What each way took with files of one size. */
export interface Uploads {
	shape: Shape;
	megabytes: number;
	ours: Cost[];
	httpRequest: Cost[];
	buffering: Cost[];
	/** Seconds. */
	curl: number[];
	plainNode: number[];
}

const MOST_MEBIBYTES = 64;
const LEAST_THROUGHPUT = 0.9;
const SHAPES: Record<Shape, string> = { raw: 'as the body', form: 'in a form' };
const CURL: Record<Shape, string> = { raw: '`curl -T`', form: '`curl -F`' };

const growth = (costs: readonly Cost[]): Figure => ({ values: costs.map(({ mebibytes }) => mebibytes), unit: 'MiB' });
const speed = (megabytes: number, seconds: readonly number[]): Figure => ({ values: seconds.map((value) => megabytes / value), unit: 'MB/s' });
const secondsOf = (costs: readonly Cost[]) => costs.map(({ seconds }) => seconds);

export function sectionOf(results: readonly Uploads[]): Section {
	return {
		introduction: INTRODUCTION,
		comparisons: [...results.map(memoryOf), ...results.map(throughputOf)],
		tables: [everything(results)],
		notes: [flatness(results)],
	};
}

function memoryOf({ shape, megabytes, ours, httpRequest }: Uploads): Comparison {
	return {
		what: `Memory that ${megabytes} MB take, uploaded ${SHAPES[shape]}`,
		ours: growth(ours),
		beside: { name: 'HTTP Request', figure: growth(httpRequest) },
		target: `at most ${MOST_MEBIBYTES} MiB`,
		met: Math.max(...growth(ours).values) <= MOST_MEBIBYTES,
	};
}

function throughputOf({ shape, megabytes, ours, curl }: Uploads): Comparison {
	const [mine, other] = [speed(megabytes, secondsOf(ours)), speed(megabytes, curl)];
	return {
		what: `Throughput of ${megabytes} MB, uploaded ${SHAPES[shape]}`,
		ours: mine,
		beside: { name: CURL[shape], figure: other },
		target: `at least ${LEAST_THROUGHPUT}`,
		met: ratioOf(mine, other) >= LEAST_THROUGHPUT,
	};
}

function everything(results: readonly Uploads[]): Table {
	const rows = results.flatMap(({ shape, megabytes, curl, plainNode, ...nodes }) => {
		const size = `${megabytes} MB ${SHAPES[shape]}`;
		const row = (name: string, memory: string, seconds: readonly number[]) => [
			`${size}: ${name}`,
			memory,
			shown(speed(megabytes, seconds)),
			short(median(curl) / median(seconds)),
		];
		return [
			row('ours', shown(growth(nodes.ours)), secondsOf(nodes.ours)),
			row('HTTP Request', shown(growth(nodes.httpRequest)), secondsOf(nodes.httpRequest)),
			row('a node that reads it into memory', shown(growth(nodes.buffering)), secondsOf(nodes.buffering)),
			row('a bare Node program', '', plainNode),
			row(CURL[shape], '', curl),
		];
	});
	return { title: 'Everything that was measured', header: ['', 'memory', 'throughput', 'beside curl'], rows };
}

function flatness(results: readonly Uploads[]): string {
	const lines = (['raw', 'form'] as const).map((shape) => {
		const all = results.filter((result) => result.shape === shape).map(({ megabytes, ours }) => `${short(median(growth(ours).values))} MiB for ${megabytes} MB`);
		return `uploaded ${SHAPES[shape]}, ours takes ${all.join(', ')}`;
	});
	return `Whether it is flat: ${lines.join('; ')}.`;
}

const INTRODUCTION = `The same file, read from disk by n8n's own node (filesystem binaries) and uploaded by each way to the same server, which
counts and discards it. Memory is the highest resident memory of n8n's process during the run, less what it was just before,
as the kernel counts it; each way has a fresh n8n that has uploaded small files before. Throughput is the size divided by the time that the
node took, in ours with the request that makes the job of the file; curl, and a bare Node program that pipes the file into a request, upload the
same file in turn with ours.`;

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Bench, Comparison, Figure, Measurement, Section } from '../../bench';
import { bundle } from '../../bundle';
import { median, ratioOf, short } from '../../statistics';
import type { Floors, Found, Side } from './program';
import { SCHEMES } from './schemes';

const SIZES = [100, 1_000_000, 10_000_000];
const ENOUGH = 0.9;

export const verification: Measurement = {
	name: 'verification',
	title: 'Verification of callbacks',
	measure: (bench) => Promise.resolve(sectionOf(measured(bench))),
};

function measured({ quick }: Bench): { found: Found; floors: Floors } {
	const program = bundle(join(__dirname, 'program.ts'));
	try {
		const [batches, batchMs] = quick ? [3, 2] : [31, 20];
		const output = execFileSync(process.execPath, [program.file, SIZES.join(), String(batches), String(batchMs)], { encoding: 'utf8' });
		return JSON.parse(output) as { found: Found; floors: Floors };
	} finally {
		program.remove();
	}
}

const sizeName = (bytes: number) => (bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes} B`);

/** Small bodies by their number, large ones by their bytes. */
const throughput = (size: number, microseconds: readonly number[]): Figure =>
	size >= 1_000_000
		? { values: microseconds.map((time) => size / time), unit: 'MB/s' }
		: { values: microseconds.map((time) => 1000 / time), unit: 'thousand/s' };

function sectionOf({ found, floors }: { found: Found; floors: Floors }): Section {
	const kinds = [...new Set(SCHEMES.map(({ kind }) => kind))];
	const comparisons = kinds.flatMap((kind) => comparisonsOf(kind, found));
	return {
		introduction:
			'The provider’s own `callback.verify` on a genuine callback, beside `createHmac(\'sha256\', key).update(body).digest()` of the same body, by processor time, batch by batch in turn. Secrets in headers and tokens in URLs say nothing about the body, so that its size costs nothing and the smallest is shown. Schemes that the same code verifies share a row, in which each of them has to reach the target.',
		comparisons,
		tables: [further(found, 'verify', 'Each scheme'), further(found, 'derive', 'With the secrets made of the credential, as for each callback'), further(found, 'rotated', 'During a rotation, proved by the last of the four secrets that are tried'), floorsTable(floors)],
		notes: [
			`At 100 bytes starting an HMAC is what takes time, not the bytes. What a scheme needs above one, by its nature, shows in the last table: a comparison in constant time; two HMACs where a token in the URL and a signature of the body are both proved.`,
		],
	};
}

function comparisonsOf(kind: string, found: Found): Comparison[] {
	const schemes = SCHEMES.filter((scheme) => scheme.kind === kind);
	const sizes = schemes.some(({ coversBody }) => coversBody) ? SIZES : SIZES.slice(0, 1);
	return sizes.map((size): Comparison => {
		const sides = schemes.map(({ name }) => ({ ours: figureOf(found[name], size, 'verify'), bare: figureOf(found[name], size, 'bare') }));
		return {
			what: `${kind}: ${sizeName(size)}`,
			ours: together(sides.map(({ ours }) => ours)),
			beside: { name: '`createHmac` alone', figure: together(sides.map(({ bare }) => bare)) },
			target: `at least ${ENOUGH}`,
			met: sides.every(({ ours, bare }) => ratioOf(ours, bare) >= ENOUGH),
		};
	});
}

const together = (figures: readonly Figure[]): Figure => ({
	values: figures.flatMap(({ values }) => values),
	unit: figures[0]?.unit ?? '',
});

const figureOf = (bySize: Found[string] | undefined, size: number, side: Side) => throughput(size, bySize?.[size]?.[side] ?? []);

function further(found: Found, side: Side, title: string) {
	return {
		title: `${title}: share of the throughput of \`createHmac\` alone`,
		header: ['', ...SIZES.map(sizeName)],
		rows: Object.entries(found).map(([name, bySize]) => [
			name,
			...SIZES.map((size) => short(ratioOf(figureOf(bySize, size, side), figureOf(bySize, size, 'bare')))),
		]),
	};
}

function floorsTable(floors: Floors) {
	const [first = []] = Object.values(floors);
	return {
		title: `What verifying ${sizeName(SIZES[0] ?? 0)} is made of`,
		header: ['', 'Time', 'Throughput beside one HMAC'],
		rows: Object.entries(floors).map(([name, times]) => [name, `${short(median(times))} µs`, short(median(first) / median(times))]),
	};
}

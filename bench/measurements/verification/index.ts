import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Bench, Comparison, Figure, Floor, Measurement, Section } from '../../bench';
import { bundle } from '../../bundle';
import { formatNumber, median } from '../../../tools/lib/statistics';
import { ratioOf } from '../../figure';
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
		const output = execFileSync(process.execPath, [program.file, SIZES.join(), String(batches), String(batchMs)], {
			encoding: 'utf8',
		});
		return JSON.parse(output) as { found: Found; floors: Floors };
	} finally {
		program.remove();
	}
}

const sizeName = (bytes: number) => (bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes} B`);

/** Returns the throughput, measured by count for small bodies and by size for large ones. */
const throughput = (size: number, microseconds: readonly number[]): Figure =>
	size >= 1_000_000
		? { values: microseconds.map((time) => size / time), unit: 'MB/s' }
		: { values: microseconds.map((time) => 1000 / time), unit: 'thousand/s' };

function sectionOf({ found, floors }: { found: Found; floors: Floors }): Section {
	const kinds = [...new Set(SCHEMES.map(({ kind }) => kind))];
	const comparisons = kinds.flatMap((kind) => comparisonsOf(kind, found, floors));
	return {
		introduction:
			"This benchmark compares the processor time of the provider’s `callback.verify` for a genuine callback with that of `createHmac('sha256', key).update(body).digest()` for the same body, in alternating batches. Secrets in headers and tokens in URLs don't depend on the body, so its size makes no difference, and only the smallest size is shown. Schemes that are verified by the same code share a row, and each of them must meet the target.",
		comparisons,
		tables: [
			shareTable(found, 'verify', 'Each scheme'),
			shareTable(found, 'derive', 'Including the derivation of the secrets from the credential, as for each callback'),
			shareTable(found, 'rotated', 'During a rotation, signed with the last of the four secrets that are tried'),
			floorsTable(floors),
		],
		notes: [
			`For a 100-byte body, the time is spent on starting an HMAC, not on processing the bytes. The last table shows what a scheme inevitably needs in addition to one HMAC: a constant-time comparison, or a second HMAC if both a token in the URL and a signature of the body are verified.`,
		],
	};
}

function comparisonsOf(kind: string, found: Found, floors: Floors): Comparison[] {
	const schemes = SCHEMES.filter((scheme) => scheme.kind === kind);
	const sizes = schemes.some(({ coversBody }) => coversBody) ? SIZES : SIZES.slice(0, 1);
	return sizes.map((size): Comparison => {
		const sides = schemes.map(({ name }) => ({
			ours: figureOf(found[name], size, 'verify'),
			bare: figureOf(found[name], size, 'bare'),
		}));
		const [ours, bare] = [merged(sides.map((side) => side.ours)), merged(sides.map((side) => side.bare))];
		const floor = size === SIZES[0] ? floorOf(schemes[0]?.floor, ours, bare, floors) : undefined;
		return {
			label: `${kind}: ${sizeName(size)}`,
			ours,
			baseline: { name: '`createHmac` alone', figure: bare },
			target: `at least ${ENOUGH}`,
			met: sides.every((side) => ratioOf(side.ours, side.bare) >= ENOUGH),
			...(floor && { floor, headline: `Callbacks of ${sizeName(size)} verified per second: ${kind}` }),
		};
	});
}

/** Returns the throughput of a scheme's unavoidable part, based on its time relative to one HMAC. */
function floorOf(name: string | undefined, ours: Figure, bare: Figure, floors: Floors): Floor | undefined {
	const [times, single] = [floors[name ?? ''], Object.values(floors)[0]];
	if (name === undefined || !times || !single) return undefined;
	const share = median(single) / median(times);
	const figure = { ...bare, values: bare.values.map((value) => value * share) };
	return { name, figure, target: `at least ${ENOUGH}`, met: ratioOf(ours, figure) >= ENOUGH };
}

const merged = (figures: readonly Figure[]): Figure => ({
	values: figures.flatMap(({ values }) => values),
	unit: figures[0]?.unit ?? '',
});

const figureOf = (bySize: Found[string] | undefined, size: number, side: Side) =>
	throughput(size, bySize?.[size]?.[side] ?? []);

function shareTable(found: Found, side: Side, title: string) {
	return {
		title: `${title}: share of the throughput of \`createHmac\` alone`,
		header: ['', ...SIZES.map(sizeName)],
		rows: Object.entries(found).map(([name, bySize]) => [
			name,
			...SIZES.map((size) => formatNumber(ratioOf(figureOf(bySize, size, side), figureOf(bySize, size, 'bare')))),
		]),
	};
}

function floorsTable(floors: Floors) {
	const [first = []] = Object.values(floors);
	return {
		title: `Parts of verifying ${sizeName(SIZES[0] ?? 0)}`,
		header: ['', 'Time', 'Throughput relative to one HMAC'],
		rows: Object.entries(floors).map(([name, times]) => [
			name,
			`${formatNumber(median(times))} µs`,
			formatNumber(median(first) / median(times)),
		]),
	};
}

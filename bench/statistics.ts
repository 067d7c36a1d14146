import type { Figure } from './bench';

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** @returns NaN of nothing */
export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** @param share 0.99 for the value that 99 of 100 do not exceed. @returns NaN of nothing */
export function quantile(values: readonly number[], share: number): number {
	const all = sorted(values);
	const place = (all.length - 1) * share;
	const [low = NaN, high = NaN] = [all[Math.floor(place)], all[Math.ceil(place)]];
	return low + (high - low) * (place - Math.floor(place));
}

/** @returns NaN of nothing */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const centreOf = ({ values, onAverage }: Figure): number => (onAverage ? mean(values) : median(values));

/** What counts of ours, divided by what counts of the other. */
export const ratioOf = (ours: Figure, other: Figure): number => centreOf(ours) / centreOf(other);

/** Three digits that say something, without exponents: `0.012`, `4.31`, `213`, `12,300`. */
export function short(value: number): string {
	if (!Number.isFinite(value)) return '–';
	if (Math.abs(value) < 0.0005) return '0';
	const digits = Number(value.toPrecision(3));
	return digits.toLocaleString('en', { maximumFractionDigits: 4 });
}

/** What counts, and from least to most where there are several: `213 MB/s (198 to 220)`. */
export function shown(figure: Figure): string {
	const { values, unit } = figure;
	const [least = NaN, most = NaN] = [sorted(values)[0], sorted(values).at(-1)];
	const spread = values.length > 1 ? ` (${short(least)} to ${short(most)})` : '';
	return `${short(centreOf(figure))}${unit && ` ${unit}`}${spread}`;
}

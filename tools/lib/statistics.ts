/** @returns NaN for an empty list */
export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** @param share e.g. 0.99 for the 99th percentile; interpolates between neighbors @returns NaN for an empty list */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const position = (sorted.length - 1) * share;
	const [low = NaN, high = NaN] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
	return low + (high - low) * (position - Math.floor(position));
}

/** @returns NaN for an empty list */
export const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

/** Formats a number with three significant digits, without exponents: `0.012`, `4.31`, `213`, `12,300`. */
export function formatNumber(value: number): string {
	if (!Number.isFinite(value)) return '–';
	if (Math.abs(value) < 0.0005) return '0';
	const digits = Number(value.toPrecision(3));
	return digits.toLocaleString('en', { maximumFractionDigits: 4 });
}

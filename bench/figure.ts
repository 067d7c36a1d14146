import { formatNumber, mean, median } from '../tools/lib/statistics';
import type { Figure } from './bench';

/** Returns the value used to compare a figure. */
const centerOf = ({ values, useMean }: Figure): number => (useMean ? mean(values) : median(values));

/** Returns our value divided by the baseline's. */
export const ratioOf = (ours: Figure, baseline: Figure): number => centerOf(ours) / centerOf(baseline);

/** Formats the value without the range. */
export const formatCenter = (figure: Figure): string =>
	`${formatNumber(centerOf(figure))}${figure.unit && ` ${figure.unit}`}`;

/** Formats the value, with the range if there are several values: `213 MB/s (198 to 220)`. */
export function formatFigure(figure: Figure): string {
	const { values } = figure;
	const range =
		values.length > 1 ? ` (${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))})` : '';
	return `${formatCenter(figure)}${range}`;
}

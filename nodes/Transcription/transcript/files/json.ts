import type { Material } from './material';

/**
 * The whole transcript in our model, as it is: with the speakers’ own labels and times. Export reads it back. The
 * service's raw answer is not in it.
 */
export function makeJson({ transcript }: Material): string {
	const { raw: _, ...model } = transcript;
	return `${JSON.stringify(model, null, '\t')}\n`;
}

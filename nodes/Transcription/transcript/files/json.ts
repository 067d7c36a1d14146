import { STEERING } from '../segments/text';
import type { ExportContext } from './exportContext';

/**
 * The whole transcript in our model, as it is: with the speakers’ own labels and times. Export reads it back. The
 * service's raw answer is not in it. Characters that would steer a display are written by their numbers.
 */
export function makeJson({ transcript }: ExportContext): string {
	const { raw: _, ...model } = transcript;
	return `${JSON.stringify(model, null, '\t').replace(STEERING, byNumber)}\n`;
}

const byNumber = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

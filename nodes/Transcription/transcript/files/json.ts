import { CONTROL_CHARACTERS } from '../segments/text';
import type { ExportContext } from './exportContext';

/**
 * Creates JSON of the whole transcript in our model, with the original speaker labels and times, but without the service's
 * raw response. Export can read it. Characters that could affect how a terminal or editor displays the file are escaped.
 */
export function makeJson({ transcript }: ExportContext): string {
	const { raw: _, ...model } = transcript;
	return `${JSON.stringify(model, null, '\t').replace(CONTROL_CHARACTERS, byNumber)}\n`;
}

const byNumber = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

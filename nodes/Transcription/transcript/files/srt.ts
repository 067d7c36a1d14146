import { textOf } from '../segments/tokens';
import { timestamp } from './clock';
import type { ExportContext } from './exportContext';

/** SubRip, as players read it; there is no standard. */
export function makeSrt(material: ExportContext): string {
	let file = '';
	for (const [index, { startMs, endMs, lines }] of material.cues(material.settings.includeSpeakers ?? false).entries()) {
		file += `${index === 0 ? '' : '\n'}${index + 1}\n${timestamp(startMs, ',')} --> ${timestamp(endMs, ',')}\n`;
		for (const line of lines) file += `${fit(textOf(line))}\n`;
	}
	return file;
}

/**
 * SRT knows no escaping, while players take `<…>` for HTML tags and `{\…}` for positions, and parsers may take an arrow
 * for a line of times. What would be taken for one of these is written with a character that looks like it.
 */
function fit(text: string): string {
	if (!/[<>{]/.test(text)) return text;
	return text.replaceAll('-->', '→').replace(/<(?=[a-z/!?])/gi, '‹').replace(/\{(?=\\)/g, '(');
}

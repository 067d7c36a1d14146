import { textOf } from '../segments/tokens';
import { timestamp } from './clock';
import type { ExportContext } from './exportContext';

/** Creates SubRip subtitles in the form that players read, because there is no standard. */
export function makeSrt(context: ExportContext): string {
	let file = '';
	for (const [index, { startMs, endMs, lines }] of context.cues(context.settings.includeSpeakers ?? false).entries()) {
		file += `${index === 0 ? '' : '\n'}${index + 1}\n${timestamp(startMs, ',')} --> ${timestamp(endMs, ',')}\n`;
		for (const line of lines) file += `${replaceSyntax(textOf(line))}\n`;
	}
	return file;
}

/**
 * Replaces characters that have a special meaning with similar ones, because SRT has no escaping. Players read `<…>` as
 * HTML tags and `{\…}` as positions, and parsers may read an arrow as a timing line.
 */
function replaceSyntax(text: string): string {
	if (!/[<>{]/.test(text)) return text;
	return text
		.replaceAll('-->', '→')
		.replace(/<(?=[a-z/!?])/gi, '‹')
		.replace(/\{(?=\\)/g, '(');
}

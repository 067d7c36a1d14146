import { textOf } from '../segments/tokens';
import { timestamp } from './clock';
import type { ExportContext } from './exportContext';

/** Creates SubRip subtitles in the form that players accept, because there is no standard. */
export function makeSrt(context: ExportContext): string {
	let file = '';
	for (const [index, { startMs, endMs, lines }] of context.cues(context.settings.includeSpeakers ?? false).entries()) {
		file += `${index === 0 ? '' : '\n'}${index + 1}\n${timestamp(startMs, ',')} --> ${timestamp(endMs, ',')}\n`;
		file += `${replaceSyntax(lines.map((line) => textOf(line)).join('\n'))}\n`;
	}
	return file;
}

/**
 * An invisible character that keeps a player from reading a backslash or an ampersand as markup. FFmpeg also uses it.
 */
const WORD_JOINER = '\u2060';

/**
 * Rewrites the parts of a cue's text that players would hide or format, because SRT has no escaping:
 *
 * - `<…>` is a tag, even across lines or with a digit, as in `<3 you and 7>`.
 * - `{…}` is a style, whatever it contains. The braces are replaced with look-alikes from DejaVu, which is often the
 *   only font on a server.
 * - `\N`, `\n`, and `\h` are line breaks and spaces; `\{` and `\}` lose their backslash.
 * - `&lt;` and other HTML entities are decoded by VLC and Android.
 * - An arrow could be read as a timing line.
 *
 * Everything else is kept, so that the file is readable in a text editor. Sources: FFmpeg,
 * `libavcodec/htmlsubtitles.c`; libass, `ass_parse.c`; VLC, `modules/codec/subsdec.c`.
 */
function replaceSyntax(text: string): string {
	if (!/[<>{\\&]/.test(text)) return text;
	return replaceBraces(text.replaceAll('-->', '→'))
		.replace(/<(?=[a-z/!?]|[^>]*>)/gi, '‹')
		.replace(/\\(?=[Nnh{}])/g, `\\${WORD_JOINER}`)
		.replace(/&(?=#?\w+;)/g, `&${WORD_JOINER}`);
}

/** Replaces the braces between the first `{` and the last `}`. A brace that is never closed isn't a style. */
function replaceBraces(text: string): string {
	const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
	if (from < 0 || to < from) return text;
	const inner = text
		.slice(from, to + 1)
		.replaceAll('{', '❴')
		.replaceAll('}', '❵');
	return text.slice(0, from) + inner + text.slice(to + 1);
}

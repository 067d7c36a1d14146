import { cleanText } from '../segments/text';
import { clock, secondsOf } from './clock';
import type { ExportContext } from './exportContext';
import type { FileSettings } from './settings';

/** Creates Markdown (CommonMark): summary, chapters, action items, then paragraphs. All text is escaped, so it is never markup. */
export function makeMarkdown(context: ExportContext): string {
	const { title = '' } = context.settings;
	const timeOf = (start: number | undefined) => timeMarkdown(start, context.settings);
	const heading = cleanText(title) === '' ? [] : [`# ${atHeadingEnd(escape(cleanText(title)))}\n`];
	const paragraphs = context.paragraphs().map(({ text, label, start }) => {
		const time = timeOf(start);
		const speaker = label === undefined ? '' : `**${escape(label)}:** `;
		return `${time}${speaker}${time === '' && speaker === '' ? atLineStart(escape(text)) : escape(text)}\n`;
	});
	const summary = context
		.summary()
		.map((line) => `> ${atLineStart(escape(line))}\n`)
		.join('>\n');
	const chapters = context.chapters().map(({ title, summary: about, start }) => {
		const time = timeOf(start);
		const words = [title && `**${escape(title)}**`, about && escape(about)].filter(Boolean).join(' ');
		return `- ${time}${time === '' && !title ? atLineStart(words) : words}\n`;
	});
	const tasks = context.actionItems().map(({ text, start }) => {
		const time = timeOf(start);
		return `- ${time}${time === '' ? atLineStart(escape(text)) : escape(text)}\n`;
	});
	// The heading also separates the two lists, which would otherwise be one.
	const tasksHeading = tasks.length > 0 ? '**Action items**\n' : '';
	const about = [summary, chapters.join(''), tasksHeading, tasks.join('')].filter((part) => part !== '');
	return [...heading, ...about, ...paragraphs].join('\n');
}

/** Returns a time in brackets, which is a link to that time of the recording if its URL is known. */
function timeMarkdown(
	start: number | undefined,
	{ includeTimestamps = false, recordingUrl, offsetSeconds = 0 }: FileSettings,
): string {
	if (!includeTimestamps || start === undefined) return '';
	if (recordingUrl === undefined) return `\\[${clock(start)}\\] `;
	// These have a meaning in a link's destination, but URLs may contain them unencoded.
	const url = recordingUrl
		.replace(/[()\\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replace(/&(?=#?\w+;)/g, '&amp;');
	// W3C Media Fragments, which browsers support for audio and video files.
	return `[${clock(start)}](${url}#t=${secondsOf(Math.max(0, start - offsetSeconds))}) `;
}

/** Escapes CommonMark's inline syntax, and GitHub's tables and strikethrough. */
function escape(text: string): string {
	return text.replace(/[\\`*_[\]<>&|~]/g, '\\$&');
}

/** Escapes syntax at the start of a line: headings, lists, underlines, and numbered lists. */
function atLineStart(text: string): string {
	return text.replace(/^[#+=:-]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Escapes a number sign at the end of a heading, which would be dropped as a closing sequence. */
function atHeadingEnd(text: string): string {
	return text.replace(/#$/, '\\#');
}

import { cleanText } from '../segments/text';
import { clock } from './clock';
import type { ExportContext } from './exportContext';

/** Creates Markdown (CommonMark): summary, chapters, action items, then paragraphs. All text is escaped, so it is never markup. */
export function makeMarkdown(context: ExportContext): string {
	const { includeTimestamps = false, title = '' } = context.settings;
	const heading = cleanText(title) === '' ? [] : [`# ${atHeadingEnd(escape(cleanText(title)))}\n`];
	const paragraphs = context.paragraphs().map(({ text, name, start, isNewSpeaker }) => {
		const time = includeTimestamps && start !== undefined ? `\\[${clock(start)}\\] ` : '';
		const speaker = name !== undefined && isNewSpeaker ? `**${escape(name)}:** ` : '';
		return `${time}${speaker}${time === '' && speaker === '' ? atLineStart(escape(text)) : escape(text)}\n`;
	});
	const summary = context
		.summary()
		.map((line) => `> ${atLineStart(escape(line))}\n`)
		.join('>\n');
	const chapters = context.chapters().map(({ title, summary: about, start }) => {
		const time = includeTimestamps ? `\\[${clock(start)}\\] ` : '';
		const words = [title && `**${escape(title)}**`, about && escape(about)].filter(Boolean).join(' ');
		return `- ${time}${time === '' && !title ? atLineStart(words) : words}\n`;
	});
	const tasks = context.actionItems().map(({ text, start }) => {
		const time = includeTimestamps && start !== undefined ? `\\[${clock(start)}\\] ` : '';
		return `- ${time}${time === '' ? atLineStart(escape(text)) : escape(text)}\n`;
	});
	// The heading also separates the two lists, which would otherwise be one.
	const tasksHeading = tasks.length > 0 ? '**Action items**\n' : '';
	const about = [summary, chapters.join(''), tasksHeading, tasks.join('')].filter((part) => part !== '');
	return [...heading, ...about, ...paragraphs].join('\n');
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

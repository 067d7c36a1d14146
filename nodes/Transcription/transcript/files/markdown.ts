import { cleanText } from '../segments/text';
import { clock } from './clock';
import type { ExportContext } from './exportContext';

/** Markdown (CommonMark): what was said is text in it, never markup. A summary and chapters stand before it. */
export function makeMarkdown(material: ExportContext): string {
	const { includeTimestamps = false, title = '' } = material.settings;
	const heading = cleanText(title) === '' ? [] : [`# ${atHeadingEnd(escape(cleanText(title)))}\n`];
	const paragraphs = material.paragraphs().map(({ text, name, start, turns }) => {
		const time = includeTimestamps && start !== undefined ? `\\[${clock(start)}\\] ` : '';
		const said = name !== undefined && turns ? `**${escape(name)}:** ` : '';
		return `${time}${said}${time === '' && said === '' ? atLineStart(escape(text)) : escape(text)}\n`;
	});
	const summary = material.summary().map((line) => `> ${atLineStart(escape(line))}\n`).join('>\n');
	const chapters = material.chapters().map(({ title, summary: about, start }) => {
		const time = includeTimestamps ? `\\[${clock(start)}\\] ` : '';
		const words = [title && `**${escape(title)}**`, about && escape(about)].filter(Boolean).join(' ');
		return `- ${time}${time === '' && !title ? atLineStart(words) : words}\n`;
	});
	const about = [summary, chapters.join('')].filter((part) => part !== '');
	return [...heading, ...about, ...paragraphs].join('\n');
}

/** What means something inside a line, in CommonMark and in GitHub's tables and strikethrough. */
function escape(text: string): string {
	return text.replace(/[\\`*_[\]<>&|~]/g, '\\$&');
}

/** What means something only at the beginning of a line: headings, lists, underlines, numbered lists. */
function atLineStart(text: string): string {
	return text.replace(/^[#+=:-]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Number signs at the end of a heading are left out as its closing. */
function atHeadingEnd(text: string): string {
	return text.replace(/#$/, '\\#');
}

import { clock } from './clock';
import { directionOf, escape as escapeHtml } from './htmlText';
import type { ExportContext } from './exportContext';

/**
 * What a content management system takes as the content of an article: paragraphs with the speaker in bold wherever
 * another one speaks, and before them a summary and chapters, if there are any. No style, and no heading, since the
 * system has a field for the title.
 */
export function makeHtmlFragment(material: ExportContext): string {
	const { includeTimestamps = false } = material.settings;
	// Where the system's own language is written the other way.
	const direction = directionOf(material.spoken.locale) === 'rtl' ? ' dir="rtl"' : '';
	const time = (start: number | undefined) => (includeTimestamps && start !== undefined ? `<time>${clock(start)}</time> ` : '');

	const lines = material.summary().map((line) => `<p${direction}>${escape(line)}</p>`);
	const chapters = material.chapters().map(({ title, summary, start }) => {
		const words = [title && `<strong>${escape(title)}</strong>`, summary && escape(summary)].filter(Boolean).join(' ');
		return `<li${direction}>${time(start)}${words}</li>`;
	});
	const paragraphs = material.paragraphs().map(({ text, name, start, turns }) => {
		const speaker = name !== undefined && turns ? `<strong>${escape(name)}:</strong> ` : '';
		return `<p${direction}>${time(start)}${speaker}${escape(text)}</p>`;
	});
	const blocks = [
		...(lines.length > 0 ? [`<blockquote>\n${lines.join('\n')}\n</blockquote>`] : []),
		...(chapters.length > 0 ? [`<ul>\n${chapters.join('\n')}\n</ul>`] : []),
		...paragraphs,
	];
	return blocks.map((block) => `${block}\n`).join('');
}

/** Brackets hold commands in WordPress and its kin: `[gallery]`. */
function escape(text: string): string {
	return escapeHtml(text).replaceAll('[', '&#91;').replaceAll(']', '&#93;');
}

import { clock } from './clock';
import { directionOf, escape as escapeHtml } from './htmlText';
import type { ExportContext } from './exportContext';

/**
 * Creates the content of an article for a content management system: summary, chapters, and action items, if there are
 * any, then paragraphs, with the speaker in bold whenever it changes. No styles, and no heading, because these systems
 * have a separate title field.
 */
export function makeHtmlFragment(context: ExportContext): string {
	const { includeTimestamps = false } = context.settings;
	// The content management system's own language may have a different text direction.
	const direction = directionOf(context.spoken.locale) === 'rtl' ? ' dir="rtl"' : '';
	const time = (start: number | undefined) =>
		includeTimestamps && start !== undefined ? `<time>${clock(start)}</time> ` : '';

	const lines = context.summary().map((line) => `<p${direction}>${escape(line)}</p>`);
	const chapters = context.chapters().map(({ title, summary, start }) => {
		const words = [title && `<strong>${escape(title)}</strong>`, summary && escape(summary)].filter(Boolean).join(' ');
		return `<li${direction}>${time(start)}${words}</li>`;
	});
	const tasks = context.actionItems().map(({ text, start }) => `<li${direction}>${time(start)}${escape(text)}</li>`);
	const paragraphs = context.paragraphs().map(({ text, label, start }) => {
		const speaker = label === undefined ? '' : `<strong>${escape(label)}:</strong> `;
		return `<p${direction}>${time(start)}${speaker}${escape(text)}</p>`;
	});
	const blocks = [
		...(lines.length > 0 ? [`<blockquote>\n${lines.join('\n')}\n</blockquote>`] : []),
		...(chapters.length > 0 ? [`<ul>\n${chapters.join('\n')}\n</ul>`] : []),
		...(tasks.length > 0 ? [`<p><strong>Action items</strong></p>\n<ul>\n${tasks.join('\n')}\n</ul>`] : []),
		...paragraphs,
	];
	return blocks.map((block) => `${block}\n`).join('');
}

/** Also escapes brackets, which mark shortcodes in WordPress and similar systems, such as `[gallery]`. */
function escape(text: string): string {
	return escapeHtml(text).replaceAll('[', '&#91;').replaceAll(']', '&#93;');
}

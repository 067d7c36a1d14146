import { UNKNOWN_SPEAKER } from '../../speakers';
import { duration, secondsOf } from '../clock';
import { languageName, paragraphAt } from '../documentParts';
import { escape } from '../htmlText';
import type { Page } from './page';
import { timeLink } from './transcript';

/** The parts of a page above the transcript. Each is empty if there is nothing to show. */

export function metadata({ context: { spoken }, statistics: { durationSeconds } }: Page): string {
	const list: Array<[string, string]> = [];
	if (durationSeconds !== undefined) list.push(['Length', duration(durationSeconds)]);
	if (spoken.locale !== undefined) list.push(['Language', languageName(spoken.locale)]);
	if (list.length === 0) return '';
	const items = list.map(([term, value]) => `<div><dt>${term}</dt><dd>${escape(value)}</dd></div>`);
	return `<dl lang="en">${items.join('')}</dl>\n`;
}

export function summary({ context }: Page): string {
	const lines = context.summary();
	return lines.length === 0 ? '' : `<div class="summary" dir="auto">${lines.map(escape).join('\n')}</div>\n`;
}

export function chapters(page: Page): string {
	const entries = page.context.chapters().map(({ title, summary: about, start }) => {
		const words = [title && `<strong>${escape(title)}</strong>`, about && escape(about)].filter(Boolean).join('<br>');
		return { words, start };
	});
	return contents(page, 'chapters', 'Chapters', entries);
}

export function actionItems(page: Page): string {
	const entries = page.context.actionItems().map(({ text, start }) => ({ words: escape(text), start }));
	return contents(page, 'actions', 'Action items', entries);
}

/** Returns a list with links to the paragraphs in which its entries start. Entries may have no time. */
function contents(
	page: Page,
	id: string,
	heading: string,
	entries: ReadonlyArray<{ words: string; start?: number }>,
): string {
	if (entries.length === 0) return '';
	const hasLinks = page.showsTimes || (page.recording && page.context.spoken.timed);
	const paragraphs = hasLinks ? page.paragraphs : [];
	const items = entries.map(({ words, start }) => {
		const target = start === undefined ? undefined : paragraphs[paragraphAt(start, paragraphs) ?? -1]?.start;
		const link = start === undefined || target === undefined ? '' : `${timeLink(secondsOf(target), start)} `;
		return `<li>${link}<span dir="auto">${words}</span></li>\n`;
	});
	return `<nav class="${id}" aria-labelledby="${id}">\n<h2 id="${id}" lang="en">${heading}</h2>\n<ol>\n${items.join('')}</ol>\n</nav>\n`;
}

/** Returns the speakers with their share of the talk time. Empty if their names or times aren't known. */
export function speakers({ colors, statistics }: Page): string {
	if (colors.size === 0) return '';
	const items = (statistics.speakers ?? []).flatMap(({ speaker, talkShare, talkSeconds = 0 }) => {
		if (talkShare === undefined) return [];
		const color = speaker === undefined ? undefined : colors.get(speaker);
		const percent = Math.round(talkShare * 100);
		// Inline styles would violate the page's content security policy, so the bar is a picture.
		const bar = `<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${percent}" height="1"/></svg>`;
		return [
			`<li${color === undefined ? '' : ` class="${color}"`}><bdi>${escape(speaker ?? UNKNOWN_SPEAKER)}</bdi>${bar}<span class="share">${percent}% · ${duration(talkSeconds)}</span></li>\n`,
		];
	});
	if (items.length === 0) return '';
	return `<section class="speakers" aria-labelledby="speakers">\n<h2 id="speakers" lang="en">Speakers</h2>\n<ul>\n${items.join('')}</ul>\n</section>\n`;
}

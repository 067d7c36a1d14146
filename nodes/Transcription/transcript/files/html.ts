import { cleanText } from '../segments/text';
import { clock } from './clock';
import { makeHtmlFragment } from './htmlFragment';
import { STYLE } from './htmlStyle';
import { directionOf, escape } from './htmlText';
import type { ExportContext, NamedSegment } from './exportContext';

/** The number of distinct speaker colors. */
const COLORS = 6;

/**
 * Creates a self-contained HTML page without scripts, fonts, or images. Every paragraph is a link target with its time
 * in seconds, such as `#t=12.3` (W3C Media Fragments). If the settings request it, creates a fragment for a content
 * management system instead.
 */
export function makeHtml(context: ExportContext): string {
	const { title, htmlFragment = false } = context.settings;
	if (htmlFragment) return makeHtmlFragment(context);
	const locale = context.spoken.locale;
	const heading = escape(cleanText(title ?? '') || 'Transcript');
	return `<!doctype html>
<html${locale === undefined ? '' : ` lang="${locale}"`} dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}</title>
<style>
${STYLE}
</style>
</head>
<body>
<main${isTimed(context) ? ' class="timed"' : ''}>
<header>
<h1>${heading}</h1>
${metadata(context)}${summary(context)}${chapters(context)}${actionItems(context)}</header>
${body(context)}</main>
</body>
</html>
`;
}

function metadata({ transcript, spoken }: ExportContext): string {
	const { durationSeconds } = transcript;
	const list: Array<[string, string]> = [];
	if (durationSeconds !== undefined) list.push(['Length', clock(durationSeconds)]);
	if (spoken.locale !== undefined) list.push(['Language', languageName(spoken.locale)]);
	if (list.length === 0) return '';
	const items = list.map(([term, value]) => `<div><dt>${term}</dt><dd>${escape(value)}</dd></div>`);
	return `<dl lang="en">${items.join('')}</dl>\n`;
}

function summary(context: ExportContext): string {
	const lines = context.summary();
	return lines.length === 0 ? '' : `<div class="summary" dir="auto">${lines.map(escape).join('\n')}</div>\n`;
}

function chapters(context: ExportContext): string {
	const entries = context.chapters().map(({ title, summary: about, start }) => {
		const words = [title && `<strong>${escape(title)}</strong>`, about && escape(about)].filter(Boolean).join('<br>');
		return { words, start };
	});
	return contents(context, 'Chapters', entries);
}

function actionItems(context: ExportContext): string {
	const entries = context.actionItems().map(({ text, start }) => ({ words: escape(text), start }));
	return contents(context, 'Action items', entries);
}

/** Returns a list with links to the paragraphs in which its entries start. Entries may have no time. */
function contents(
	context: ExportContext,
	heading: string,
	entries: ReadonlyArray<{ words: string; start?: number }>,
): string {
	if (entries.length === 0) return '';
	const starts = isTimed(context) ? context.paragraphs().flatMap(({ start }) => start ?? []) : [];
	const items = entries.map(
		({ words, start }) => `<li>${timeLink(start, starts)}<span dir="auto">${words}</span></li>\n`,
	);
	return `<nav>\n<h2 lang="en">${heading}</h2>\n<ol>\n${items.join('')}</ol>\n</nav>\n`;
}

/** @param paragraphs the paragraphs' start times; empty if the page shows no times */
function timeLink(start: number | undefined, paragraphs: readonly number[]): string {
	if (start === undefined) return '';
	// Services start a chapter at its first word, but the times can differ slightly.
	const paragraph = paragraphs.filter((candidate) => candidate <= start + 0.5).at(-1) ?? paragraphs[0];
	if (paragraph === undefined) return '';
	return `<a href="#t=${secondsOf(paragraph)}"><time datetime="PT${secondsOf(start)}S">${clock(start)}</time></a> `;
}

function languageName(locale: string): string {
	return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

function isTimed({ spoken, settings }: ExportContext): boolean {
	return spoken.timed && (settings.includeTimestamps ?? true);
}

function body(context: ExportContext): string {
	const paragraphs = context.paragraphs();
	if (paragraphs.length === 0) return '<p class="nothing" lang="en" dir="ltr">No speech was detected.</p>\n';
	const colors = new Map<string, number>();
	const anchors = new Set<string>();
	const includeTimestamps = isTimed(context);
	let html = '';
	for (const [index, paragraph] of paragraphs.entries()) {
		if (paragraph.isNewSpeaker) html += `${index === 0 ? '' : '</section>\n'}${opening(paragraph, colors)}`;
		html += paragraphHtml(paragraph, includeTimestamps, anchors);
	}
	return `${html}</section>\n`;
}

function opening({ name }: NamedSegment, colors: Map<string, number>): string {
	if (name === undefined) return '<section>\n';
	const color = colors.get(name) ?? colors.size % COLORS;
	colors.set(name, color);
	return `<section class="voice v${color + 1}">\n<h2><bdi>${escape(name)}</bdi></h2>\n`;
}

function paragraphHtml({ text, start }: NamedSegment, includeTimestamps: boolean, anchors: Set<string>): string {
	const words = `<span dir="auto">${escape(text)}</span>`;
	if (start === undefined || !includeTimestamps) return `<p>${words}</p>\n`;
	const seconds = secondsOf(start);
	// Two speakers may start at the same time, but IDs must be unique.
	const id = anchors.has(seconds) ? '' : ` id="t=${seconds}"`;
	anchors.add(seconds);
	return `<p${id}><a href="#t=${seconds}"><time datetime="PT${seconds}S">${clock(start)}</time></a> ${words}</p>\n`;
}

const secondsOf = (time: number) => String(Math.round(time * 10) / 10);

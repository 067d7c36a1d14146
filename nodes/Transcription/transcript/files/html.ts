import { cleanText } from '../segments/text';
import { clock } from './clock';
import { makeHtmlFragment } from './htmlFragment';
import { STYLE } from './htmlStyle';
import { directionOf, escape } from './htmlText';
import type { ExportContext, NamedSegment } from './exportContext';

/** As many voices get a colour of their own. */
const COLOURS = 6;

/**
 * A page that needs nothing else: no script, no font, no picture. Every paragraph is the target of its time in seconds,
 * `#t=12.3`, as in W3C Media Fragments. Or, where the settings say so, the fragment for a content management system.
 */
export function makeHtml(material: ExportContext): string {
	const { title, htmlFragment = false } = material.settings;
	if (htmlFragment) return makeHtmlFragment(material);
	const locale = material.spoken.locale;
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
<main${isTimed(material) ? ' class="timed"' : ''}>
<header>
<h1>${heading}</h1>
${facts(material)}${summary(material)}${contents(material)}</header>
${body(material)}</main>
</body>
</html>
`;
}

function facts({ transcript, spoken }: ExportContext): string {
	const { durationSeconds } = transcript;
	const list: Array<[string, string]> = [];
	if (durationSeconds !== undefined) list.push(['Length', clock(durationSeconds)]);
	if (spoken.locale !== undefined) list.push(['Language', languageName(spoken.locale)]);
	if (list.length === 0) return '';
	const items = list.map(([term, value]) => `<div><dt>${term}</dt><dd>${escape(value)}</dd></div>`);
	return `<dl lang="en">${items.join('')}</dl>\n`;
}

function summary(material: ExportContext): string {
	const lines = material.summary();
	return lines.length === 0 ? '' : `<div class="summary" dir="auto">${lines.map(escape).join('\n')}</div>\n`;
}

/** Chapters, which lead to the paragraphs in which they begin. */
function contents(material: ExportContext): string {
	const chapters = material.chapters();
	if (chapters.length === 0) return '';
	const starts = isTimed(material) ? material.paragraphs().flatMap(({ start }) => start ?? []) : [];
	const items = chapters.map(({ title, summary: about, start }) => {
		// Services begin a chapter with its first word, to which they give times of their own.
		const paragraph = starts.filter((candidate) => candidate <= start + 0.5).at(-1) ?? starts[0];
		const time = paragraph === undefined ? '' : `<a href="#t=${secondsOf(paragraph)}"><time datetime="PT${secondsOf(start)}S">${clock(start)}</time></a> `;
		const words = [title && `<strong>${escape(title)}</strong>`, about && escape(about)].filter(Boolean).join('<br>');
		return `<li>${time}<span dir="auto">${words}</span></li>\n`;
	});
	return `<nav>\n<h2 lang="en">Chapters</h2>\n<ol>\n${items.join('')}</ol>\n</nav>\n`;
}

function languageName(locale: string): string {
	return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}

function isTimed({ spoken, settings }: ExportContext): boolean {
	return spoken.timed && (settings.includeTimestamps ?? true);
}

function body(material: ExportContext): string {
	const paragraphs = material.paragraphs();
	if (paragraphs.length === 0) return '<p class="nothing" lang="en" dir="ltr">Nothing was said.</p>\n';
	const colours = new Map<string, number>();
	const anchors = new Set<string>();
	const includeTimestamps = isTimed(material);
	let html = '';
	for (const [index, paragraph] of paragraphs.entries()) {
		if (paragraph.turns) html += `${index === 0 ? '' : '</section>\n'}${opening(paragraph, colours)}`;
		html += said(paragraph, includeTimestamps, anchors);
	}
	return `${html}</section>\n`;
}

function opening({ name }: NamedSegment, colours: Map<string, number>): string {
	if (name === undefined) return '<section>\n';
	const colour = colours.get(name) ?? colours.size % COLOURS;
	colours.set(name, colour);
	return `<section class="voice v${colour + 1}">\n<h2><bdi>${escape(name)}</bdi></h2>\n`;
}

function said({ text, start }: NamedSegment, includeTimestamps: boolean, anchors: Set<string>): string {
	const words = `<span dir="auto">${escape(text)}</span>`;
	if (start === undefined || !includeTimestamps) return `<p>${words}</p>\n`;
	const seconds = secondsOf(start);
	// Two people may begin at the same time, an ID stands but once.
	const id = anchors.has(seconds) ? '' : ` id="t=${seconds}"`;
	anchors.add(seconds);
	return `<p${id}><a href="#t=${seconds}"><time datetime="PT${seconds}S">${clock(start)}</time></a> ${words}</p>\n`;
}

const secondsOf = (time: number) => String(Math.round(time * 10) / 10);

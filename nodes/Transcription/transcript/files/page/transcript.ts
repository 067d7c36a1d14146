import { sentenceEnds } from '../../segments/sentences';
import { offsetsOf } from '../../segments/tokens';
import { clock, secondsOf } from '../clock';
import type { NamedSegment } from '../exportContext';
import { escape } from '../htmlText';
import type { Page } from './page';
import { encodeUnits, pageTime } from './units';

/**
 * Browsers lay out only the parts of a long transcript that are near the screen. A part ends with a turn after this
 * number of paragraphs, or within a turn after twice as many. With a part for every paragraph, Chromium scrolls slowly.
 */
const PARAGRAPHS_PER_PART = 20;

/** Returns the paragraphs, in one section per turn. If the page has a player, the sections are in parts. */
export function transcriptHtml(page: Page): string {
	const { paragraphs, recording } = page;
	if (paragraphs.length === 0) {
		const nothing = '<p class="nothing" lang="en" dir="ltr">No speech was detected.</p>\n';
		return recording ? `<div class="transcript">\n${nothing}</div>\n` : nothing;
	}
	const anchors = new Set<string>();
	let html = '';
	let count = 0;
	for (const [index, paragraph] of paragraphs.entries()) {
		const isNewTurn = index === 0 || paragraph.label !== undefined;
		const isNewPart = index > 0 && recording && count >= PARAGRAPHS_PER_PART * (isNewTurn ? 1 : 2);
		if (index > 0 && (isNewTurn || isNewPart)) html += '</section>\n';
		if (isNewPart) html += '</div>\n<div class="part">\n';
		if (isNewTurn || isNewPart) html += opening(paragraph, isNewTurn, page);
		html += paragraphHtml(paragraph, page, anchors);
		count = isNewPart ? 1 : count + 1;
	}
	html += '</section>\n';
	if (!recording) return html;
	const units = hasWordTimes(page) ? 'words' : 'sentences';
	return `<div class="transcript" data-units="${units}">\n<div class="part">\n${html}</div>\n</div>\n`;
}

function opening({ name, label }: NamedSegment, isNewTurn: boolean, { colors }: Page): string {
	const color = name === undefined ? '' : ` class="voice ${colors.get(name)}"`;
	if (!isNewTurn) return `<section${color} data-continued>\n`;
	return `<section${color}>\n${label === undefined ? '' : `<h2><bdi>${escape(label)}</bdi></h2>\n`}`;
}

function paragraphHtml(paragraph: NamedSegment, page: Page, anchors: Set<string>): string {
	const words = `<span dir="auto">${escape(paragraph.text)}</span>`;
	const { start } = paragraph;
	if (start === undefined || !(page.showsTimes || page.recording)) return `<p>${words}</p>\n`;
	const seconds = secondsOf(start);
	// Two speakers may start at the same time, but IDs must be unique.
	const id = anchors.has(seconds) ? '' : ` id="t=${seconds}"`;
	anchors.add(seconds);
	const link = page.showsTimes ? `${timeLink(seconds, start)} ` : '';
	return `<p${id}${page.recording ? positions(paragraph, page) : ''}>${link}${words}</p>\n`;
}

/**
 * Returns a link to a paragraph that shows a time.
 * @param target the paragraph's start, see {@link secondsOf}
 */
export function timeLink(target: string, start: number): string {
	return `<a href="#t=${target}"><time datetime="PT${pageTime(start)}S">${clock(start)}</time></a>`;
}

/** Whether the times of single words are known. Otherwise, they are estimated from those of utterances. */
const hasWordTimes = ({ context: { transcript, spoken } }: Page) =>
	spoken.timed && (transcript.words ?? []).some(({ kind }) => kind === 'word');

/** Returns the attributes with the positions that the page's script reads. */
function positions({ tokens, end = 0 }: NamedSegment, page: Page): string {
	const isEnd = hasWordTimes(page) ? undefined : sentenceEnds(tokens, page.context.spoken);
	const offsets = offsetsOf(tokens);
	const units = [...tokens.keys()].filter((index) => !isEnd || index === 0 || isEnd[index - 1]);
	const at = encodeUnits({
		offsets: units.map((index) => offsets[index] ?? 0),
		starts: units.map((index) => tokens[index]?.start ?? 0),
	});
	return ` data-at="${at}" data-end="${pageTime(end)}"`;
}

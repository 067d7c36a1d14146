import { cleanText, graphemesOf, widthOf } from '../segments/text';
import { UNKNOWN_SPEAKER } from '../speakers';
import { type Conversation, type Statistics, statisticsOf } from '../statistics';
import { coverageOf, type Interval, lengthOf, lengthPerPeriod } from '../statistics/intervals';
import { clock, duration } from './clock';
import { type ExportContext, MissingTimes } from './exportContext';
import { escapeXml } from './htmlText';

/** Colors in light and dark mode. The speakers' colors are those of the HTML page. */
const COLORS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
	paper: ['#fdfcfa', '#16181c'],
	ink: ['#1f2328', '#e3e5e8'],
	quiet: ['#646b75', '#9aa2ad'],
	line: ['#e4e0d8', '#2d3138'],
	v1: ['#0b5fa5', '#7cb8f0'],
	v2: ['#9a3412', '#f0a37c'],
	v3: ['#15703f', '#7fd6a2'],
	v4: ['#7a2e8e', '#d6a0e6'],
	v5: ['#92600a', '#e3bd6a'],
	v6: ['#0d6b74', '#74cfd8'],
};
const SPEAKER_COLORS = 6;

/** Sizes in the units of the view box, which are pixels unless the chart is scaled. */
const WIDTH = 640;
const MARGIN = 20;
const RIGHT = WIDTH - MARGIN;
const INNER = WIDTH - 2 * MARGIN;
const LANES_TOP = 84;
const LANE_HEIGHT = 54;
const BAR_TOP = 22;
const BAR_HEIGHT = 18;
const AXIS_HEIGHT = 36;
/** The space for a speaker's share and talk time. */
const FIGURES_WIDTH = 120;

/** If there are more speakers, the ones who talk the least share a lane. */
const MAX_LANES = 12;

/** If a speaker has more intervals, they are summed up in as many columns, which are a third of a pixel wide. */
const MAX_INTERVALS = 1800;

/** The lane of a speaker, or of several. */
interface Lane {
	name: string;
	color: string;
	talk: readonly Interval[];
	/** 0 to 1. */
	share: number;
}

/**
 * Creates an SVG chart of who talks when, and how much. It contains neither scripts nor references to other files, and
 * its figures as text for screen readers. Colors are attributes, because many viewers support only those. Styles merely
 * replace them in dark mode.
 * @throws UserError if the transcript has no times
 */
export function makeSvg(context: ExportContext): string {
	const conversation = context.conversation((who) => context.displayName(who));
	const { recording, timed, voices } = conversation;
	// If all times are 0, there is no recording either.
	if (!timed || (!recording && voices.length > 0)) throw new MissingTimes('charts');
	const statistics = statisticsOf(conversation);
	const lanes = lanesOf(conversation, statistics, context.settings.includeSpeakers ?? true);
	const bottom = LANES_TOP + lanes.length * LANE_HEIGHT - (LANE_HEIGHT - BAR_TOP - BAR_HEIGHT);
	const height = lanes.length > 0 ? bottom + AXIS_HEIGHT : LANES_TOP;
	const drawing = recording && lanes.length > 0 ? [axis(recording, bottom), ...lanes.map(laneDrawer(recording))] : [];
	const { subtitle, description } = figuresOf(conversation, statistics, lanes);
	const title = cleanText(context.settings.title ?? '');
	// WordPress only accepts SVG files with an XML declaration. In HTML, it is a comment.
	return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="talk-time" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" lang="en" direction="ltr" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Helvetica, Arial, sans-serif">
<title>${escapeXml(title === '' ? 'Talk time' : `Talk time: ${title}`)}</title>
<desc>${escapeXml(description)}</desc>
<style>${STYLE}</style>
<rect ${fill('paper')} width="${WIDTH}" height="${height}" rx="6"/>
${textBox(title || 'Talk time', { top: 18, width: INNER, size: 18, color: 'ink' })}
${text(subtitle, MARGIN, 61, 13)}
${drawing.join('')}</svg>
`;
}

const STYLE = [
	'.talk-time{max-width:100%;height:auto}',
	'@media (prefers-color-scheme:dark){',
	...Object.entries(COLORS).map(([name, [, dark]]) => `.talk-time .${name}{fill:${dark}}`),
	'}',
].join('');

const fill = (color: string) => `class="${color}" fill="${COLORS[color]?.[0]}"`;

function lanesOf({ voices, hasNames }: Conversation, { speakers }: Statistics, isNamed: boolean): Lane[] {
	const unnamed = hasNames ? UNKNOWN_SPEAKER : 'Speech';
	let colored = 0;
	const lanes = voices.map(({ name, talk }, index): Lane => ({
		name: isNamed || !hasNames ? (name ?? unnamed) : `Speaker ${index + 1}`,
		color: name === undefined && hasNames ? 'quiet' : `v${(colored++ % SPEAKER_COLORS) + 1}`,
		talk,
		// Without names, there is only one voice.
		share: speakers?.[index]?.talkShare ?? (talk.length > 0 ? 1 : 0),
	}));
	if (lanes.length <= MAX_LANES) return lanes;
	const byShare = [...lanes].sort((a, b) => b.share - a.share);
	const shown = new Set(byShare.slice(0, MAX_LANES - 1));
	const others = byShare.slice(MAX_LANES - 1);
	return [
		...lanes.filter((lane) => shown.has(lane)),
		{
			name: `${others.length} others`,
			color: 'quiet',
			talk: coverageOf(others.map(({ talk }) => talk)).once,
			share: others.reduce((sum, { share }) => sum + share, 0),
		},
	];
}

const talkTime = ({ talk }: Lane) => duration(lengthOf(talk) / 1000);

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Returns the line below the title, and the figures of the chart as text. */
function figuresOf(
	conversation: Conversation,
	{ durationSeconds, silenceSeconds = 0, silenceShare = 0 }: Statistics,
	lanes: readonly Lane[],
): { subtitle: string; description: string } {
	const length = durationSeconds === undefined ? [] : [duration(durationSeconds)];
	if (lanes.length === 0) {
		const description = 'No speech was detected.';
		return { subtitle: [...length, description].join(' · '), description };
	}
	const count = conversation.voices.filter(({ name }) => name !== undefined).length;
	const speakers = conversation.hasNames ? [count === 1 ? '1 speaker' : `${count} speakers`] : [];
	const talks = lanes.map(
		(lane) => `${shortened(lane.name, LONGEST_DESCRIBED_NAME)}: ${talkTime(lane)} (${percent(lane.share)})`,
	);
	return {
		subtitle: [...length, ...speakers, `${percent(silenceShare)} silence`].join(' · '),
		description: `Talk time in a recording of ${length.join('')}. ${talks.join(', ')}. Silence: ${duration(silenceSeconds)} (${percent(silenceShare)} of the recording).`,
	};
}

/** Returns a function that draws a lane. */
const laneDrawer =
	(recording: Interval) =>
	(lane: Lane, index: number): string => {
		const { name, color, talk, share } = lane;
		const top = LANES_TOP + index * LANE_HEIGHT;
		const bar = top + BAR_TOP;
		return `${textBox(name, { top, width: INNER - FIGURES_WIDTH, size: 15, color })}
${text(`${percent(share)} · ${talkTime(lane)}`, RIGHT, top + 15, 13, 'end')}
<rect ${fill('line')} x="${MARGIN}" y="${bar}" width="${INNER}" height="${BAR_HEIGHT}" rx="2"/>
<path ${fill(color)} d="${pathOf(talk, recording, bar)}"/>
`;
	};

function text(content: string, x: number, baseline: number, size: number, anchor = 'start'): string {
	return `<text x="${x}" y="${baseline}" font-size="${size}" text-anchor="${anchor}" ${fill('quiet')}>${content}</text>`;
}

/** Returns a text from the user or the service, which is shortened if it is too wide, and cut off if the font is wider than usual. */
function textBox(content: string, box: { top: number; width: number; size: number; color: string }): string {
	const { top, width, size, color } = box;
	const shown = escapeXml(shortened(content, width / (size * CHARACTER_WIDTH)));
	return `<svg x="${MARGIN}" y="${top}" width="${width}" height="${size * 1.4}"><text y="${size}" font-size="${size}" font-weight="600" ${fill(color)}>${shown}</text></svg>`;
}

/** The maximum width of a name in the description, in characters. */
const LONGEST_DESCRIBED_NAME = 200;

/** The usual width of a character, relative to the font size. */
const CHARACTER_WIDTH = 0.64;

/** @param width the maximum width in characters, see `widthOf` */
function shortened(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	let short = '';
	let used = 1;
	for (const grapheme of graphemesOf(text)) {
		used += widthOf(grapheme);
		if (used > width) break;
		short += grapheme;
	}
	return `${short.trimEnd()}…`;
}

/** Rounds a coordinate to hundredths of a pixel. */
const rounded = (value: number) => Math.round(value * 100) / 100;

const xOf = (time: number, { start, end }: Interval) => MARGIN + ((time - start) / (end - start)) * INNER;

/** Returns the rectangles of a lane as a single path, so that parts that are narrower than a pixel add up. */
function pathOf(talk: readonly Interval[], recording: Interval, top: number): string {
	return simplified(talk, recording)
		.map(({ start, end }) => {
			const x = rounded(xOf(start, recording));
			const width = rounded(xOf(end, recording) - x);
			return `M${x} ${top}h${width}v${BAR_HEIGHT}h-${width}z`;
		})
		.join('');
}

/** Limits the number of intervals without changing their total length. */
function simplified(talk: readonly Interval[], recording: Interval): readonly Interval[] {
	if (talk.length <= MAX_INTERVALS) return talk;
	const period = Math.ceil((recording.end - recording.start) / MAX_INTERVALS);
	return lengthPerPeriod(talk, recording, period).flatMap((length, index) => {
		const start = recording.start + index * period;
		return length > 0 ? [{ start, end: start + length }] : [];
	});
}

/** The distances between two labels of the time axis, in seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
const MAX_LABELS = 8;

/** Draws the time axis. @param bottom the lower end of the last bar */
function axis(recording: Interval, bottom: number): string {
	const [start, end] = [recording.start / 1000, recording.end / 1000];
	const step = STEPS.find((seconds) => (end - start) / seconds <= MAX_LABELS) ?? (end - start) / MAX_LABELS;
	let drawing = '';
	for (let time = Math.ceil(start / step) * step; time <= end; time += step) {
		const x = rounded(xOf(time * 1000, recording));
		// Labels at the edges stay within the chart.
		const anchor = x < MARGIN + 16 ? 'start' : x > RIGHT - 16 ? 'end' : 'middle';
		drawing += `<rect ${fill('line')} x="${rounded(x - 0.5)}" y="${LANES_TOP + BAR_TOP}" width="1" height="${bottom - LANES_TOP - BAR_TOP + 6}"/>
${text(clock(time), x, bottom + 22, 12, anchor)}
`;
	}
	return drawing;
}

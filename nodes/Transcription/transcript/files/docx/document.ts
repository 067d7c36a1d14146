import { cleanText } from '../../segments/text';
import { statisticsOf } from '../../statistics';
import { clock, duration } from '../clock';
import { languageName, paragraphAt } from '../documentParts';
import type { ExportContext, NamedSegment } from '../exportContext';
import { LINE_BREAK, paragraph, run, W_NAMESPACE } from './xml';

const R_NAMESPACE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A4 with margins of 2.5 cm, in twentieths of a point. */
const PAGE =
	'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" w:gutter="0"/>';

/** Creates `word/document.xml`. */
export function documentXml(context: ExportContext): string {
	const { paragraphs, entries, includesTimes } = contentsOf(context);
	const about = [
		...sectionOf(
			'Summary',
			context.summary().map((line) => paragraph(undefined, run(line), line)),
		),
		...sectionOf('Chapters', entries.chapters),
		...sectionOf('Action items', entries.actionItems),
	];
	const body = [
		paragraph('Title', run(titleOf(context)), titleOf(context)),
		...details(context),
		...about,
		// Without any other section, the title is heading enough.
		...(about.length > 0 ? [heading('Transcript')] : []),
		...(paragraphs.length > 0
			? paragraphs.flatMap((each, index) => paragraphXml(each, index, includesTimes, entries.targets))
			: [paragraph(undefined, run('No speech was detected.'))]),
	];
	return `<w:document xmlns:w="${W_NAMESPACE}" xmlns:r="${R_NAMESPACE}">
<w:body>
${body.join('')}<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>${PAGE}</w:sectPr>
</w:body>
</w:document>
`;
}

/** Returns the document's title. */
export function titleOf({ settings }: ExportContext): string {
	return cleanText(settings.title ?? '') || 'Transcript';
}

const heading = (text: string) => paragraph('Heading1', run(text));

const sectionOf = (title: string, paragraphs: string[]) =>
	paragraphs.length > 0 ? [heading(title), ...paragraphs] : [];

function details(context: ExportContext): string[] {
	const { recordingName, createdAt } = context.transcript;
	const { locale } = context.spoken;
	const { durationSeconds } = statisticsOf(context.conversation());
	// In an item that other nodes have changed, the values can have any type.
	const name = cleanText(typeof recordingName === 'string' ? recordingName : '');
	const [date] = /^\d{4}-\d{2}-\d{2}/.exec(String(createdAt ?? '')) ?? [];
	const lines: Array<[label: string, value: string | undefined]> = [
		['Recording', name || undefined],
		['Transcribed', date],
		['Length', durationSeconds === undefined ? undefined : duration(durationSeconds)],
		['Language', locale === undefined ? undefined : languageName(locale)],
	];
	return lines.flatMap(([label, value]) =>
		value === undefined ? [] : [paragraph('Details', run(`${label}: `) + run(value))],
	);
}

/** The paragraphs, and the lists with links to them. */
interface Contents {
	paragraphs: NamedSegment[];
	includesTimes: boolean;
	entries: {
		chapters: string[];
		actionItems: string[];
		/** The indexes of the paragraphs that a list links to. */
		targets: Set<number>;
	};
}

function contentsOf(context: ExportContext): Contents {
	const paragraphs = context.paragraphs((who) => context.displayName(who));
	const includesTimes = context.spoken.timed && (context.settings.includeTimestamps ?? true);
	const targets = new Set<number>();
	const time = (start: number | undefined) => {
		if (start === undefined || !includesTimes) return '';
		const target = paragraphAt(start, paragraphs);
		const label = run(clock(start), { style: 'Time' });
		if (target === undefined) return label + run(' ');
		targets.add(target);
		return `<w:hyperlink w:anchor="${bookmarkOf(target)}" w:history="1">${label}</w:hyperlink>${run(' ')}`;
	};
	const chapters = context.chapters().map(({ title = '', summary = '', start }) => {
		const words = [title && run(title, { bold: true }), summary && run(summary)].filter(Boolean);
		return paragraph('ListBullet', time(start) + words.join(LINE_BREAK), title || summary);
	});
	const actionItems = context
		.actionItems()
		.map(({ text, start }) => paragraph('ListBullet', time(start) + run(text), text));
	return { paragraphs, includesTimes, entries: { chapters, actionItems, targets } };
}

const bookmarkOf = (index: number) => `paragraph${index + 1}`;

/** Returns a paragraph, after the speaker's name if the speaker changes. */
function paragraphXml(
	{ text, label, start }: NamedSegment,
	index: number,
	includesTimes: boolean,
	targets: ReadonlySet<number>,
): string[] {
	const time = start !== undefined && includesTimes ? run(clock(start), { style: 'Time' }) : '';
	const bookmark = targets.has(index)
		? `<w:bookmarkStart w:id="${index}" w:name="${bookmarkOf(index)}"/><w:bookmarkEnd w:id="${index}"/>`
		: '';
	if (label === undefined) return [paragraph(undefined, bookmark + (time && time + run(' ')) + run(text), text)];
	return [
		paragraph('Speaker', bookmark + run(label, { bold: true }) + (time && run('  ') + time), text),
		paragraph(undefined, run(text), text),
	];
}

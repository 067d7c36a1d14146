import type { ExportContext, NamedSegment } from '../exportContext';
import { type Statistics, statisticsOf } from '../../statistics';
import { type PageRecording, recordingOf } from './recording';

/** The number of distinct speaker colors. */
const COLORS = 6;

/** What the parts of an HTML page have in common. */
export interface Page {
	readonly context: ExportContext;
	readonly paragraphs: readonly NamedSegment[];
	/** The CSS class of each speaker's color, by name, in the order of their first words. */
	readonly colors: ReadonlyMap<string, string>;
	readonly statistics: Statistics;
	/** Whether the page shows the times of paragraphs. */
	readonly showsTimes: boolean;
	/** The recording to play. Without one, the page has no script. */
	readonly recording: PageRecording | undefined;
}

export function pageOf(context: ExportContext): Page {
	const { settings, spoken } = context;
	const paragraphs = context.paragraphs((who) => context.displayName(who));
	const names = new Set(paragraphs.flatMap(({ name }) => name ?? []));
	return {
		context,
		paragraphs,
		colors: new Map([...names].map((name, index) => [name, `v${(index % COLORS) + 1}`])),
		statistics: statisticsOf(context.conversation((who) => context.displayName(who))),
		showsTimes: spoken.timed && (settings.includeTimestamps ?? true),
		recording: recordingOf(settings),
	};
}

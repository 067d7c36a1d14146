import { type UserError, userError } from '../../core/userError';
import type { Chapter, Transcript } from '../model';
import { type Cue, cuesIn, paragraphsIn, type Segment, type Spoken, spokenIn, type Turn } from '../segments';
import { cleanText } from '../segments/text';
import { textOf } from '../segments/tokens';
import { cueSettings, type FileSettings, speakerName } from './settings';

/** Returns the error for formats that need times, if the transcript has none. */
function withoutTimes(): UserError {
	return userError(
		'The transcript has no timestamps, so it can’t be exported as subtitles',
		'Subtitles need the transcript’s words or utterances. Choose Output: Words in the node that fetches the transcript, or choose only TXT, Markdown, HTML, CSV, or JSON.',
	);
}

/** A paragraph with its speaker's display name. */
export interface NamedSegment extends Segment {
	name?: string;
	/** Whether the speaker differs from the previous paragraph's. */
	isNewSpeaker: boolean;
}

/** An action item as one line, with its details in parentheses. */
export interface ListedItem {
	text: string;
	/** Seconds. */
	start?: number;
}

/** The data used to create files, shared by all files of a transcript. */
export class ExportContext {
	readonly spoken: Spoken;

	constructor(
		readonly transcript: Transcript,
		readonly settings: FileSettings = {},
	) {
		this.spoken = spokenIn(transcript, settings.offsetSeconds);
	}

	/**
	 * @param labeled whether to put the speaker's name before the text
	 * @throws UserError if the transcript has no times
	 */
	cues(labeled = false): Cue[] {
		if (!this.spoken.timed) throw withoutTimes();
		let last: string | undefined;
		const label = (turn: Turn) => {
			const name = this.name(turn);
			const isNew = name !== last;
			last = name;
			return name !== undefined && isNew ? `${name}:` : '';
		};
		return cuesIn(this.spoken, cueSettings(this.settings), labeled ? label : undefined);
	}

	/** Returns cues as segments, with line breaks in their text. @throws UserError if the transcript has no times */
	cueSegments(): Segment[] {
		return this.cues().map(({ startMs, endMs, lines, speaker, channel }) => ({
			text: lines.map((line) => textOf(line)).join('\n'),
			start: startMs / 1000,
			end: endMs / 1000,
			...(speaker !== undefined && { speaker }),
			...(channel !== undefined && { channel }),
		}));
	}

	/** Returns paragraphs, with the speaker's name if names are included. */
	paragraphs(): NamedSegment[] {
		const isNamed = this.settings.includeSpeakers ?? true;
		let last: string | undefined;
		return paragraphsIn(this.spoken).map((paragraph, index) => {
			const name = isNamed ? this.name(paragraph) : undefined;
			const isNewSpeaker = index === 0 || name !== last;
			last = name;
			return { ...paragraph, isNewSpeaker, ...(name !== undefined && { name }) };
		});
	}

	/**
	 * Returns the lines of the summary, or an empty list if the chapters contain all of them, as with services that
	 * summarize each topic.
	 */
	summary(): string[] {
		const lines = linesOf(this.transcript.summary);
		const inChapters = new Set(this.shownChapters().flatMap(({ summary }) => linesOf(summary)));
		return lines.every((line) => inChapters.has(line)) ? [] : lines;
	}

	/** Returns the chapters with the time offset applied. Chapters that end before 0 are dropped. */
	chapters(): Chapter[] {
		const offset = this.settings.offsetSeconds ?? 0;
		return this.shownChapters().map(({ title = '', summary = '', start, end }) => ({
			title: cleanText(title),
			summary: cleanText(summary),
			start: Math.max(0, start + offset),
			end: end + offset,
		}));
	}

	private shownChapters(): Chapter[] {
		const offset = this.settings.offsetSeconds ?? 0;
		return (this.transcript.chapters ?? []).filter(({ end }) => end + offset > 0);
	}

	/** Returns the action items with the time offset applied. Items before 0 are dropped. */
	actionItems(): ListedItem[] {
		const offset = this.settings.offsetSeconds ?? 0;
		return (this.transcript.actionItems ?? []).flatMap(({ text, assignee, type, start, end = start }) => {
			const details = [assignee, type].map((detail) => cleanText(detail ?? '')).filter((detail) => detail !== '');
			const task = cleanText(text);
			if (task === '' || (end !== undefined && end + offset < 0)) return [];
			return [
				{
					text: details.length > 0 ? `${task} (${details.join(', ')})` : task,
					...(start !== undefined && { start: Math.max(0, start + offset) }),
				},
			];
		});
	}

	name(who: Pick<Segment, 'speaker' | 'channel'>): string | undefined {
		return speakerName(who, this.settings);
	}
}

function linesOf(text = ''): string[] {
	return text
		.split(/\r?\n/)
		.map(cleanText)
		.filter((line) => line !== '');
}

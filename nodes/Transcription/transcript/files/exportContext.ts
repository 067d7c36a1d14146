import { UserError } from '../../core/userError';
import type { Chapter, Transcript } from '../model';
import {
	type Chunk,
	chunksIn,
	type ChunkSettings,
	type Cue,
	cuesIn,
	type Segment,
	type Spoken,
	spokenIn,
	tokenParagraphsIn,
	type TokenSegment,
	type Turn,
} from '../segments';
import { cleanText } from '../segments/text';
import { textOf } from '../segments/tokens';
import { readableLabel, sharedLabels, speakerLabels, speakerName } from '../speakers';
import { type Conversation, conversationIn } from '../statistics';
import { cueSettings, type FileSettings } from './settings';

/** The error for formats that need times, if the transcript has none. */
export class MissingTimes extends UserError {
	/** @param files what can't be created, as it is called in a sentence */
	constructor(readonly files: 'subtitles' | 'charts') {
		super({
			message: `The transcript has no timestamps, which ${files} need`,
			description:
				'Times are part of the words and utterances. Choose Output: Words in the node that fetches the transcript, or choose only TXT, Markdown, HTML, DOCX, CSV, or JSON.',
		});
	}
}

/** A paragraph with its speaker's display name. */
export interface NamedSegment extends TokenSegment {
	name?: string;
	/** What to show before the paragraph if the speaker differs from the previous one's. See {@link speakerLabels}. */
	label?: string;
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

	/** The labels that stand for several people. */
	private readonly shared: ReadonlySet<string>;

	/** By the name that {@link name} returns. */
	private displayNames: ReadonlyMap<string, string> | undefined;

	constructor(
		readonly transcript: Transcript,
		readonly settings: FileSettings = {},
	) {
		this.spoken = spokenIn(transcript, settings.offsetSeconds);
		this.shared = sharedLabels(this.spoken.timed ? this.spoken.turns.map(spanOf) : []);
	}

	/**
	 * @param labeled whether to put the speaker's name before the text
	 * @throws UserError if the transcript has no times
	 */
	cues(labeled = false): Cue[] {
		if (!this.spoken.timed) throw new MissingTimes('subtitles');
		const labelOf = speakerLabels();
		const prefix = (turn: Turn) => {
			const label = labelOf(this.name(turn));
			return label === undefined ? '' : `${label}:`;
		};
		return cuesIn(this.spoken, cueSettings(this.settings), labeled ? prefix : undefined);
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

	/** Returns chunks for search and language models, with the speakers' names if names are included. */
	chunks(settings: ChunkSettings): Chunk[] {
		const isNamed = this.settings.includeSpeakers ?? true;
		return chunksIn(this.spoken, settings, (turn) => (isNamed ? this.name(turn) : undefined));
	}

	/**
	 * Returns paragraphs, with the speaker's name if names are included.
	 * @param nameOf {@link name} or {@link displayName}
	 */
	paragraphs(nameOf = (who: Segment) => this.name(who)): NamedSegment[] {
		const isNamed = this.settings.includeSpeakers ?? true;
		const labelOf = speakerLabels();
		return tokenParagraphsIn(this.spoken).map((paragraph) => {
			const name = isNamed ? nameOf(paragraph) : undefined;
			const label = labelOf(name);
			return { ...paragraph, ...(name !== undefined && { name }), ...(label !== undefined && { label }) };
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

	/**
	 * Returns who spoke when.
	 * @param nameOf {@link name} or {@link displayName}
	 */
	conversation(nameOf = (who: Turn) => this.name(who)): Conversation {
		const { offsetSeconds } = this.settings;
		return conversationIn(this.transcript, this.spoken, {
			nameOf,
			...(offsetSeconds !== undefined && { offsetSeconds }),
		});
	}

	/** Returns the name of the speaker or channel as in the transcript or from the settings, such as `A` or `Ada`. */
	name(who: Pick<Segment, 'speaker' | 'channel'>): string | undefined {
		return this.nameWith(who);
	}

	/**
	 * Returns the name for documents with a layout, such as `Speaker A` or `Ada`. See {@link readableLabel}. Voices with
	 * different names have different display names.
	 */
	displayName(who: Pick<Segment, 'speaker' | 'channel'>): string | undefined {
		this.displayNames ??= this.distinctDisplayNames();
		const name = this.name(who);
		return name === undefined ? undefined : (this.displayNames.get(name) ?? name);
	}

	private nameWith(who: Pick<Segment, 'speaker' | 'channel'>, formatLabel?: (label: string) => string) {
		const { speakerNames } = this.settings;
		return speakerName(who, { speakerNames, shared: this.shared, ...(formatLabel && { formatLabel }) });
	}

	/** Labels that would look like another voice's name, such as `A` if `B` is called “Speaker A”, stay as they are. */
	private distinctDisplayNames(): Map<string, string> {
		const readable = new Map<string, string>();
		for (const turn of this.spoken.turns) {
			const name = this.name(turn);
			if (name === undefined || readable.has(name)) continue;
			readable.set(name, this.nameWith(turn, readableLabel) ?? name);
		}
		const uses = new Map<string, number>();
		for (const shown of readable.values()) uses.set(shown, (uses.get(shown) ?? 0) + 1);
		return new Map([...readable].map(([name, shown]) => [name, uses.get(shown) === 1 ? shown : name]));
	}
}

const spanOf = ({ speaker, channel, tokens }: Turn) => ({
	speaker,
	channel,
	start: tokens[0]?.start ?? 0,
	end: tokens.at(-1)?.end ?? 0,
});

function linesOf(text = ''): string[] {
	return text
		.split(/\r?\n/)
		.map(cleanText)
		.filter((line) => line !== '');
}

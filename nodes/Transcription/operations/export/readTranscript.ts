import { userError } from '../../core/userError';
import { z } from 'zod';
import { label } from '../../providers/common/schemas';
import type { Transcript } from '../../transcript/model';

/** Reads a transcript from the workflow instead of a service. Nodes in between may have changed it. */

const absentIfNull = <T extends z.ZodTypeAny>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const name = absentIfNull(label);
// Spreadsheets and forms convert numbers to text.
const seconds = z.union([z.number(), z.string().trim().min(1)]).pipe(z.coerce.number().finite().min(0));

const timedText = z
	.object({ text: z.string(), start: seconds, end: seconds, speaker: name, channel: name })
	.passthrough();

const chapter = z.object({
	title: absentIfNull(z.string()),
	summary: absentIfNull(z.string()),
	start: seconds,
	end: seconds,
});

const actionItem = z.object({
	text: z.string(),
	quote: absentIfNull(z.string()),
	type: absentIfNull(z.string()),
	assignee: absentIfNull(z.string()),
	start: absentIfNull(seconds),
	end: absentIfNull(seconds),
});

const schema = z
	.object({
		id: name,
		status: absentIfNull(z.string()),
		text: absentIfNull(z.string()),
		language: absentIfNull(z.string()),
		// Nodes in between may have used these names for other data, or left a cell empty.
		durationSeconds: absentIfNull(seconds).catch(undefined),
		summary: absentIfNull(z.string()).catch(undefined),
		chapters: absentIfNull(z.array(chapter)).catch(undefined),
		actionItems: absentIfNull(z.array(actionItem)).catch(undefined),
		utterances: absentIfNull(z.array(timedText)),
		words: absentIfNull(z.array(timedText.extend({ kind: z.enum(['word', 'spacing', 'audioEvent']).catch('word') }))),
	})
	.passthrough();

/** The ID of transcripts from items without an ID. */
export const MISSING_ID = 'transcript';

/**
 * @param where for error messages: `Item 3`, `The file “data.json” in item 3`
 * @throws UserError if the value isn't a transcript created by this package
 */
export function readTranscript(value: unknown, where: string): Transcript {
	const parsed = schema.safeParse(value);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const place = issue?.path.join('.');
		throw userError(
			`${where} doesn’t contain a valid transcript${place ? `: “${place}” isn’t valid` : ''}`,
			`${issue?.message ?? 'Unexpected value'}. Pass the output of Get or the trigger through unchanged.`,
		);
	}
	const { text, utterances, words, id, status } = parsed.data;
	if (text === undefined && !utterances && !words) {
		throw userError(
			status === undefined || status === 'completed'
				? `${where} doesn’t contain a transcript`
				: `The transcript in ${lowerFirst(where)} is “${status}”, not completed`,
			'Add Get or the Transcription Trigger before this node, or choose From: ID to fetch the transcript here.',
		);
	}
	// All other fields are kept unchanged, so that the JSON file is complete.
	return withoutUndefined({ ...parsed.data, id: id || MISSING_ID }) as unknown as Transcript;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Removes undefined values, including those in words and utterances. */
function withoutUndefined(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value)) as unknown;
}

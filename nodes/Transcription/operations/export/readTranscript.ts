import { userError } from '../../core/userError';
import { z } from 'zod';
import { label } from '../../providers/common/schemas';
import type { Transcript } from '../../transcript/model';

/** A transcript that comes from the workflow and not from a service: nodes in between may have changed it. */

const absentIfNull = <T extends z.ZodTypeAny>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const name = absentIfNull(label);
// Spreadsheets and forms turn numbers into text.
const seconds = z.union([z.number(), z.string().trim().min(1)]).pipe(z.coerce.number().finite().min(0));

const said = z
	.object({ text: z.string(), start: seconds, end: seconds, speaker: name, channel: name })
	.passthrough();

const chapter = z.object({ title: absentIfNull(z.string()), summary: absentIfNull(z.string()), start: seconds, end: seconds });

const schema = z
	.object({
		id: name,
		status: absentIfNull(z.string()),
		text: absentIfNull(z.string()),
		language: absentIfNull(z.string()),
		// Nodes in between may have put something of their own under these names, or left a cell empty.
		durationSeconds: absentIfNull(seconds).catch(undefined),
		summary: absentIfNull(z.string()).catch(undefined),
		chapters: absentIfNull(z.array(chapter)).catch(undefined),
		utterances: absentIfNull(z.array(said)),
		words: absentIfNull(z.array(said.extend({ kind: z.enum(['word', 'spacing', 'audioEvent']).catch('word') }))),
	})
	.passthrough();

/**
 * @param where for messages: `Item 3`, `The file “data.json” in item 3`
 * @throws InputError for anything that is no transcript of this package
 */
export function readTranscript(value: unknown, where: string): Transcript {
	const parsed = schema.safeParse(value);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const place = issue?.path.join('.');
		throw userError(
			`${where} holds no transcript that can be read${place ? `: at “${place}”` : ''}`,
			`${issue?.message ?? 'Unexpected value'}. Pass on what Get or the trigger put out as it is.`,
		);
	}
	const { text, utterances, words, id, status } = parsed.data;
	if (text === undefined && !utterances && !words) {
		throw userError(
			status === undefined || status === 'completed' ? `${where} holds no transcript` : `The transcript in ${lowerFirst(where)} is “${status}”, not completed`,
			'Put Get or the Transcription Trigger before this node, or choose From: ID to fetch the transcript here.',
		);
	}
	// The rest passes through untouched, so that the JSON file loses nothing.
	return withoutUndefined({ ...parsed.data, id: id || 'transcript' }) as unknown as Transcript;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Also in words and utterances. */
function withoutUndefined(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value)) as unknown;
}

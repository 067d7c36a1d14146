import { z } from 'zod';
import { lenient, lenientList } from '../common/schemas';
import { type ActionItem, type Chapter, withoutAbsent } from '../../transcript/model';

/*
 * Results of the Speech Understanding tasks Summarization and Action Items. Times are in milliseconds.
 *
 * Source: AssemblyAI docs, “Summarization”, “Action items”, “Migration guide: Summarization”. Two undocumented fields
 * were observed in responses in September 2026: `bullets`, which replaces `text` for the type `bullets`, and
 * `block_summary`, which summarizes the whole recording.
 */

const text = () => lenient(z.string().trim().min(1));
const texts = () => lenientList(z.string().trim().min(1));

/** The summary of a topic. */
const section = () =>
	z.object({
		headline: text(),
		text: text(),
		bullets: texts(),
		start: lenient(z.number()),
		end: lenient(z.number()),
	});

const actionItem = () =>
	z.object({ action_item: z.string().trim().min(1), quote: text(), timestamp: lenient(z.number()) });

/** The status of a task: `success`, or the reason there is no result. */
const task = { status: text() };

export const understandingSchema = () =>
	z.object({
		response: lenient(
			z
				.object({
					summarization: lenient(z.object({ ...task, summary: lenientList(section()), block_summary: text() })),
					action_items: lenient(z.object({ ...task, items: lenientList(actionItem()) })),
				})
				.catchall(lenient(z.object(task))),
		),
	});

export type Understanding = z.output<ReturnType<typeof understandingSchema>>;

/** Returns the summary of the whole recording, or the summaries of its topics, one per line. */
export function summaryOf({ response }: Understanding): string | undefined {
	const { summary: sections, block_summary: whole } = response?.summarization ?? {};
	return whole ?? (sections?.flatMap((topic) => aboutOf(topic) ?? []).join('\n') || undefined);
}

/** Returns the topics that have times, or undefined if no summary was requested. */
export function topicsOf({ response }: Understanding): Chapter[] | undefined {
	return response?.summarization?.summary?.flatMap(({ start, end, headline: title, ...topic }) =>
		start === undefined || end === undefined
			? []
			: [
					withoutAbsent<Chapter>({
						title,
						summary: aboutOf(topic),
						start: Math.max(0, start / 1000),
						end: Math.max(0, end / 1000),
					}),
				],
	);
}

/** Returns the action items. These include decisions if they were requested; the service doesn't distinguish them. */
export function actionItemsOf({ response }: Understanding): ActionItem[] | undefined {
	return response?.action_items?.items?.map(({ action_item: text, quote, timestamp }) =>
		withoutAbsent<ActionItem>({
			text,
			quote,
			start: timestamp === undefined ? undefined : Math.max(0, timestamp / 1000),
		}),
	);
}

function aboutOf({ text, bullets }: { text?: string; bullets?: string[] }): string | undefined {
	return text ?? (bullets?.join('\n') || undefined);
}

import { z } from 'zod';

import { STATUSES } from './enums';
import { ApiError, transcriptNotFound } from './errors';
import { listDate, statusOf } from './present';
import type { TranscriptEntry } from './store';

const DAY_MS = 86_400_000;
/** Older transcripts aren't listed (AssemblyAI API reference, List transcripts). */
const LISTED_DAYS = 90;

const querySchema = z
	.object({
		limit: z.coerce.number().int().min(1).max(200).default(10),
		status: z.enum(STATUSES).optional(),
		created_on: z
			.string()
			.regex(/^\d{4}-\d{2}-\d{2}$/)
			.refine((text) => !Number.isNaN(Date.parse(text)))
			.optional(),
		before_id: z.string().uuid().optional(),
		after_id: z.string().uuid().optional(),
		throttled_only: z.enum(['true', 'false']).optional(),
	})
	.strict();

/**
 * Returns one page, newest first. `prev_url` links to older transcripts, and `next_url` to newer ones
 * (AssemblyAI API reference, List transcripts). @throws ApiError 400 for an invalid parameter
 */
export function listPage(entries: TranscriptEntry[], query: unknown, apiBase: string): Record<string, unknown> {
	const parsed = querySchema.safeParse(query);
	if (!parsed.success) {
		const { path, code } = parsed.error.issues[0]!;
		throw new ApiError(400, code === 'unrecognized_keys' ? 'Unknown query parameter' : `${path.join('.')} is invalid`);
	}
	const { limit, status, created_on: day, before_id: before, after_id: after } = parsed.data;
	const oldest = Date.now() - LISTED_DAYS * DAY_MS;
	const wanted = entries.filter(
		({ job }) =>
			job.createdAt.getTime() >= oldest &&
			(status === undefined || statusOf(job) === status) &&
			(day === undefined || job.createdAt.toISOString().startsWith(day)),
	);
	const page = select(wanted, entries, limit, before, after);
	const url = (extra: Record<string, string>) => {
		const filters = { limit: String(limit), ...(status && { status }), ...(day && { created_on: day }) };
		return `${apiBase}/v2/transcript?${new URLSearchParams({ ...filters, ...extra })}`;
	};
	const newest = page[0];
	const last = page[page.length - 1];
	return {
		page_details: {
			limit,
			result_count: page.length,
			current_url: url({ ...(before && { before_id: before }), ...(after && { after_id: after }) }),
			prev_url: last && last !== wanted[wanted.length - 1] ? url({ before_id: last.job.id }) : null,
			next_url: newest && newest !== wanted[0] ? url({ after_id: newest.job.id }) : null,
		},
		transcripts: page.map((entry) => presentItem(entry, apiBase)),
	};
}

function select(
	wanted: TranscriptEntry[],
	all: TranscriptEntry[],
	limit: number,
	before: string | undefined,
	after: string | undefined,
): TranscriptEntry[] {
	const position = (id: string) => {
		const index = all.findIndex(({ job }) => job.id === id);
		if (index < 0) throw transcriptNotFound();
		return index;
	};
	const places = new Map(all.map((entry, index) => [entry, index]));
	const newerThan = before === undefined ? -1 : position(before);
	const olderThan = after === undefined ? Infinity : position(after);
	const between = wanted.filter((entry) => {
		const place = places.get(entry)!;
		return place > newerThan && place < olderThan;
	});
	// When paging to newer transcripts, the page starts next to the given transcript.
	return after !== undefined && before === undefined ? between.slice(-limit) : between.slice(0, limit);
}

function presentItem({ job, params, deleted }: TranscriptEntry, apiBase: string): Record<string, unknown> {
	return {
		id: job.id,
		resource_url: `${apiBase}/v2/transcript/${job.id}`,
		status: statusOf(job),
		created: listDate(job.createdAt),
		completed: job.finishedAt ? listDate(job.finishedAt) : null,
		audio_url: deleted ? 'http://deleted_by_user' : params.audio_url,
		error: job.errorMessage,
	};
}

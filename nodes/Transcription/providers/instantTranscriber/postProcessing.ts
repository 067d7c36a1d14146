import type { IDataObject } from 'n8n-workflow';
import { POST_PROCESSING, pointsToTrigger, WAITING_PATH } from '../../callback/url';
import { BoundedMap } from '../../core/boundedMap';
import { type Fields, isFields } from '../common/wordReader';
import { NAME } from './constants';
import { asNonBlankText, jobIn, SUMMARY_CHOICES } from './transcript/response';
import type { ParsedResponse } from './transcript';

/**
 * Results that InstantTranscriber adds after a job has completed. Callbacks are sent “after top-level job completion”,
 * while “enhanced speaker labels and summaries can add post-processing time” (instanttranscriber.com, “Transcription
 * webhooks”). Links “are returned after transcription and post-processing finish” (“SRT and VTT export”).
 *
 * Nothing else about the response is documented, so up to three sources show what was requested: the job may repeat its
 * options, the callback URL names them (see {@link withPostProcessing}), and this process may have submitted the job.
 */
type Result = 'speakers' | 'summaries';

/** The results that a completed job lacks. */
interface Missing {
	/** Whether the results may still arrive. */
	isUnsettled: boolean;
	warning: string;
}

/**
 * Jobs that this process submitted with post-processing. Best effort, since the list is lost when the process restarts.
 */
const submitted = new BoundedMap<string, readonly Result[]>(1000);

/** @param fields of a request, or of an object in a response that repeats them */
export function requestedResults(fields: Fields | IDataObject): Result[] {
	return [
		...(fields.speaker_labels === 'enhanced' ? (['speakers'] as const) : []),
		...(fields.summaries !== 'none' && SUMMARY_CHOICES.includes(fields.summaries as string)
			? (['summaries'] as const)
			: []),
	];
}

export function rememberRequested(id: string, requested: readonly Result[]): void {
	if (requested.length > 0) submitted.set(id, requested);
}

/**
 * Adds the names of the requested results to the callback URL. URLs that don't point to this package are returned
 * unchanged.
 */
export function withPostProcessing(url: string, requested: readonly Result[]): string {
	const isOurs = pointsToTrigger(url, NAME) || new URL(url).pathname.endsWith(`/${WAITING_PATH}`);
	if (!isOurs || requested.length === 0) return url;
	const result = new URL(url);
	result.searchParams.set(POST_PROCESSING, requested.join(' '));
	return result.href;
}

/**
 * @param announced details from the job's callback; `postProcessing` is from its URL
 * @returns undefined if no result is missing from the completed job
 */
export function missingResults(
	{ transcript, downloadUrls, response }: ParsedResponse & { response: unknown },
	announced: Readonly<Record<string, unknown>> = {},
): Missing | undefined {
	const job = isFields(response) ? jobIn(response) : {};
	const hasLinks = downloadUrls.size > 0;
	if (transcript.text === undefined) return { isUnsettled: !hasLinks, warning: MISSING_TEXT };
	const requested = new Set<unknown>([
		...String(announced.postProcessing ?? '').split(' '),
		...[job, ...Object.values(job).filter(isFields)].flatMap(requestedResults),
		...(submitted.get(transcript.id) ?? []),
	]);
	const lacksSummaries =
		requested.has('summaries') && transcript.summary === undefined && !hasSummary(job, transcript.text);
	if (isRunning(job)) return { isUnsettled: true, warning: notYet(['post-processing']) };
	if (hasLinks && lacksSummaries) {
		// If the response has a field for summaries, they may still be added.
		return { isUnsettled: fieldsNamed(job, SUMMARY).length > 0, warning: MISSING_SUMMARIES };
	}
	const late = [
		...(requested.has('speakers') ? ['enhanced speaker labels'] : []),
		...(lacksSummaries ? ['summaries'] : []),
	];
	return !hasLinks && late.length > 0 ? { isUnsettled: true, warning: notYet(late) } : undefined;
}

/** A warning instead of an error, because the job was charged and the user may find the text in the raw response. */
const MISSING_TEXT =
	'InstantTranscriber reported the job as completed, but its response contains neither text nor a link to it. Fetch the transcript by its ID later, or set “Output” to Raw to see the response.';

const MISSING_SUMMARIES =
	'The job was submitted with “Summary”, but its response contains none that this node can read. Set “Output” to Raw to see the response.';

function notYet(results: readonly string[]): string {
	return `InstantTranscriber reported the job as completed, but hasn’t reported that it has finished its ${results.join(' and ')}. Fetch the transcript by its ID later to get the final version.`;
}

/** Matches fields that contain summaries, but not fields that describe them, such as their status. */
const SUMMARY = /^(?!.*(?:status|state|error|type|length|model)$).*summar(?:y|ies)/i;

/** Returns the values of fields with a matching name, in the job and its nested objects. */
function fieldsNamed(job: Fields, name: RegExp): unknown[] {
	return [job, ...Object.values(job).filter(isFields)].flatMap((fields) =>
		Object.entries(fields)
			.filter(([key, value]) => name.test(key) && !SUMMARY_CHOICES.includes(value as string))
			.map(([, value]) => value),
	);
}

function hasSummary(job: Fields, text: string | undefined): boolean {
	return fieldsNamed(job, SUMMARY).some((value) => hasText(value) && value !== text);
}

function hasText(value: unknown): boolean {
	if (value === null || typeof value !== 'object') return asNonBlankText(value) !== undefined && value !== 'none';
	return Object.values(value).some(hasText);
}

/** Matches the status of a part of the job, such as `summaries_status`. */
const PART_STATUS = /[a-z]_?(?:status|state)$/i;
const RUNNING = /^(?:queued|pending|waiting|processing|in[ _-]?progress|running|started)$/i;

function isRunning(job: Fields): boolean {
	return fieldsNamed(job, PART_STATUS).some((value) => typeof value === 'string' && RUNNING.test(value));
}

import { safeId } from '../../http/safeId';
import type { ProviderApi } from '../../http/api';
import { ServiceError } from '../../http/errors';
import { parseResponse } from '../../http/response';
import { isUnready, optionalPart } from '../common/optionalPart';
import { DISPLAY_NAME } from './constants';
import { type Job, resultsOf } from './jobDetails';
import { type ProviderTranscript, summarySchema, summaryText, transcriptSchema } from './transcript';

/** The service refuses any other value with status 406. Source: Rev AI's Node SDK 3.8.5, `TranscriptType`. */
export const TRANSCRIPT = { Accept: 'application/vnd.rev.transcript.v1.0+json' };
const SUMMARY = { Accept: 'application/json' };

/** The analyses of a completed job. */
export interface Analyses {
	summary?: string | undefined;
	translations: ReadonlyArray<readonly [language: string, content: ProviderTranscript]>;
	/** A warning for each analysis that the service didn't return, although it reported it as completed. */
	warnings: string[];
	/** Whether the service may return one of them soon. */
	isPending: boolean;
	/** The responses. */
	raw: { summary?: unknown; translations?: Record<string, unknown> };
}

interface Analysis<T> {
	raw: unknown;
	content?: T;
	missing?: { warning: string; isPending: boolean };
}

/**
 * Fetches the summary and the translations that the job reports as completed. Source: Rev AI's Node SDK 3.8.5,
 * `getTranscriptSummaryObject`, `getTranslatedTranscriptObject`.
 * @param path of the job
 * @throws ServiceError if trying again may help, see {@link optionalPart}
 */
export async function fetchAnalyses(api: ProviderApi, path: string, job: Job): Promise<Analyses> {
	const { hasSummary, languages } = resultsOf(job);
	const summary = hasSummary
		? await fetchAnalysis(api, `${path}/transcript/summary`, SUMMARY, 'summary', readSummary)
		: undefined;
	const translations: Array<[string, Analysis<ProviderTranscript>]> = [];
	for (const language of languages) {
		const translationPath = `${path}/transcript/translation/${safeId(language)}`;
		const name = `translation into ${language}`;
		translations.push([language, await fetchAnalysis(api, translationPath, TRANSCRIPT, name, readTranslation)]);
	}
	const missing = [summary, ...translations.map(([, analysis]) => analysis)].flatMap((all) => all?.missing ?? []);
	const received = translations.filter(([, { raw }]) => raw !== undefined);
	return {
		summary: summary?.content,
		translations: translations.flatMap(([language, { content }]) =>
			content === undefined ? [] : [[language, content] as const],
		),
		warnings: missing.map(({ warning }) => warning),
		isPending: missing.some(({ isPending }) => isPending),
		raw: {
			...(summary?.raw !== undefined && { summary: summary.raw }),
			...(received.length > 0 && {
				translations: Object.fromEntries(received.map(([language, { raw }]) => [language, raw])),
			}),
		},
	};
}

async function fetchAnalysis<T>(
	api: ProviderApi,
	path: string,
	headers: Record<string, string>,
	name: string,
	read: (body: unknown) => T,
): Promise<Analysis<T>> {
	let raw: unknown;
	const fetched = await optionalPart(async () => {
		raw = (await api.request({ method: 'GET', path, headers, idempotent: true, isOptional: true })).body;
		return read(raw);
	});
	if ('part' in fetched) return { raw, content: fetched.part };
	const { error } = fetched;
	const warning = `${DISPLAY_NAME} didn’t return the ${name}: ${error.explanation.message}. Get the transcript again later.`;
	return { raw, missing: { warning, isPending: isUnready(error) } };
}

/** @throws ServiceError */
function readSummary(body: unknown): string {
	const text = summaryText(parseResponse(DISPLAY_NAME, summarySchema, body));
	if (text !== undefined) return text;
	throw new ServiceError({
		message: 'its response contains no text',
		description: 'Set “Output” to Raw to see the response.',
	});
}

/** @throws ServiceError */
function readTranslation(body: unknown): ProviderTranscript {
	return parseResponse(DISPLAY_NAME, transcriptSchema, body);
}

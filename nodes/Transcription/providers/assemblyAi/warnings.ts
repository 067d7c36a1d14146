import { z } from 'zod';
import { lenient, lenientList } from '../common/schemas';
import { DISPLAY_NAME } from './constants';
import type { Understanding } from './understanding';

/**
 * Lists the features that the service skipped, for example because the model doesn't support them.
 * Source: types of AssemblyAI's Node SDK 4.41.5, `TranscriptMetadata`, `TranscriptWarning`.
 */
export const metadataSchema = () =>
	z.object({
		warning: lenient(z.string()),
		warnings: lenientList(z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])),
	});

/** Source: AssemblyAI OpenAPI 1.3.4, `AudioIntelligenceModelStatus`: `success`, or `unavailable` if the analysis failed. */
export const analysisSchema = () => z.object({ status: lenient(z.string()) });

interface Reported {
	metadata?: z.output<ReturnType<typeof metadataSchema>>;
	auto_highlights_result?: z.output<ReturnType<typeof analysisSchema>>;
	content_safety_labels?: z.output<ReturnType<typeof analysisSchema>>;
	iab_categories_result?: z.output<ReturnType<typeof analysisSchema>>;
	speech_understanding?: Understanding;
}

/** Returns the service's warnings about features that it skipped, or undefined if there is nothing to report. */
export function warningsOf(response: Reported): string[] | undefined {
	const { warning, warnings = [] } = response.metadata ?? {};
	const analyses = [
		['key phrases', response.auto_highlights_result],
		['content moderation results', response.content_safety_labels],
		['topics', response.iab_categories_result],
	] as const;
	const reported = [
		...[...(warning === undefined ? [] : [warning]), ...warnings].map((message) => message.trim()),
		...analyses.flatMap(([results, analysis]) =>
			analysis?.status === 'unavailable' ? [`${DISPLAY_NAME} returned no ${results} (status: ${analysis.status})`] : [],
		),
		...Object.entries(response.speech_understanding?.response ?? {}).flatMap(([name, task]) =>
			task?.status === undefined || task.status === 'success'
				? []
				: [`${DISPLAY_NAME} didn’t complete the task “${name}” (status: ${task.status})`],
		),
	].filter((message) => message !== '');
	return reported.length > 0 ? [...new Set(reported)] : undefined;
}

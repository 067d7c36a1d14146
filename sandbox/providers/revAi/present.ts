import type { Entry } from './store';

/** Returns the service's name for a job's status (Rev AI docs, “Asynchronous API reference”, Job). */
export function statusOf({ job }: Entry): 'in_progress' | 'transcribed' | 'failed' {
	if (job.status === 'completed') return 'transcribed';
	return job.status === 'failed' ? 'failed' : 'in_progress';
}

/** Options that are repeated in the job. Targets are “never shown” (Rev AI docs, “Get Language Identification Result”). */
const REPEATED = [
	...['metadata', 'media_url', 'callback_url', 'delete_after_seconds', 'skip_diarization', 'skip_punctuation'],
	...['skip_postprocessing', 'remove_disfluencies', 'remove_atmospherics', 'filter_profanity', 'verbatim'],
	...['custom_vocabulary_id', 'speaker_channels_count', 'speakers_count', 'diarization_type', 'forced_alignment'],
] as const;

/** Returns the job (Rev AI docs, “Asynchronous API reference”, Job; Node SDK 3.8.5, RevAiApiJob). */
export function presentJob(entry: Entry): object {
	const { job, options, fileName, heard, failure } = entry;
	const repeated = REPEATED.filter((name) => name in options).map((name) => [name, options[name as never]]);
	return {
		id: job.id,
		status: statusOf(entry),
		created_on: job.createdAt.toISOString(),
		...(job.finishedAt && { completed_on: job.finishedAt.toISOString() }),
		...(fileName !== null && { name: fileName }),
		...(heard && { duration_seconds: heard.durationSeconds }),
		...(job.status === 'failed' && { failure, failure_detail: job.errorMessage }),
		...Object.fromEntries(repeated),
		type: 'async',
		language: options.language ?? 'en',
		transcriber: options.transcriber ?? 'machine',
		...analyses(entry),
	};
}

function analyses({ job, options, isAnalyzed }: Entry): object {
	const { summarization_config: summary, translation_config: translation } = options;
	const status = job.status === 'failed' ? 'failed' : isAnalyzed ? 'completed' : 'in_progress';
	return {
		...(summary && { summarization: { model: 'standard', ...summary, status } }),
		...(translation && {
			translation: {
				target_languages: translation.target_languages.map((language) => ({ model: 'standard', ...language, status })),
			},
		}),
	};
}

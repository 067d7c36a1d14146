import { z } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import { ApiError, invalidParameters } from './errors';

/** The options of a job (Rev AI docs, “Asynchronous API reference”, POST /jobs; Node SDK 3.8.5, RevAiJobOptions). */

/** Only `Authorization` is accepted, in the form `<scheme> <token>` (Node SDK 3.8.5, readme). */
const authHeaders = z.object({ Authorization: z.string().regex(/^[^\s]+ [^\s]+$/) }).strict();
const target = z.object({ url: z.string().url(), auth_headers: authHeaders.optional() }).strict();
/** Recordings may also require AWS signature headers (Rev AI docs, “Get Language Identification Result”, source_config). */
const sourceHeaders = z.record(z.string().regex(/^(Authorization|x-amz-.+)$/i), z.string().min(1));
const source = z.object({ url: z.string().url(), auth_headers: sourceHeaders.optional() }).strict();

const MODEL = z.enum(['standard', 'premium']);
const CODES =
	'en en-us en-gb ar bg ca cmn cs da de el en/es es fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sv tr uk vi'.split(
		' ',
	) as [string, ...string[]];
const TARGET_CODES = 'en en-us en-gb ar pt pt-br pt-pt fr fr-ca es es-es es-la it ja ko de ru'.split(' ') as [
	string,
	...string[],
];

/** At most 12 words of up to 34 characters, without digits (Rev AI docs, “Custom vocabulary”). */
const phrase = z.string().refine(
	(text) => {
		const words = text.trim().split(/\s+/);
		return words.length <= 12 && words.every((word) => word.length <= 34 && !/\d/.test(word));
	},
	{ message: 'phrase is not valid' },
);

const jobOptions = z
	.object({
		source_config: source.optional(),
		media_url: z.string().url().max(2048).optional(),
		notification_config: target.optional(),
		callback_url: z.string().url().max(1024).optional(),
		metadata: z.string().max(512).optional(),
		delete_after_seconds: z.number().int().min(0).max(2_592_000).optional(),
		transcriber: z.enum(['machine', 'low_cost', 'fusion', 'human']).optional(),
		verbatim: z.boolean().optional(),
		language: z.enum(CODES).optional(),
		skip_diarization: z.boolean().optional(),
		skip_punctuation: z.boolean().optional(),
		skip_postprocessing: z.boolean().optional(),
		remove_disfluencies: z.boolean().optional(),
		remove_atmospherics: z.boolean().optional(),
		filter_profanity: z.boolean().optional(),
		speaker_channels_count: z.number().int().min(1).max(8).optional(),
		speakers_count: z.number().int().min(1).optional(),
		diarization_type: MODEL.optional(),
		custom_vocabularies: z
			.array(z.object({ phrases: z.array(phrase).min(1).max(6000) }).strict())
			.min(1)
			.max(50)
			.optional(),
		custom_vocabulary_id: z.string().optional(),
		strict_custom_vocabulary: z.boolean().optional(),
		forced_alignment: z.boolean().optional(),
		summarization_config: z
			.object({
				model: MODEL.optional(),
				type: z.enum(['paragraph', 'bullets']).optional(),
				prompt: z.string().optional(),
			})
			.strict()
			.optional(),
		translation_config: z
			.object({
				target_languages: z
					.array(z.object({ language: z.enum(TARGET_CODES), model: MODEL.optional() }).strict())
					.min(1)
					.max(5),
			})
			.strict()
			.optional(),
	})
	.strict();

export type JobOptions = z.infer<typeof jobOptions>;

/** The only vocabulary of the sandbox. */
const VOCABULARY_ID = 'cvSandbox001';

/** Parses and validates the options of a submit request. @throws ApiError */
export function readOptions(value: unknown, allowPrivate: boolean): JobOptions {
	const parsed = jobOptions.safeParse(value ?? {});
	if (!parsed.success) throw invalidParameters(parametersOf(parsed.error));
	const options = parsed.data;
	const conflict = conflictIn(options);
	if (conflict) throw invalidParameters({ [conflict[0]]: [`can’t be combined with ${conflict[1]}`] });
	if (options.custom_vocabulary_id !== undefined && options.custom_vocabulary_id !== VOCABULARY_ID)
		throw new ApiError(404, 'could not find custom vocabulary', { detail: 'could not find custom vocabulary' });
	const callback = options.notification_config?.url ?? options.callback_url;
	if (callback !== undefined && !allowPrivate && isPrivateHost(new URL(callback).hostname))
		throw invalidParameters({ 'notification_config.url': ['host is not reachable'] });
	return options;
}

const CONFLICTS: ReadonlyArray<readonly [keyof JobOptions, keyof JobOptions]> = [
	['media_url', 'source_config'],
	['callback_url', 'notification_config'],
	['custom_vocabularies', 'custom_vocabulary_id'],
];

function conflictIn(options: JobOptions): readonly [string, string] | undefined {
	const { transcriber, summarization_config: summary } = options;
	if (summary?.type !== undefined && summary.prompt !== undefined) return ['summarization_config.type', 'prompt'];
	if (transcriber === 'low_cost') {
		const unsupported = (['diarization_type', 'forced_alignment'] as const).find((name) => options[name]);
		if (unsupported) return [unsupported, 'transcriber low_cost'];
	}
	return CONFLICTS.find(([one, other]) => options[one] !== undefined && options[other] !== undefined);
}

/** Returns the reasons by field. */
function parametersOf({ issues }: z.ZodError): Record<string, string[]> {
	return Object.fromEntries(
		issues.flatMap((issue) =>
			issue.code === 'unrecognized_keys'
				? issue.keys.map((key) => [[...issue.path, key].join('.'), ['is not a known parameter']])
				: [[issue.path.join('.') || 'options', [issue.message]]],
		),
	) as Record<string, string[]>;
}

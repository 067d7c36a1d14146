import { z } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import { ApiError } from './errors';

/** In a form, all values are strings. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const speakers = z.coerce.number().int().min(1);
const httpUrl = z
	.string()
	.refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http(s) URL');

/**
 * The fields of a request with their values (instanttranscriber.com, API). The sandbox assumes that other fields are
 * ignored, and that `num_speakers` can't be combined with `min_speakers` or `max_speakers`.
 */
const paramsSchema = z.object({
	file_url: httpUrl.optional(),
	speaker_labels: z.enum(['none', 'standard', 'enhanced']).default('standard'),
	speaker_name_detection: z.enum(['off', 'auto']).default('off'),
	timestamps: flag.default(true),
	summaries: z.enum(['none', 'short', 'detailed', 'both']).default('none'),
	language: z.string().min(1).default('auto'),
	num_speakers: speakers.optional(),
	min_speakers: speakers.optional(),
	max_speakers: speakers.optional(),
	callback_url: httpUrl.optional(),
	callback_secret: z.string().optional(),
	wait: z.coerce.number().min(0).max(70).default(0),
});

export type Params = z.infer<typeof paramsSchema>;

/** Validates a submit request. @throws ApiError 422 naming the first invalid field */
export function validateParams(given: unknown, hasFile: boolean, allowPrivateCallbacks: boolean): Params {
	const parsed = paramsSchema.safeParse(given);
	if (!parsed.success) {
		const issue = parsed.error.issues[0]!;
		throw invalid(`${issue.path.join('.') || 'request'}: ${issue.message}`);
	}
	const params = parsed.data;
	const problem = contradiction(params, hasFile);
	if (problem) throw invalid(problem);
	if (
		params.callback_url !== undefined &&
		!allowPrivateCallbacks &&
		isPrivateHost(new URL(params.callback_url).hostname)
	) {
		throw invalid('callback_url: must be reachable from the internet');
	}
	return params;
}

function contradiction(params: Params, hasFile: boolean): string | undefined {
	const { file_url: url, num_speakers: count, min_speakers: min, max_speakers: max, callback_secret: secret } = params;
	if (hasFile && url !== undefined) return 'file and file_url cannot be used together';
	if (!hasFile && url === undefined) return 'file or file_url is required';
	if (count !== undefined && (min ?? max) !== undefined)
		return 'num_speakers cannot be used together with min_speakers or max_speakers';
	if (min !== undefined && max !== undefined && min > max) return 'min_speakers must not exceed max_speakers';
	if (secret !== undefined && params.callback_url === undefined) return 'callback_secret requires callback_url';
	return undefined;
}

function invalid(message: string): ApiError {
	return new ApiError(422, 'invalid_request', message);
}

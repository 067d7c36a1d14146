import { z, type ZodIssue } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import { type ApiError, invalidRequest } from './errors';
import { LANGUAGES } from './languages';
import { MODELS } from './models';

const url = (most: number) =>
	z
		.string()
		.max(most)
		.regex(/^https?:\/\/[^\s]+$/);
const text = z.string();

const context = z.object({
	general: z.array(z.object({ key: text, value: text })).nullish(),
	text: text.nullish(),
	terms: z.array(text).nullish(),
	translation_terms: z.array(z.object({ source: text, target: text })).nullish(),
});

/**
 * All fields of a submit request with their types and limits (Soniox OpenAPI, CreateTranscriptionPayload). Unknown
 * fields are ignored, because none of the service's schemas has `additionalProperties: false`.
 */
const paramsSchema = z.object({
	model: text.max(32),
	audio_url: url(4096).nullish(),
	file_id: text.uuid().nullish(),
	language_hints: z.array(text.max(10)).max(100).nullish(),
	language_hints_strict: z.boolean().nullish(),
	enable_speaker_diarization: z.boolean().nullish(),
	enable_language_identification: z.boolean().nullish(),
	translation: z
		.object({
			type: z.enum(['one_way', 'two_way']),
			target_language: text.nullish(),
			language_a: text.nullish(),
			language_b: text.nullish(),
		})
		.nullish(),
	context: z.union([context, text]).nullish(),
	webhook_url: url(256).nullish(),
	webhook_auth_header_name: text.max(256).nullish(),
	webhook_auth_header_value: text.max(256).nullish(),
	client_reference_id: text.max(256).nullish(),
});

export type Params = z.infer<typeof paramsSchema>;

/** Validates a submit request. @throws ApiError 400 naming the first invalid field */
export function validateParams(body: unknown, allowPrivateCallbacks: boolean): Params {
	const parsed = paramsSchema.safeParse(body);
	if (!parsed.success) throw toApiError(parsed.error.issues[0]!);
	const params = parsed.data;
	const problem = contradiction(params) ?? unknownValue(params) ?? (allowPrivateCallbacks ? null : unreachable(params));
	if (problem !== null) throw invalidRequest(`body.payload.${problem[0]}`, problem[1]);
	return params;
}

function toApiError(issue: ZodIssue): ApiError {
	const location = ['body', 'payload', ...issue.path].join('.');
	switch (issue.code) {
		case 'invalid_type':
			if (issue.received === 'undefined') return invalidRequest(location, 'Field required', 'missing');
			return invalidRequest(location, `Input should be a valid ${issue.expected}`, `${issue.expected}_type`);
		case 'too_big':
			if (issue.type === 'string')
				return invalidRequest(location, `String should have at most ${issue.maximum} characters`, 'string_too_long');
			return invalidRequest(location, `List should have at most ${issue.maximum} items`, 'too_long');
		case 'invalid_union':
			// A string is also allowed, but the error assumes that an object was intended.
			return toApiError(issue.unionErrors[0]!.issues[0]!);
		default:
			return invalidRequest(location, issue.message);
	}
}

type Problem = readonly [field: string, message: string] | null;

function contradiction(params: Params): Problem {
	if (Boolean(params.audio_url) === Boolean(params.file_id)) {
		return ['audio_url', 'Exactly one of `audio_url` and `file_id` must be provided'];
	}
	if (Boolean(params.webhook_auth_header_name) !== Boolean(params.webhook_auth_header_value)) {
		return [
			'webhook_auth_header_name',
			'`webhook_auth_header_name` and `webhook_auth_header_value` must be provided together',
		];
	}
	const { type, target_language: target, language_a: a, language_b: b } = params.translation ?? {};
	if (type === 'one_way' && !target) return ['translation.target_language', 'Field required for one_way translation'];
	if (type === 'two_way' && !(a && b))
		return ['translation.language_a', 'Fields language_a and language_b are required for two_way translation'];
	return null;
}

function unknownValue({ model, language_hints: hints, translation }: Params): Problem {
	if (!MODELS.some(({ id, transcription_mode: mode }) => id === model && mode === 'async'))
		return ['model', 'Invalid model'];
	const isUnknown = (code: string | null | undefined) =>
		Boolean(code) && !LANGUAGES.some((language) => language.code === code);
	if (hints?.some(isUnknown)) return ['language_hints', 'Invalid language'];
	const { target_language: target, language_a: a, language_b: b } = translation ?? {};
	return [target, a, b].some(isUnknown) ? ['translation', 'Invalid language'] : null;
}

function unreachable({ webhook_url: webhook }: Params): Problem {
	return webhook && isPrivateHost(new URL(webhook).hostname)
		? ['webhook_url', 'The URL must be publicly accessible']
		: null;
}

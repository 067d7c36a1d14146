import { isIP } from 'node:net';

import { z } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import type { Form } from '../../server/forms';
import { ApiError } from './errors';
import type { Params } from './store';

const text = z.string().min(1);
const flag = z.boolean();
const httpUrl = z.string().regex(/^https?:\/\/[^/]/);

/**
 * The fields of a session request (docs.scriptix.io, Core APIs, Initialize session; API, Create session). Unknown
 * fields are ignored.
 */
const sessionSchema = z.object({
	language: text,
	punctuation: flag.default(false),
	diarization: flag.default(false),
	multichannel: flag.default(false),
	keep_source: flag.default(false),
	media_source: httpUrl.optional(),
	webhook_url: httpUrl.optional(),
	webhook_method: z.enum(['POST', 'PUT']).optional(),
	webhook_headers: z.array(z.string().regex(/^[A-Za-z0-9_-]+: ?\S/)).default([]),
	document: z
		.object({ document_type: z.enum(['document', 'caption']), filename: z.string().max(200).optional() })
		.nullish(),
	meta_data: z.record(z.unknown()).optional(),
	session_mode: text.nullish(),
	custom_model_id: z.union([text, z.number()]).nullish(),
});

/** @returns the parameters, and the recording's URL if it has to be fetched @throws ApiError */
export function sessionParams(
	body: unknown,
	allowPrivate: boolean,
): { params: Params; mediaSource: string | undefined } {
	const given = parsed(sessionSchema, body);
	rejectUnreachable(given.webhook_url, allowPrivate);
	const { language, media_source: mediaSource, document } = given;
	const params: Params = {
		language,
		diarization: given.diarization,
		wordTimes: true,
		shown: {
			session_mode: given.session_mode ?? null,
			custom_model_id: given.custom_model_id ?? null,
			meta_data: given.meta_data ?? {},
			punctuation: given.punctuation,
			multichannel: given.multichannel,
			keep_source: given.keep_source,
		},
		webhookUrl: given.webhook_url,
		webhookHeaders: given.webhook_headers,
		documentType: document?.document_type,
		fileName: document?.filename ?? '',
	};
	return { params, mediaSource };
}

/** The form fields of an upload (docs.scriptix.io, Upload - Batch API). */
const sttSchema = z.object({
	language: text,
	diarization: z.enum(['true', 'false']).default('false'),
	timestamps: z.enum(['word', 'segment']).default('segment'),
	model: text.optional(),
	glossary_id: text.optional(),
	webhook_url: httpUrl.optional(),
});

/** @throws ApiError */
export function sttParams(form: Form, allowPrivate: boolean): Params {
	const given = parsed(sttSchema, Object.fromEntries(form.fields));
	rejectUnreachable(given.webhook_url, allowPrivate);
	return {
		language: given.language,
		diarization: given.diarization === 'true',
		wordTimes: given.timestamps === 'word',
		shown: {},
		webhookUrl: given.webhook_url,
		webhookHeaders: [],
		documentType: 'document',
		fileName: form.files.audio_file?.fileName ?? '',
	};
}

function parsed<T extends z.ZodTypeAny>(schema: T, given: unknown): z.output<T> {
	const result = schema.safeParse(given);
	if (result.success) return result.data as z.output<T>;
	const { path, message } = result.error.issues[0]!;
	const field = path.join('.');
	// The status is 400 for an invalid language, and 422 for other fields (docs.scriptix.io, Core APIs, Initialize
	// session).
	if (field === 'language') throw new ApiError(400, 'invalid_language', 'Invalid language', { field });
	throw new ApiError(422, 'validation_error', `${field || 'body'}: ${message}`, { field });
}

/** Requires HTTPS, and a host that isn't a local name or an IP address (docs.scriptix.io, Batch, Webhooks, Callback URL Requirements). */
function rejectUnreachable(url: string | undefined, allowPrivate: boolean): void {
	if (url === undefined || allowPrivate) return;
	const { protocol, hostname } = new URL(url);
	const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) > 0;
	if (protocol !== 'https:' || isAddress || isPrivateHost(hostname) || /(^|\.)localdomain$/.test(hostname)) {
		throw new ApiError(422, 'validation_error', 'webhook_url must use HTTPS and a public host name', {
			field: 'webhook_url',
		});
	}
}

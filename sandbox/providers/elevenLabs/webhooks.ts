import { randomBytes } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { isPrivateHost } from '../../core/privateHosts';
import type { ProviderContext } from '../../core/provider';
import { jsonBody } from '../../server/bodies';
import { accountOf } from '../../server/auth';
import { workspaceOf } from './workspace';
import { ApiError, ValidationError } from './errors';
import { newId } from './ids';
import type { Store, Webhook } from './store';

type WithId = { Params: { id: string } };

export const SPEECH_TO_TEXT = 'speech_to_text';
const EVENTS = ['voice_library_removal_notice', SPEECH_TO_TEXT, 'agent_qa', 'flows'] as const;

const headers = z.record(z.string()).nullish();
const createSchema = z.object({
	settings: z.object({
		auth_type: z.literal('hmac'),
		name: z.string(),
		webhook_url: z.string(),
		request_headers: headers,
	}),
});
const updateSchema = z.object({
	is_disabled: z.boolean(),
	name: z.string(),
	retry_enabled: z.boolean().nullish(),
	request_headers: headers,
	events: z.array(z.enum(EVENTS)).nullish(),
});

/** Adds the routes for a workspace's webhooks (ElevenLabs API reference, Workspace webhooks). */
export function webhookRoutes(app: FastifyInstance, store: Store, context: ProviderContext): void {
	app.get<{ Querystring: { include_usages?: string } }>('/v1/workspace/webhooks', (request, reply) => {
		const withUsages = request.query.include_usages === 'true';
		const webhooks = store.webhooksOf(workspaceOf(accountOf(request))).map((webhook) => present(webhook, withUsages));
		return reply.send({ webhooks });
	});
	app.post('/v1/workspace/webhooks', async (request, reply) => {
		const { settings } = parsed(createSchema, await jsonBody(request));
		checkUrl(settings.webhook_url, context.settings().allowPrivateCallbacks);
		const webhook: Webhook = {
			id: newId(),
			workspace: workspaceOf(accountOf(request)),
			url: settings.webhook_url,
			secret: `wsec_${randomBytes(32).toString('hex')}`,
			createdAt: new Date(),
			name: settings.name,
			isDisabled: false,
			isAutoDisabled: false,
			hasSucceeded: false,
			consecutiveFailures: 0,
			retryEnabled: false,
			// A new webhook receives no events until it is associated (ElevenLabs docs, Asynchronous Speech to Text).
			events: [],
			requestHeaders: settings.request_headers ?? {},
		};
		store.webhooks.set(webhook.id, webhook);
		// The secret is only returned here.
		return reply.send({ webhook_id: webhook.id, webhook_secret: webhook.secret });
	});
	app.patch<WithId>('/v1/workspace/webhooks/:id', async (request, reply) => {
		const webhook = find(store, request);
		const change = parsed(updateSchema, await jsonBody(request));
		webhook.isDisabled = change.is_disabled;
		webhook.name = change.name;
		webhook.retryEnabled = change.retry_enabled ?? webhook.retryEnabled;
		webhook.requestHeaders = change.request_headers ?? webhook.requestHeaders;
		// The request contains the complete set of events. If it omits them, they don't change.
		webhook.events = change.events ?? webhook.events;
		return reply.send({ status: 'ok' });
	});
	app.delete<WithId>('/v1/workspace/webhooks/:id', (request, reply) => {
		const webhook = find(store, request);
		// A webhook that is in use can't be deleted (ElevenLabs docs, Webhooks).
		if (webhook.events.length > 0)
			throw new ApiError(400, 'webhook_in_use', 'The webhook is in use and cannot be deleted.');
		store.webhooks.delete(webhook.id);
		return reply.send({ status: 'ok' });
	});
}

function find(store: Store, request: FastifyRequest<WithId>): Webhook {
	const webhook = store.webhooks.get(request.params.id);
	if (webhook?.workspace === workspaceOf(accountOf(request))) return webhook;
	throw new ApiError(404, 'webhook_not_found', 'Webhook not found.');
}

function present(webhook: Webhook, withUsages: boolean): Record<string, unknown> {
	const isUsed = webhook.events.includes(SPEECH_TO_TEXT);
	return {
		name: webhook.name,
		webhook_id: webhook.id,
		webhook_url: webhook.url,
		is_disabled: webhook.isDisabled,
		is_auto_disabled: webhook.isAutoDisabled,
		created_at_unix: Math.floor(webhook.createdAt.getTime() / 1000),
		auth_type: 'hmac',
		usage: withUsages ? (isUsed ? [{ usage_type: 'Speech to Text' }] : []) : null,
		events: withUsages ? webhook.events : null,
		most_recent_failure_error_code: webhook.lastFailure?.status ?? null,
		most_recent_failure_timestamp: webhook.lastFailure ? Math.floor(webhook.lastFailure.at.getTime() / 1000) : null,
	};
}

/** Checks a webhook's URL. HTTPS is required (ElevenLabs docs, Asynchronous Speech to Text). For private hosts, the sandbox also accepts HTTP. */
function checkUrl(text: string, allowPrivate: boolean): void {
	const url = URL.canParse(text) ? new URL(text) : null;
	const isPrivate = url !== null && isPrivateHost(url.hostname);
	if (url && (isPrivate ? allowPrivate : url.protocol === 'https:')) return;
	throw new ValidationError(['body', 'settings', 'webhook_url'], 'URL must be a public HTTPS URL');
}

function parsed<T extends z.ZodTypeAny>(schema: T, body: unknown): z.output<T> {
	const result = schema.safeParse(body ?? {});
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new ValidationError(['body', ...(issue?.path ?? [])], issue?.message ?? 'invalid');
}

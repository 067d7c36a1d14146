import { userError, type UserError } from '../../../core/userError';
import { parseHttpUrl } from '../../../core/url';
import { z } from 'zod';
import { sign } from '../../../callback/headerSecret';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { explainUncertain, ServiceError, undefinedIfNotFound } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import { idText, lenient, lenientList } from '../../common/schemas';
import { type CallbackTarget, type Provider, type Registered, type RegistrationTarget } from '../../provider';
import { lacksPermission } from '../errors';
import { DISPLAY_NAME } from '../constants';
import { isManual } from '../credential';

/*
 * Registration of workspace webhooks. ElevenLabs sends callbacks only to them and doesn't accept a callback URL per job.
 * Source: ElevenLabs OpenAPI (August 2026), `/v1/workspace/webhooks`; ElevenLabs docs, “Webhooks”.
 */

const PATH = '/v1/workspace/webhooks';
const SPEECH_TO_TEXT = 'speech_to_text';

const webhookSchema = z.object({
	webhook_id: idText,
	webhook_url: z.string(),
	name: lenient(z.string()),
	is_disabled: lenient(z.boolean()),
	/** Set by the service after repeated failures. */
	is_auto_disabled: lenient(z.boolean()),
	most_recent_failure_error_code: lenient(z.number()),
	auth_type: lenient(z.string()),
	/** Only present if the request asked for usage details, which requires an admin key. */
	events: lenientList(z.string()),
});
const listSchema = z.object({ webhooks: z.array(webhookSchema.optional().catch(undefined)) });
const createdSchema = z.object({ webhook_id: idText, webhook_secret: lenient(z.string()) });

type Webhook = z.infer<typeof webhookSchema>;

async function webhooksAt(api: ProviderApi, url: string, withEvents: boolean): Promise<Webhook[]> {
	const { body } = await api.request({
		method: 'GET',
		path: PATH,
		...(withEvents && { query: { include_usages: true } }),
		idempotent: true,
	});
	const { webhooks } = parseResponse(DISPLAY_NAME, listSchema, body);
	return webhooks.filter(
		(webhook): webhook is Webhook => webhook !== undefined && withoutQuery(webhook.webhook_url) === withoutQuery(url),
	);
}

/** Returns the URL without its query, which differs between jobs. */
function withoutQuery(text: string): string | undefined {
	const url = parseHttpUrl(text);
	return url && `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/* Submitting ---------------------------------------------------------------------------------------------------- */

/**
 * Caches lookups per execution and URL, so that many items for one trigger cause a single request. The key is the settings
 * object, which is read once per execution, because Submit wraps the API for each item.
 */
const lookups = new WeakMap<ProviderApi['settings'], Map<string, Promise<string | undefined>>>();

/**
 * Returns the ID of the webhook for a callback URL, or undefined if the key isn’t allowed to list webhooks; the
 * callback is then sent to all speech-to-text webhooks.
 *
 * @throws UserError if there is no webhook, or none that can be used
 */
export async function webhookIdFor(api: ProviderApi, target: CallbackTarget): Promise<string | undefined> {
	const cached = lookups.get(api.settings) ?? new Map<string, Promise<string | undefined>>();
	lookups.set(api.settings, cached);
	const url = withoutQuery(target.url) ?? '';
	const lookup = cached.get(url) ?? findUsable(api, url);
	cached.set(url, lookup);
	return await lookup;
}

async function findUsable(api: ProviderApi, url: string): Promise<string | undefined> {
	const webhooks = await webhooksAt(api, url, false).catch(undefinedIfForbidden);
	if (!webhooks) return undefined;
	const usable = webhooks.find((webhook) => unusable(webhook) === undefined);
	if (usable) return usable.webhook_id;
	const [first] = webhooks;
	throw (first && unusable(first)) ?? missingWebhookError(api, url);
}

function undefinedIfForbidden(error: unknown): undefined {
	if (!lacksPermission(error)) throw error;
}

function missingWebhookError(api: ProviderApi, url: string): UserError {
	const howToFix = isManual(api.settings)
		? 'Create an HMAC webhook with this URL in the ElevenLabs dashboard and link it to the speech-to-text events'
		: 'Publish (or republish) the workflow with the Transcription Trigger to register its webhook';
	// The URL contains a space before the path because the editor wouldn't wrap it otherwise.
	return userError(
		'ElevenLabs has no webhook with the callback URL, so the transcript wouldn’t arrive',
		`${howToFix}, or enter a different webhook in the “Webhook ID” option. Nothing was submitted. URL: ${new URL(url).host} ${new URL(url).pathname}`,
	);
}

function isVerifiable({ auth_type = 'hmac' }: Pick<Webhook, 'auth_type'>): boolean {
	return auth_type === 'hmac';
}

/** Returns the reason a job can't be submitted with this webhook, or undefined if it can. */
function unusable(webhook: Webhook): UserError | undefined {
	const error = unpublishable(webhook);
	if (error) return error.withNote('Nothing was submitted.');
	if (!webhook.is_disabled) return undefined;
	return userError(
		`The ElevenLabs webhook “${webhook.name ?? ''}” is disabled`,
		'Enable it in the ElevenLabs dashboard, or publish the workflow with the trigger again. Nothing was submitted.',
	);
}

/**
 * Returns the reason a trigger can't be published with this webhook, or undefined if it can. A webhook that a user
 * disabled can be enabled through the API, but one that the service disabled can only be enabled in the dashboard.
 * Source: ElevenLabs docs, “Webhooks”.
 */
function unpublishable(webhook: Webhook): UserError | undefined {
	const { name = '', auth_type, is_auto_disabled, most_recent_failure_error_code: status } = webhook;
	if (!isVerifiable({ auth_type })) {
		return userError(
			`The ElevenLabs webhook “${name}” uses the auth method ${auth_type}, which this trigger can’t verify`,
			'Delete it in the ElevenLabs dashboard. Then publish the workflow again, or create a webhook with the auth method HMAC and the same URL.',
		);
	}
	if (!is_auto_disabled) return undefined;
	const cause = status === undefined ? '' : ` The last failed callback received status ${status}; see n8n’s log.`;
	return userError(
		`ElevenLabs disabled the webhook “${name}” because its callbacks failed too often`,
		`Enable it again in the ElevenLabs dashboard (Webhooks), or delete it there to have a new one registered. Then publish the workflow again.${cause}`,
	);
}

/* Publishing ---------------------------------------------------------------------------------------------------- */

export const registration: Provider['registration'] = { ensure, remove };

async function ensure(api: ProviderApi, target: RegistrationTarget): Promise<Registered | undefined> {
	if (isManual(api.settings)) return target.known;
	return await register(api, target).catch((error: unknown) => {
		throw lacksPermission(error) ? registrationForbiddenError(error as ServiceError, target.url) : error;
	});
}

async function register(api: ProviderApi, target: RegistrationTarget): Promise<Registered> {
	const webhooks = await webhooksAt(api, target.url, true);
	const usable = webhooks.filter((webhook) => unpublishable(webhook) === undefined);
	const existing = usable.find(({ webhook_id }) => webhook_id === target.known?.id) ?? usable[0] ?? webhooks[0];
	return existing ? await takeOver(api, existing, target) : await create(api, target);
}

/**
 * Reuses an existing webhook. Its secret is revealed only on creation, so a secret that n8n stored for a different
 * webhook can't be used.
 */
async function takeOver(
	api: ProviderApi,
	existing: Webhook,
	{ name, secret, known }: RegistrationTarget,
): Promise<Registered> {
	const error = unpublishable(existing);
	if (error) throw error;
	const { webhook_id: id } = existing;
	const events = [...(existing.events ?? []), SPEECH_TO_TEXT];
	await update(api, id, { name: existing.name ?? name, events }, secret);
	return known?.id === id ? known : { id };
}

async function create(api: ProviderApi, { url, name, secret }: RegistrationTarget): Promise<Registered> {
	const settings = { auth_type: 'hmac', name, webhook_url: url, request_headers: sign(secret) };
	const { webhook_id: id, webhook_secret: issued } = await post(api, settings, secret);
	// The documentation contradicts itself on whether speech-to-text callbacks are retried, so this may have no effect.
	await update(api, id, { name, events: [SPEECH_TO_TEXT], retry_enabled: true }, secret).catch(
		async (error: unknown) => {
			// The next Submit would otherwise use a webhook that receives no events.
			await api.request({ method: 'DELETE', path: `${PATH}/${safeId(id)}`, idempotent: true }).catch(() => {});
			throw error;
		},
	);
	return { id, secret: issued };
}

async function post(api: ProviderApi, settings: object, secret: string): Promise<z.output<typeof createdSchema>> {
	const request = { method: 'POST', path: PATH, json: { settings }, idempotent: false, secrets: [secret] } as const;
	const { body } = await api.request(request).catch(rethrowAboutWebhook);
	return parseResponse(DISPLAY_NAME, createdSchema, body);
}

/** Replaces the general explanation for uncertain outcomes, which refers to recordings. */
function rethrowAboutWebhook(error: unknown): never {
	const isUncertain = error instanceof ServiceError && error.message === explainUncertain(DISPLAY_NAME, '').message;
	if (!isUncertain) throw error;
	const explanation = {
		message: 'ElevenLabs may or may not have registered the webhook: no valid response was received',
		description: 'Publish the workflow again. If the webhook was registered, it is found by its URL and reused.',
	};
	throw new ServiceError(explanation, error.status);
}

interface WebhookUpdate {
	name: string;
	/** Replaces the webhook's current events. */
	events: readonly string[];
	/** If omitted, the webhook keeps its setting. */
	retry_enabled?: boolean;
}

async function update(api: ProviderApi, id: string, change: WebhookUpdate, secret: string): Promise<void> {
	await api.request({
		method: 'PATCH',
		path: `${PATH}/${safeId(id)}`,
		json: { is_disabled: false, ...change, request_headers: sign(secret), events: [...new Set(change.events)] },
		idempotent: true,
		secrets: [secret],
	});
}

/**
 * Keeps manually created webhooks. A webhook that the trigger registered before the credential was switched to manual setup
 * is removed, because Submit would otherwise find it.
 */
async function remove(api: ProviderApi, url: string, known: Registered | undefined): Promise<void> {
	if (isManual(api.settings) && !known) return;
	const webhooks = await webhooksAt(api, url, false);
	const registered = isManual(api.settings) ? webhooks.filter(({ webhook_id }) => webhook_id === known?.id) : webhooks;
	for (const { webhook_id, name = DISPLAY_NAME } of registered) {
		const path = `${PATH}/${safeId(webhook_id)}`;
		// The service only deletes unused webhooks. Whether events count as usage isn't documented, so this is best
		// effort.
		await api
			.request({ method: 'PATCH', path, json: { is_disabled: true, name, events: [] }, idempotent: true })
			.catch(() => {});
		await undefinedIfNotFound(api.request({ method: 'DELETE', path, idempotent: true }));
	}
}

function registrationForbiddenError({ explanation }: ServiceError, url: string): UserError {
	return userError(
		'The ElevenLabs API key isn’t allowed to register the webhook of this trigger',
		`Use a workspace admin’s key with the webhooks_write permission. Or create the webhook manually under Webhooks in the ElevenLabs dashboard (auth method HMAC, linked to the speech-to-text events, URL ${url}), then paste its secret into “Webhook Secret” in the credential and set “Webhook Setup” to Manual. ${explanation.description}`,
	);
}

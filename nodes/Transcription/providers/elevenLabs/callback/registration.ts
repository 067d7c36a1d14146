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

/**
 * The webhooks of a workspace, to which ElevenLabs announces transcripts: it takes no callback URL with a job.
 * Source: ElevenLabs OpenAPI (August 2026), `/v1/workspace/webhooks`; ElevenLabs docs, “Webhooks”.
 */

const PATH = '/v1/workspace/webhooks';
const SPEECH_TO_TEXT = 'speech_to_text';

const webhookSchema = z.object({
	webhook_id: idText,
	webhook_url: z.string(),
	name: lenient(z.string()),
	is_disabled: lenient(z.boolean()),
	is_auto_disabled: lenient(z.boolean()),
	auth_type: lenient(z.string()),
	/** Only where usages were asked for, which takes an admin's key. */
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
	return webhooks.filter((webhook): webhook is Webhook => webhook !== undefined && placeOf(webhook.webhook_url) === placeOf(url));
}

/** Without the query, which differs from job to job. */
function placeOf(text: string): string | undefined {
	const url = parseHttpUrl(text);
	return url && `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/* Submitting ---------------------------------------------------------------------------------------------------- */

/** What was found, by execution and place: twenty items for one trigger ask once. */
const found = new WeakMap<ProviderApi, Map<string, Promise<string | undefined>>>();

/**
 * ID of the webhook at a callback URL; undefined where the key may not look, so that the job has to be announced at all
 * webhooks for speech to text.
 *
 * @throws InputError where there is none, or one that cannot be used
 */
export async function webhookIdFor(api: ProviderApi, target: CallbackTarget): Promise<string | undefined> {
	const known = found.get(api) ?? new Map<string, Promise<string | undefined>>();
	found.set(api, known);
	const place = placeOf(target.url) ?? '';
	const answer = known.get(place) ?? findUsable(api, place);
	known.set(place, answer);
	return await answer;
}

async function findUsable(api: ProviderApi, place: string): Promise<string | undefined> {
	const webhooks = await webhooksAt(api, place, false).catch(undefinedIfForbidden);
	if (!webhooks) return undefined;
	const usable = webhooks.find((webhook) => unusable(webhook) === undefined);
	if (usable) return usable.webhook_id;
	const [first] = webhooks;
	throw first ? (unusable(first) as UserError) : noWebhook(api, place);
}

function undefinedIfForbidden(error: unknown): undefined {
	if (!lacksPermission(error)) throw error;
}

function noWebhook(api: ProviderApi, place: string): UserError {
	const howToFix = isManual(api.settings)
		? 'Make an HMAC webhook with this URL in the ElevenLabs dashboard and link it to the speech-to-text events'
		: 'Publish the workflow with the Transcription Trigger (again), which registers its webhook';
	// In two pieces: the editor does not break a URL into lines.
	return userError(
		'ElevenLabs knows no webhook with the callback URL, so the transcript would not arrive',
		`${howToFix}; or name another webhook in the option “Webhook ID”. Nothing was submitted. Looked for ${new URL(place).host} ${new URL(place).pathname}`,
	);
}

function isVerifiable({ auth_type = 'hmac' }: Pick<Webhook, 'auth_type'>): boolean {
	return auth_type === 'hmac';
}

function unusable({ name = '', auth_type, is_disabled, is_auto_disabled }: Webhook): UserError | undefined {
	if (!isVerifiable({ auth_type })) {
		return userError(
			`The ElevenLabs webhook “${name}” has the auth method ${auth_type}, which this trigger cannot verify`,
			'Delete it in the ElevenLabs dashboard. Then publish the workflow again, or make a webhook with the auth method HMAC and the same URL.',
		);
	}
	if (is_disabled || is_auto_disabled) {
		return userError(
			`The ElevenLabs webhook “${name}” is disabled${is_auto_disabled ? ', since its callbacks failed too often' : ''}`,
			'Enable it in the ElevenLabs dashboard, or publish the workflow with the trigger again. Nothing was submitted.',
		);
	}
	return undefined;
}

/* Publishing ---------------------------------------------------------------------------------------------------- */

export const registration: Provider['registration'] = { ensure, remove };

async function ensure(api: ProviderApi, target: RegistrationTarget): Promise<Registered | undefined> {
	if (isManual(api.settings)) return target.known;
	return await register(api, target).catch((error: unknown) => {
		throw lacksPermission(error) ? mayNotRegister(error as ServiceError, target.url) : error;
	});
}

async function register(api: ProviderApi, target: RegistrationTarget): Promise<Registered> {
	const there = await webhooksAt(api, target.url, true);
	const existing =
		there.find(({ webhook_id }) => webhook_id === target.known?.id) ?? there.find(isVerifiable) ?? there[0];
	return existing ? await takeOver(api, existing, target) : await create(api, target);
}

/** Its secret was shown once, when it was made: what n8n remembers of another one is of no use for it. */
async function takeOver(api: ProviderApi, existing: Webhook, { name, secret, known }: RegistrationTarget): Promise<Registered> {
	const refusal = unusable({ ...existing, is_disabled: false, is_auto_disabled: false });
	if (refusal) throw refusal;
	const { webhook_id: id } = existing;
	await update(api, id, existing.name ?? name, [...(existing.events ?? []), SPEECH_TO_TEXT], secret);
	return known?.id === id ? known : { id };
}

async function create(api: ProviderApi, { url, name, secret }: RegistrationTarget): Promise<Registered> {
	const settings = { auth_type: 'hmac', name, webhook_url: url, request_headers: sign(secret) };
	const { webhook_id: id, webhook_secret: issued } = await post(api, settings, secret);
	await update(api, id, name, [SPEECH_TO_TEXT], secret).catch(async (error: unknown) => {
		// One that hears of no event would be taken for a good one by the next Submit.
		await api.request({ method: 'DELETE', path: `${PATH}/${safeId(id)}`, idempotent: true }).catch(() => {});
		throw error;
	});
	return { id, secret: issued };
}

async function post(api: ProviderApi, settings: object, secret: string): Promise<z.output<typeof createdSchema>> {
	const request = { method: 'POST', path: PATH, json: { settings }, idempotent: false, secrets: [secret] } as const;
	const { body } = await api.request(request).catch(namingWebhook);
	return parseResponse(DISPLAY_NAME, createdSchema, body);
}

/** What is said of requests whose outcome nobody knows speaks of recordings. */
function namingWebhook(error: unknown): never {
	const isUncertain = error instanceof ServiceError && error.message === explainUncertain(DISPLAY_NAME, '').message;
	if (!isUncertain) throw error;
	const explanation = {
		message: 'ElevenLabs may or may not have registered the webhook: no proper answer came',
		description: 'Publish the workflow again: a webhook that was made is found by its URL and used.',
	};
	throw new ServiceError(explanation, error.status);
}

/** The events replace those that were there. */
async function update(api: ProviderApi, id: string, name: string, events: readonly string[], secret: string): Promise<void> {
	await api.request({
		method: 'PATCH',
		path: `${PATH}/${safeId(id)}`,
		json: { is_disabled: false, name, request_headers: sign(secret), events: [...new Set(events)] },
		idempotent: true,
		secrets: [secret],
	});
}

/** One that was made by hand stays; one that was registered before the credential said so goes, or Submit would find it. */
async function remove(api: ProviderApi, url: string, known: Registered | undefined): Promise<void> {
	if (isManual(api.settings) && !known) return;
	const there = await webhooksAt(api, url, false);
	const ours = isManual(api.settings) ? there.filter(({ webhook_id }) => webhook_id === known?.id) : there;
	for (const { webhook_id, name = DISPLAY_NAME } of ours) {
		const path = `${PATH}/${safeId(webhook_id)}`;
		// The service removes only what nothing uses. Whether events count as use is not documented, hence best effort.
		await api.request({ method: 'PATCH', path, json: { is_disabled: true, name, events: [] }, idempotent: true }).catch(() => {});
		await undefinedIfNotFound(api.request({ method: 'DELETE', path, idempotent: true }));
	}
}

function mayNotRegister({ explanation }: ServiceError, url: string): UserError {
	return userError(
		'The ElevenLabs API key may not register the webhook of this trigger',
		`Either use a key of a workspace admin with the permission webhooks_write. Or make the webhook by hand in the ElevenLabs dashboard (Webhooks): auth method HMAC, linked to the speech-to-text events, URL ${url} – then paste its secret into “Webhook Secret” of the credential and set “Webhook Setup” to By Hand. ${explanation.description}`,
	);
}

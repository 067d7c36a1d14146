import { UNREADABLE } from '../callback/delivery';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { decryptSecret, encryptSecret } from '../callback/encryptedSecret';
import { callbackSecret } from '../callback/secrets';
import { triggerScope } from '../callback/url';
import type { ProviderApi } from '../http/api';
import type { Connection } from '../http/connection';
import { userError } from '../core/userError';
import { refusalOf } from '../shared/callbackUrl';
import { openSession, assertVerifiable } from '../shared/session';
import type { Provider, Registered } from '../providers/provider';

/**
 * Registers the trigger's URL with services that require it.
 *
 * A secret that the service issues is stored in the workflow's static data, which is the only storage a trigger has. It
 * is encrypted with a key derived from the API key. n8n may lose it, so providers must not depend on it alone.
 * Therefore, our own secret is registered too.
 */
export async function register(context: IHookFunctions, provider: Provider): Promise<void> {
	const { api, connection } = await openSession(context, provider);
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	// Fail closed: a trigger whose callbacks couldn't be verified must not be published.
	assertVerifiable(provider, connection);
	const secret = callbackSecret(connection, scope);
	checkUrl(context, provider, connection);
	if (!provider.registration) return;
	// The service reveals the secret only once, so an unreadable secret can only be replaced by registering a new webhook.
	if (issuedSecret(context, connection, scope) === UNREADABLE) await removeWebhook(context, provider, api);
	const registered = await provider.registration.ensure(api, {
		url: urlOf(context),
		secret,
		name: `n8n: ${context.getWorkflow().name ?? scope}`.slice(0, 100),
		known: knownWebhook(context, connection, scope),
	});
	forgetWebhook(context);
	if (!registered) return;
	const data = context.getWorkflowStaticData('node');
	data.webhookId = registered.id;
	if (registered.secret) data.issuedSecret = encryptSecret(registered.secret, connection, scope);
}

/**
 * Checks that the service accepts the trigger's URL as n8n knows it. If the URL isn't registered but sent by Submit,
 * the Callback Base URL option may replace its base, so this is only a warning; Submit checks the URL that it sends.
 * @throws UserError if the service wouldn't register the URL
 */
function checkUrl(context: IHookFunctions, provider: Provider, connection: Connection): void {
	const refusal = refusalOf(urlOf(context), provider, connection);
	if (!refusal) return;
	const fix = 'Set the WEBHOOK_URL of this n8n instance to its public address, such as https://n8n.example.com/';
	if (provider.registration) throw userError(refusal, `${fix}, then publish the workflow again.`);
	context.logger.warn(
		`“${context.getNode().name}” (workflow ${context.getWorkflow().id}): ${refusal}. ${fix}, or use the “Callback Base URL” option in every node that submits for this trigger.`,
	);
}

/**
 * Undoes `register`. Errors are only logged: if this threw, n8n would keep its own records of this webhook and the
 * webhooks of the workflow's other triggers. After a manual execution, n8n wouldn't even catch the exception.
 */
export async function unregister(context: IHookFunctions, provider: Provider): Promise<void> {
	await removeWebhook(context, provider);
}

/** @param openApi Default: opened with the credential. */
async function removeWebhook(context: IHookFunctions, provider: Provider, openApi?: ProviderApi): Promise<void> {
	if (!provider.registration) return;
	try {
		const api = openApi ?? (await openSession(context, provider)).api;
		const { webhookId } = context.getWorkflowStaticData('node');
		await provider.registration.remove(
			api,
			urlOf(context),
			typeof webhookId === 'string' ? { id: webhookId } : undefined,
		);
		forgetWebhook(context);
	} catch (error) {
		context.logger.warn(
			`Couldn’t remove the ${provider.displayName} webhook of “${context.getNode().name}” (workflow ${context.getWorkflow().id}): ${(error as Error).message}. ` +
				`If ${provider.displayName} still has a webhook for ${urlOf(context)}, delete it there.`,
		);
	}
}

function knownWebhook(context: IHookFunctions, connection: Connection, scope: string): Registered | undefined {
	const { webhookId } = context.getWorkflowStaticData('node');
	if (typeof webhookId !== 'string') return undefined;
	const secret = issuedSecret(context, connection, scope);
	return { id: webhookId, ...(typeof secret === 'string' && { secret }) };
}

/** Drops the webhook's stored data, since a new webhook's callbacks would fail verification with the old secret. */
function forgetWebhook(context: IHookFunctions): void {
	const data = context.getWorkflowStaticData('node');
	delete data.webhookId;
	delete data.issuedSecret;
}

/**
 * Returns the secret that the service issued for the trigger's webhook.
 * @returns undefined if it issued none or n8n lost it; UNREADABLE if the credential can't decrypt it
 */
export function issuedSecret(
	context: IWebhookFunctions | IHookFunctions,
	connection: Connection,
	scope: string,
): string | typeof UNREADABLE | undefined {
	const stored = context.getWorkflowStaticData('node').issuedSecret;
	return typeof stored === 'string' ? decryptSecret(stored, connection, scope) : undefined;
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}

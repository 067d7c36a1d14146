import { UNREADABLE } from '../callback/delivery';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { decryptSecret, encryptSecret } from '../callback/encryptedSecret';
import { callbackSecret } from '../callback/secrets';
import { triggerScope } from '../callback/url';
import type { ProviderApi } from '../http/api';
import type { Connection } from '../http/connection';
import { openSession, assertVerifiable } from '../shared/session';
import type { Provider, Registered } from '../providers/provider';

/**
 * Makes sure that the service knows the trigger's URL, where it has to be told once.
 *
 * A secret that the service issues is kept in the workflow's static data, the only storage a trigger has, encrypted with a
 * key derived from the API key. n8n may lose it, so that a provider must not depend on it alone: ours is registered as well.
 */
export async function register(context: IHookFunctions, provider: Provider): Promise<void> {
	const { api, connection } = await openSession(context, provider);
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	// Fails closed: a trigger whose callbacks could not be verified must not be published.
	assertVerifiable(provider, connection);
	const secret = callbackSecret(connection, scope);
	if (!provider.registration) return;
	// The service never shows it again, so only a new webhook has a secret that can be read.
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
 * Undoes `register`. Trouble is only logged: at an exception n8n would leave its own record of this webhook, and those of
 * the workflow's other triggers, and after a test by hand nobody would catch it.
 */
export async function unregister(context: IHookFunctions, provider: Provider): Promise<void> {
	await removeWebhook(context, provider);
}

/** @param session defaults to one of the credential's */
async function removeWebhook(context: IHookFunctions, provider: Provider, session?: ProviderApi): Promise<void> {
	if (!provider.registration) return;
	try {
		const api = session ?? (await openSession(context, provider)).api;
		const { webhookId } = context.getWorkflowStaticData('node');
		await provider.registration.remove(api, urlOf(context), typeof webhookId === 'string' ? { id: webhookId } : undefined);
		forgetWebhook(context);
	} catch (error) {
		context.logger.warn(
			`${provider.displayName} may still have the webhook of “${context.getNode().name}” (workflow ${context.getWorkflow().id}), since it could not be removed: ${(error as Error).message}. ` +
				`If there is one for ${urlOf(context)}, delete it there.`,
		);
	}
}

function knownWebhook(context: IHookFunctions, connection: Connection, scope: string): Registered | undefined {
	const { webhookId } = context.getWorkflowStaticData('node');
	if (typeof webhookId !== 'string') return undefined;
	const secret = issuedSecret(context, connection, scope);
	return { id: webhookId, ...(typeof secret === 'string' && { secret }) };
}

/** What was stored for another webhook would refuse every callback of a new one. */
function forgetWebhook(context: IHookFunctions): void {
	const data = context.getWorkflowStaticData('node');
	delete data.webhookId;
	delete data.issuedSecret;
}

/**
 * The secret that the service issued for the trigger's webhook.
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

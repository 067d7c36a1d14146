import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { callbackSecret } from '../callback/secrets';
import { triggerScope } from '../callback/url';
import { openSession, refuseUnverifiable } from '../operations/session';
import type { Provider, Registered } from '../providers/provider';

/**
 * Makes sure that the service knows the trigger's URL, where it has to be told once.
 *
 * A secret that the service makes up is kept in the workflow's static data, the only place a trigger has. n8n may lose
 * it, so that a provider must not depend on it alone: ours goes along as well.
 */
export async function register(context: IHookFunctions, provider: Provider): Promise<void> {
	const { api, connection } = await openSession(context, provider);
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	// Fails closed: a trigger whose callbacks could not be verified must not be published.
	refuseUnverifiable(provider, connection);
	const secret = callbackSecret(connection, scope);
	if (!provider.registration) return;
	const registered = await provider.registration.ensure(api, {
		url: urlOf(context),
		secret,
		name: `n8n: ${context.getWorkflow().name ?? scope}`.slice(0, 100),
		known: knownWebhook(context),
	});
	remember(context, registered);
}

/**
 * Undoes `register`. Trouble is only logged: at an exception n8n would leave its own record of this webhook, and those of
 * the workflow's other triggers, and after a test by hand nobody would catch it.
 */
export async function unregister(context: IHookFunctions, provider: Provider): Promise<void> {
	if (!provider.registration) return;
	try {
		const { api } = await openSession(context, provider);
		await provider.registration.remove(api, urlOf(context), knownWebhook(context));
		remember(context, undefined);
	} catch (error) {
		context.logger.warn(
			`${provider.displayName} may still have the webhook of “${context.getNode().name}” (workflow ${context.getWorkflow().id}), since it could not be removed: ${(error as Error).message}. ` +
				`If there is one for ${urlOf(context)}, delete it there.`,
		);
	}
}

function knownWebhook(context: IHookFunctions): Registered | undefined {
	const { webhookId } = context.getWorkflowStaticData('node');
	const secret = issuedSecret(context);
	return typeof webhookId === 'string' ? { id: webhookId, ...(secret !== undefined && { secret }) } : undefined;
}

/** Whatever was remembered of another webhook is forgotten: its secret would refuse every callback of this one. */
function remember(context: IHookFunctions, registered: Registered | undefined): void {
	const data = context.getWorkflowStaticData('node');
	delete data.webhookId;
	delete data.issuedSecret;
	if (registered) data.webhookId = registered.id;
	if (registered?.secret) data.issuedSecret = registered.secret;
}

/** The secret that the service made up, where it did and n8n still has it. */
export function issuedSecret(context: IWebhookFunctions | IHookFunctions): string | undefined {
	const secret = context.getWorkflowStaticData('node').issuedSecret;
	return typeof secret === 'string' && secret !== '' ? secret : undefined;
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}

import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { callbackSecret } from '../callback/secrets';
import { triggerScope } from '../callback/url';
import { openSession, refuseUnverifiable } from '../operations/session';
import type { Provider } from '../providers/provider';

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
	const issued = await provider.registration.ensure(api, {
		url: urlOf(context),
		secret,
		secretIsGiven: connection.webhookSecret !== undefined,
		name: `n8n: ${context.getWorkflow().name ?? scope}`.slice(0, 100),
		issuedSecret: issuedSecret(context),
	});
	if (issued !== undefined) context.getWorkflowStaticData('node').issuedSecret = issued;
}

/** Undoes `register`. */
export async function unregister(context: IHookFunctions, provider: Provider): Promise<void> {
	if (!provider.registration) return;
	const { api } = await openSession(context, provider);
	await provider.registration.remove(api, urlOf(context));
	delete context.getWorkflowStaticData('node').issuedSecret;
}

/** The secret that the service made up, where it did and n8n still has it. */
export function issuedSecret(context: IWebhookFunctions | IHookFunctions): string | undefined {
	const secret = context.getWorkflowStaticData('node').issuedSecret;
	return typeof secret === 'string' && secret !== '' ? secret : undefined;
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}

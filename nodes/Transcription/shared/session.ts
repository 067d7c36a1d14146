import { UserError, userError } from '../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { yieldThread } from '../core/yieldThread';
import { acceptedSecrets } from '../callback/secrets';
import { createApi, type ProviderApi, type RequestContext } from '../http/api';
import { type Connection, toConnection } from '../http/connection';
import { assertSameJob } from '../providers/common/assertSameJob';
import { type FetchedJob, type Provider } from '../providers/provider';
import { EXAMPLE_ID } from '../transcript/example';

/** A provider together with the user's credential for it. */
export interface Session {
	provider: Provider;
	connection: Connection;
	api: ProviderApi;
}

/** @throws UserError if the credential isn't valid */
export async function openSession(context: RequestContext, provider: Provider): Promise<Session> {
	return sessionWith(context, provider, await readConnection(context, provider));
}

/** Opens a session with a credential that was already read. */
export function sessionWith(context: RequestContext, provider: Provider, connection: Connection): Session {
	return { provider, connection, api: apiFor(context, provider, connection) };
}

/** Parsing or converting a transcript with at least this many words takes tens of milliseconds. */
const MANY_WORDS = 5000;

/**
 * Fetches the authoritative state of a job, see `Provider.fetchJob`.
 * @throws ServiceError, also if the response is about a different job
 */
export async function fetchJob(
	{ provider, api }: Session,
	id: string,
	announced?: Readonly<Record<string, unknown>>,
): Promise<FetchedJob> {
	assertNotExample(id, provider);
	const job = await provider.fetchJob(api, id, announced);
	if ((job.transcript.words?.length ?? 0) > MANY_WORDS) await yieldThread();
	assertSameJob(provider.displayName, id, job, ['transcript.id']);
	return job;
}

/** @throws UserError for the ID of the trigger's example, which no service has */
function assertNotExample(id: string, { displayName }: Provider): void {
	if (id !== EXAMPLE_ID) return;
	throw userError(
		`“${EXAMPLE_ID}” is the ID of the trigger’s example transcript, which ${displayName} doesn’t have`,
		'Enter the ID of a real job. To get a real transcript from the trigger, submit a recording first.',
	);
}

/** Whether the service returns “not found” for a job until it has ended. */
export function mayHideRunningJobs({ provider }: Session): boolean {
	return provider.notFoundUntilDone ?? false;
}

/** Reads and validates the user's credential. @throws UserError if it isn't valid */
export async function readConnection(context: RequestContext, provider: Provider): Promise<Connection> {
	const credential = await context.getCredentials<IDataObject>(provider.credentialType);
	return toConnection(credential, provider.regions);
}

/** @throws UserError if no callback could be verified with the credential */
export function assertVerifiable({ callback }: Provider, { settings, webhookSecret }: Connection): void {
	const explanation = callback.unverifiable?.(settings, webhookSecret !== undefined);
	if (explanation) throw new UserError(explanation);
}

/** Returns the same session, but every request is sent once. For callers that repeat requests themselves. */
export function withoutRetries(context: RequestContext, { provider, connection }: Session): Session {
	return { provider, connection, api: apiFor(context, provider, connection, 1) };
}

function apiFor(
	context: RequestContext,
	provider: Provider,
	connection: Connection,
	maxAttempts?: number,
): ProviderApi {
	return createApi(context, {
		displayName: provider.displayName,
		credentialType: provider.credentialType,
		baseUrl: connection.baseUrl,
		explain: provider.explain,
		settings: connection.settings,
		secrets: knownSecrets(connection),
		...(maxAttempts !== undefined && { maxAttempts }),
	});
}

/**
 * Returns the secrets that must never appear in items, logs, or messages. `scope` adds those derived for one trigger.
 */
export function knownSecrets(connection: Connection, scope?: string): string[] {
	const { apiKey, webhookSecret, previousWebhookSecret } = connection;
	const fromSettings = Object.entries(connection.settings)
		.filter(([name]) => /secret|token|key/i.test(name))
		.map(([, value]) => value);
	const derived = scope === undefined ? [] : acceptedSecrets(connection, scope);
	return [apiKey, webhookSecret, previousWebhookSecret, ...fromSettings, ...derived].filter((s) => s !== undefined);
}

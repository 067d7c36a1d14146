import type { IWebhookFunctions } from 'n8n-workflow';
import type { Verification } from '../callback/delivery';
import type { Connection } from '../http/connection';
import type { Provider } from '../providers/provider';
import { readConnection } from './session';
import { singleFlight } from '../core/singleFlight';

/** The outcome of a verification, and the credential it was made with. */
export interface Verified {
	verification: Verification;
	connection: Connection;
}

const connections = singleFlight<Connection>();

/**
 * Verifies a callback with the node's credential.
 *
 * Concurrent callbacks share one reading of the credential, since n8n starts an expression engine for each, which takes
 * longer than everything else here. A callback is only refused if it failed against a reading that began after it
 * arrived, because the credential may have changed since an earlier one. Callbacks that fail against an earlier reading
 * wait for a common one, at most one per second and credential: a flood of forged callbacks costs no more readings than
 * that, and delays others by a second and a reading at most.
 *
 * @param verifyWith checks the callback; called again for each reading
 * @throws CredentialError for a credential that can't be used, and whatever n8n throws if it can't be read
 */
export async function verifyCallback(
	context: IWebhookFunctions,
	provider: Provider,
	verifyWith: (connection: Connection) => Verification,
): Promise<Verified> {
	const read = async () => await readConnection(context, provider);
	const key = readingKey(context, provider);
	const current = connections.current(key);
	if (!current) return verified(await connections.fresh(key, read), verifyWith);
	// If it fails, the common reading decides as well, so that a broken credential isn't read once per callback.
	const earlier = await current.catch(() => undefined);
	const first = earlier && verified(earlier, verifyWith);
	return first?.verification.ok ? first : verified(await connections.next(key, read), verifyWith);
}

function verified(connection: Connection, verifyWith: (connection: Connection) => Verification): Verified {
	return { verification: verifyWith(connection), connection };
}

/** n8n can give executions of the same workflow different credentials. */
function readingKey(context: IWebhookFunctions, { credentialType }: Provider): string {
	const node = context.getNode();
	const credentialId = node.credentials?.[credentialType]?.id;
	return JSON.stringify([context.getWorkflow().id, node.id, credentialId, context.getMode(), context.getExecutionId()]);
}

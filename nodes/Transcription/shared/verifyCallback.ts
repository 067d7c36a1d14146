import type { IWebhookFunctions } from 'n8n-workflow';
import type { Verification } from '../callback/delivery';
import type { Connection } from '../http/connection';
import type { Provider } from '../providers/provider';
import { readConnection } from './session';
import { singleFlight } from '../core/singleFlight';

/** The result of a verification, and the credential that was used. */
export interface Verified {
	verification: Verification;
	connection: Connection;
}

const connections = singleFlight<Connection>();

/**
 * Verifies a callback with the node's credential.
 *
 * Concurrent callbacks share one read of the credential, because n8n starts an expression engine for each read, which
 * takes longer than everything else here. A callback is rejected only if it failed against a read that started after it
 * arrived, because the credential may have changed since an earlier read. Callbacks that fail against an earlier read
 * wait for a shared one, which happens at most once per second and credential. A flood of forged callbacks therefore
 * causes no more reads than that, and delays other callbacks by at most one second and one read.
 *
 * This function only decides. `callback/endpoint.ts` writes the 401 response for a rejected callback, and logs how to
 * fix it. It logs the names of headers that look like a signature but weren't checked.
 *
 * @param verifyWith verifies the callback; called again after each read
 * @throws UserError if the credential isn't valid, and n8n's error if it can't be read
 */
export async function verifyCallback(
	context: IWebhookFunctions,
	provider: Provider,
	verifyWith: (connection: Connection) => Verification,
): Promise<Verified> {
	const result = await verifyWithCredential(context, provider, verifyWith);
	const { verification } = result;
	if (verification.ok && verification.uncheckedSignatures) {
		context.logger.info(
			`${provider.displayName} callback accepted without a signature check. Headers that look like a signature: ${verification.uncheckedSignatures.join(', ')}`,
		);
	}
	return result;
}

async function verifyWithCredential(
	context: IWebhookFunctions,
	provider: Provider,
	verifyWith: (connection: Connection) => Verification,
): Promise<Verified> {
	const read = async () => await readConnection(context, provider);
	const key = readingKey(context, provider);
	const current = connections.current(key);
	if (!current) return verified(await connections.fresh(key, read), verifyWith);
	// If the current read fails, the shared one decides, so that a broken credential isn't read once per callback.
	const earlier = await current.catch(() => undefined);
	const first = earlier && verified(earlier, verifyWith);
	return first?.verification.ok ? first : verified(await connections.next(key, read), verifyWith);
}

function verified(connection: Connection, verifyWith: (connection: Connection) => Verification): Verified {
	return { verification: verifyWith(connection), connection };
}

/**
 * Returns the key of a shared read. It includes the execution, since n8n can use different credentials for executions
 * of the same workflow.
 */
function readingKey(context: IWebhookFunctions, { credentialType }: Provider): string {
	const node = context.getNode();
	const credentialId = node.credentials?.[credentialType]?.id;
	return JSON.stringify([context.getWorkflow().id, node.id, credentialId, context.getMode(), context.getExecutionId()]);
}

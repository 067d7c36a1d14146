import type { FastifyInstance } from 'fastify';

import type { Account } from '../../core/provider';
import { accountOf } from '../../server/auth';
import { ApiError } from './errors';

/** The name of the account whose key is another one of the workspace `main`, without access to its webhooks. */
export const RESTRICTED = 'restricted';

/** Transcripts and webhooks belong to a workspace, which may have several keys. */
export function workspaceOf({ name }: Account): string {
	return name === RESTRICTED ? 'main' : name;
}

/** Keys are restricted to the scopes they were given (ElevenLabs docs, API keys). */
export function requireWebhookScope(app: FastifyInstance): void {
	app.addHook('onRequest', async (request) => {
		if (accountOf(request).name !== RESTRICTED) return;
		const scope = request.method === 'GET' ? 'webhooks_read' : 'webhooks_write';
		throw new ApiError(401, 'missing_permissions', `The API key you used is missing the permission ${scope} to execute this operation.`);
	});
}

import type { FastifyInstance } from 'fastify';

import type { Account } from '../../core/provider';
import { accountOf } from '../../server/auth';
import { missingPermission } from './errors';

/** The account for a second API key of the workspace `main`. That key can't change webhooks. */
export const RESTRICTED = 'restricted';

/** Returns the workspace of an account. Transcripts and webhooks belong to a workspace, which may have several API keys. */
export function workspaceOf({ name }: Account): string {
	return name === RESTRICTED ? 'main' : name;
}

/** Rejects changes with API keys that lack `webhooks_write`. Listing doesn't require it (user reports, 2026). */
export function requireWebhookScope(app: FastifyInstance): void {
	app.addHook('onRequest', async (request) => {
		if (accountOf(request).name === RESTRICTED && request.method !== 'GET') throw missingPermission('webhooks_write');
	});
}

import type { FastifyInstance } from 'fastify';

import type { Account } from '../../core/provider';
import { accountOf } from '../../server/auth';
import { ApiError } from './errors';

/** The account for a second API key of the workspace `main`. That key has no access to webhooks. */
export const RESTRICTED = 'restricted';

/** Transcripts and webhooks belong to a workspace, which may have several API keys. */
export function workspaceOf({ name }: Account): string {
	return name === RESTRICTED ? 'main' : name;
}

/** Rejects API keys without the webhook scopes (ElevenLabs docs, API keys). */
export function requireWebhookScope(app: FastifyInstance): void {
	app.addHook('onRequest', async (request) => {
		if (accountOf(request).name !== RESTRICTED) return;
		const scope = request.method === 'GET' ? 'webhooks_read' : 'webhooks_write';
		throw new ApiError(
			401,
			'missing_permissions',
			`The API key you used is missing the permission ${scope} to execute this operation.`,
		);
	});
}

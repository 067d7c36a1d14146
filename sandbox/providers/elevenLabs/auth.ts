import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Account } from '../../core/provider';
import { noteAccount } from '../../server/faultHooks';
import { ApiError } from './errors';

/** The name of the account whose key is another one of the workspace `main`, without access to its webhooks. */
export const RESTRICTED = 'restricted';

const known = new WeakMap<FastifyRequest, Account>();

/** The account of a request that passed `requireKey`. */
export function accountOf(request: FastifyRequest): Account {
	const account = known.get(request);
	if (!account) throw new Error('the route is not behind requireKey');
	return account;
}

/** Transcripts and webhooks belong to a workspace, which may have several keys. */
export function workspaceOf({ name }: Account): string {
	return name === RESTRICTED ? 'main' : name;
}

/** Refuses requests without a known `xi-api-key` (ElevenLabs API reference, Authentication). */
export function requireKey(app: FastifyInstance, accounts: readonly Account[]): void {
	app.addHook('onRequest', async (request) => {
		const key = request.headers['xi-api-key'];
		const account = accounts.find(({ apiKey }) => apiKey === key);
		noteAccount(request, account?.name ?? null);
		if (key === undefined) throw new ApiError(401, 'needs_authorization', 'Neither authorization header nor xi-api-key received, please provide one.');
		if (!account) throw new ApiError(401, 'invalid_api_key', 'Invalid API key');
		known.set(request, account);
	});
}

/** Keys are restricted to the scopes they were given (ElevenLabs docs, API keys). */
export function requireWebhookScope(app: FastifyInstance): void {
	app.addHook('onRequest', async (request) => {
		if (accountOf(request).name !== RESTRICTED) return;
		const scope = request.method === 'GET' ? 'webhooks_read' : 'webhooks_write';
		throw new ApiError(401, 'missing_permissions', `The API key you used is missing the permission ${scope} to execute this operation.`);
	});
}

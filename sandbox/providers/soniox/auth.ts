import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Account } from '../../core/provider';
import { noteAccount } from '../../server/faultHooks';
import { ApiError } from './errors';

const known = new WeakMap<FastifyRequest, Account>();

/** The account of a request that passed `requireKey`. */
export function accountOf(request: FastifyRequest): Account {
	const account = known.get(request);
	if (!account) throw new Error('the route is not behind requireKey');
	return account;
}

/** Refuses requests whose `Authorization` is not `Bearer <API key>` (Soniox OpenAPI, PublicApiAuth). */
export function requireKey(app: FastifyInstance, accounts: readonly Account[]): void {
	app.addHook('onRequest', async (request) => {
		const account = accounts.find(({ apiKey }) => `Bearer ${apiKey}` === request.headers.authorization);
		noteAccount(request, account?.name ?? null);
		if (!account) throw new ApiError(401, 'unauthenticated');
		known.set(request, account);
	});
}

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

/** `Authorization: Bearer` (docs.scriptix.io, API Overview) or `x-zoom-s2t-key` (docs.scriptix.io, Core APIs). */
export function requireKey(app: FastifyInstance, accounts: readonly Account[]): void {
	app.addHook('onRequest', async (request) => {
		const { authorization, 'x-zoom-s2t-key': zoomKey } = request.headers;
		const given = zoomKey ?? /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
		const account = accounts.find(({ apiKey }) => apiKey === given);
		noteAccount(request, account?.name ?? null);
		if (!account) throw new ApiError(401, 'unauthorized', 'Invalid or missing API key');
		known.set(request, account);
	});
}

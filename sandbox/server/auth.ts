import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Account } from '../core/provider';
import { recordAccount } from './faultHooks';

/** How a service authenticates requests. */
export interface Authentication {
	/** Finds the API key in a request's headers. */
	keyIn(headers: IncomingHttpHeaders): string | undefined;
	/** The service's error for a missing or unknown API key. */
	unauthorized(key: string | undefined): Error;
}

/** Returns the token in `Authorization: Bearer <token>`. */
export const bearerToken = ({ authorization }: IncomingHttpHeaders): string | undefined =>
	/^Bearer (.+)$/.exec(authorization ?? '')?.[1];

const authenticated = new WeakMap<FastifyRequest, Account>();

/** Rejects requests without a known API key. */
export function requireKey(
	app: FastifyInstance,
	accounts: readonly Account[],
	{ keyIn, unauthorized }: Authentication,
): void {
	app.addHook('onRequest', async (request) => {
		const key = keyIn(request.headers);
		const account = accounts.find(({ apiKey }) => apiKey === key);
		recordAccount(request, account?.name ?? null);
		if (!account) throw unauthorized(key);
		authenticated.set(request, account);
	});
}

/** Returns the account of a request. The route must be registered after `requireKey`. */
export function accountOf(request: FastifyRequest): Account {
	const account = authenticated.get(request);
	if (!account) throw new Error("the route doesn't require an API key");
	return account;
}

import { z } from 'zod';

import { faultTrigger } from '../core/faultRegistry';
import type { CallbackOrder } from './order';

const common = {
	...faultTrigger,
	match: z
		.object({
			provider: z.string().optional(),
			jobId: z.string().optional(),
			kind: z.string().optional(),
			urlContains: z.string().optional(),
		})
		.strict()
		.optional(),
};

/** The ways a callback can be forged. */
const FORGERIES = ['wrongHeader', 'missingHeader', 'emptyHeader', 'alteredBody'] as const;
export type Forgery = (typeof FORGERIES)[number];

/**
 * Every fault a callback can meet. All that match fire together (late and doubled, for example).
 * - `late`: starts `seconds` later.
 * - `lost`: is never sent; the provider believes it was.
 * - `doubled`: `copies` deliveries in all, `gapSeconds` apart (0 = at the same moment).
 * - `reordered`: waits until `group` callbacks are together, then they go out last first, each after the
 *   one before was answered; a group that stays incomplete goes out after `withinSeconds`.
 * - `forged`: an attacker's callback, one attempt, before the genuine one (or instead of it: `genuine: 'none'`).
 */
export const callbackFaultSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('late'), seconds: z.number().min(0), ...common }).strict(),
	z.object({ kind: z.literal('lost'), ...common }).strict(),
	z
		.object({
			kind: z.literal('doubled'),
			copies: z.number().int().min(2).max(1000).default(2),
			gapSeconds: z.number().min(0).default(0),
			...common,
		})
		.strict(),
	z
		.object({
			kind: z.literal('reordered'),
			group: z.number().int().min(2).default(2),
			withinSeconds: z.number().positive().default(30),
			...common,
		})
		.strict(),
	z
		.object({
			kind: z.literal('forged'),
			forgery: z.enum(FORGERIES),
			genuine: z.enum(['after', 'none']).default('after'),
			...common,
		})
		.strict(),
]);

/** A callback fault as it is planned; see `callbackFaultSchema`. */
export type CallbackFaultInput = z.input<typeof callbackFaultSchema>;
export type CallbackFault = z.output<typeof callbackFaultSchema>;

/** True when the fault is meant for this callback. */
export function matchesCallback(fault: CallbackFault, order: CallbackOrder): boolean {
	const { provider, jobId, kind, urlContains } = fault.match ?? {};
	return (
		(provider === undefined || provider === order.provider) &&
		(jobId === undefined || jobId === order.jobId) &&
		(kind === undefined || kind === order.kind) &&
		(urlContains === undefined || order.url.includes(urlContains))
	);
}

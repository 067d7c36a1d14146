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

/** The ways in which a callback can be forged. */
const FORGERIES = ['wrongHeader', 'missingHeader', 'emptyHeader', 'alteredBody'] as const;
export type Forgery = (typeof FORGERIES)[number];

/** The ways in which the body of a genuine callback can be odd. */
const ODDITIES = ['byteOrderMark', 'truncated'] as const;
export type Oddity = (typeof ODDITIES)[number];

/**
 * All callback faults. If several match, such as `late` and `doubled`, all of them are applied.
 * - `late`: the callback is sent `seconds` later.
 * - `lost`: the callback is never sent, although the provider assumes it was.
 * - `doubled`: the callback is delivered `copies` times in total, `gapSeconds` apart (0 = at the same time).
 * - `reordered`: the callback waits for a group of `group` callbacks, which are sent in reverse order, each after the
 *   response to the previous one. An incomplete group is sent after `withinSeconds`.
 * - `oddBody`: the callback is genuine, but its body starts with a byte order mark or is truncated.
 * - `forged`: an attacker's callback is sent once, before the genuine one or, with `genuine: 'none'`, instead of it.
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
	z.object({ kind: z.literal('oddBody'), oddity: z.enum(ODDITIES), ...common }).strict(),
	z
		.object({
			kind: z.literal('forged'),
			forgery: z.enum(FORGERIES),
			genuine: z.enum(['after', 'none']).default('after'),
			...common,
		})
		.strict(),
]);

/** A callback fault to plan; see `callbackFaultSchema`. */
export type CallbackFaultInput = z.input<typeof callbackFaultSchema>;
export type CallbackFault = z.output<typeof callbackFaultSchema>;

/** Whether a fault applies to a callback. */
export function matchesCallback(fault: CallbackFault, order: CallbackOrder): boolean {
	const { provider, jobId, kind, urlContains } = fault.match ?? {};
	return (
		(provider === undefined || provider === order.provider) &&
		(jobId === undefined || jobId === order.jobId) &&
		(kind === undefined || kind === order.kind) &&
		(urlContains === undefined || order.url.includes(urlContains))
	);
}

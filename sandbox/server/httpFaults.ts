import { z } from 'zod';

import { FaultRegistry, faultTrigger, type Planned } from '../core/faultRegistry';
import type { SeededRandom } from '../core/random';

const common = {
	...faultTrigger,
	match: z
		.object({
			provider: z.string().optional(),
			method: z.string().optional(),
			/** Path relative to the provider, without the query. `*` matches one segment, and `**` matches the rest. */
			path: z.string().optional(),
		})
		.strict()
		.optional(),
};

/**
 * All HTTP faults. Only the first matching one is applied.
 * - `status`: responds immediately with this status and the provider's error body (or `body`). `retryAfter` is in whole
 *   seconds and defaults to 1 for status 429.
 * - `slow`: delays the request by `seconds` (real seconds).
 * - `brokenJson`: processes the request, but truncates the response.
 * - `invalidNumbers`: processes the request, but writes `NaN` for every number in `fields`, as Python's `json.dumps` does.
 * - `cut`: closes the connection after `afterBytes` of the request's body.
 * - `dropAnswer`: processes the request, but closes the connection without a response.
 * - `trickle`: sends one byte of the response every `seconds` (real seconds).
 * - `slowUpload`: pauses for `seconds` (real seconds) before each chunk of the request's body.
 * - `answer`: processes the request, but responds with `body` and `status` (default: 200).
 * - `otherJob`: processes the request, but replaces the job ID in the response (`asked`) with `named`.
 */
const httpFaultSchema = z.discriminatedUnion('kind', [
	z
		.object({
			kind: z.literal('status'),
			status: z.number().int().min(400).max(599),
			retryAfter: z.number().int().min(0).optional(),
			body: z.string().optional(),
			...common,
		})
		.strict(),
	z.object({ kind: z.literal('slow'), seconds: z.number().min(0), ...common }).strict(),
	z.object({ kind: z.literal('brokenJson'), ...common }).strict(),
	z
		.object({
			kind: z.literal('invalidNumbers'),
			fields: z.array(z.string().regex(/^\w+$/)).min(1).default(['confidence']),
			...common,
		})
		.strict(),
	z.object({ kind: z.literal('cut'), afterBytes: z.number().int().min(0), ...common }).strict(),
	z.object({ kind: z.literal('dropAnswer'), ...common }).strict(),
	z.object({ kind: z.literal('trickle'), seconds: z.number().min(0), ...common }).strict(),
	z.object({ kind: z.literal('slowUpload'), seconds: z.number().min(0), ...common }).strict(),
	z
		.object({
			kind: z.literal('answer'),
			status: z.number().int().min(200).max(299).default(200),
			body: z.string(),
			...common,
		})
		.strict(),
	z.object({ kind: z.literal('otherJob'), asked: z.string().min(1), named: z.string().min(1), ...common }).strict(),
]);

/** An HTTP fault to plan; see `httpFaultSchema`. */
export type HttpFaultInput = z.input<typeof httpFaultSchema>;
export type HttpFault = z.output<typeof httpFaultSchema>;

/** The planned HTTP faults. */
export class HttpFaults {
	private readonly registry: FaultRegistry<HttpFault>;

	constructor(random: SeededRandom) {
		this.registry = new FaultRegistry('http', random);
	}

	/** Plans a fault for future requests. @throws ZodError if the fault is invalid */
	add(fault: HttpFaultInput): Planned<HttpFault> {
		return this.registry.add(httpFaultSchema.parse(fault));
	}

	list(): Array<Planned<HttpFault>> {
		return this.registry.list();
	}

	remove(id: string): boolean {
		return this.registry.remove(id);
	}

	clear(): void {
		this.registry.clear();
	}

	/** Returns the fault to apply to a request. `path` is relative to the provider. */
	take(provider: string, method: string, path: string): Planned<HttpFault> | undefined {
		return this.registry.takeFirst(({ match = {} }) => {
			const rightProvider = match.provider === undefined || match.provider === provider;
			const rightMethod = match.method === undefined || match.method.toUpperCase() === method;
			return rightProvider && rightMethod && (match.path === undefined || pathPattern(match.path).test(path));
		});
	}
}

function pathPattern(pattern: string): RegExp {
	const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(
		`^${escaped
			.replace(/\*\*/g, '\u0000')
			.replace(/\*/g, '[^/]*')
			.replace(/\u0000/g, '.*')}$`,
	);
}

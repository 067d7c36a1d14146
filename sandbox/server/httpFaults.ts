import { z } from 'zod';

import { FaultRegistry, faultTrigger, type Planned } from '../core/faultRegistry';
import type { SeededRandom } from '../core/random';

const common = {
	...faultTrigger,
	match: z
		.object({
			provider: z.string().optional(),
			method: z.string().optional(),
			/** Path within the provider without the query, `*` stands for one part and `**` for the rest. */
			path: z.string().optional(),
		})
		.strict()
		.optional(),
};

/**
 * Every fault a request can meet; the first that matches wins.
 * - `status`: answered with it at once, with the provider's own error body (or `body`); `retryAfter` in whole
 *   seconds, 1 by default for 429.
 * - `slow`: answered `seconds` (real ones) later, otherwise normally.
 * - `brokenJson`: done normally, but the answer stops in the middle.
 * - `cut`: the connection ends once `afterBytes` of the request's body were received.
 * - `dropAnswer`: done normally, but the connection ends without an answer.
 * - `trickle`: answered normally, but one byte every `seconds` (real ones).
 * - `slowUpload`: the request's body is read in pieces, with a pause of `seconds` (real ones) before each.
 * - `answer`: done normally, but answered with `body` and `status`, 200 by default.
 * - `otherJob`: done normally, but the answer names the job `named` wherever it would name `asked`.
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
	z.object({ kind: z.literal('cut'), afterBytes: z.number().int().min(0), ...common }).strict(),
	z.object({ kind: z.literal('dropAnswer'), ...common }).strict(),
	z.object({ kind: z.literal('trickle'), seconds: z.number().min(0), ...common }).strict(),
	z.object({ kind: z.literal('slowUpload'), seconds: z.number().min(0), ...common }).strict(),
	z
		.object({ kind: z.literal('answer'), status: z.number().int().min(200).max(299).default(200), body: z.string(), ...common })
		.strict(),
	z.object({ kind: z.literal('otherJob'), asked: z.string().min(1), named: z.string().min(1), ...common }).strict(),
]);

/** An HTTP fault as it is planned; see `httpFaultSchema`. */
export type HttpFaultInput = z.input<typeof httpFaultSchema>;
export type HttpFault = z.output<typeof httpFaultSchema>;

/** The planned HTTP faults. */
export class HttpFaults {
	private readonly registry: FaultRegistry<HttpFault>;

	constructor(random: SeededRandom) {
		this.registry = new FaultRegistry('http', random);
	}

	/** Plans a fault for requests to come. Throws ZodError when the fault makes no sense. */
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

	/** The fault that hits this request; `path` is relative to the provider's mount. */
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
	return new RegExp(`^${escaped.replace(/\*\*/g, '\u0000').replace(/\*/g, '[^/]*').replace(/\u0000/g, '.*')}$`);
}

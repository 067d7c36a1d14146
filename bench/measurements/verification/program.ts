import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { caseOf, HEX_HMAC, SCHEMES, TWO_HMACS } from './schemes';
import { alternate } from './alternate';

/** The output of the process: microseconds per call, one value per batch, by scheme and body size. */
export type Found = Record<string, Record<number, Record<Side, number[]>>>;
export type Side = 'verify' | 'bare' | 'derive' | 'rotated';

/** The same, but for the operations that any verification requires, using the smallest body. */
export type Floors = Record<string, number[]>;

const KEY = 'key-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abc';

const hmac = (body: Buffer) => createHmac('sha256', KEY).update(body).digest();

function floors(body: Buffer, batches: number, batchMs: number): Floors {
	const given = hmac(body).toString('hex');
	const sha = (text: string) => hash('sha256', text, 'buffer');
	return alternate(
		{
			'One HMAC': () => hmac(body),
			[HEX_HMAC]: () =>
				timingSafeEqual(Buffer.from(createHmac('sha256', KEY).update(body).digest('hex')), Buffer.from(given)),
			[TWO_HMACS]: () => [hmac(body), hmac(body)],
			'Two SHA-256 of secrets, compared with `timingSafeEqual`': () => timingSafeEqual(sha(KEY), sha(KEY)),
		},
		batches,
		batchMs,
	);
}

function main([sizes = '', batches = '', batchMs = '']: string[]): void {
	const found: Found = {};
	const bodies = sizes.split(',').map((size) => Buffer.alloc(Number(size), '{"id":"job"}'));
	const [times, milliseconds] = [Number(batches), Number(batchMs)];
	for (const scheme of SCHEMES) {
		const sides = (body: Buffer): Record<Side, () => unknown> => {
			const genuine = caseOf(scheme, body);
			return {
				verify: genuine.verify,
				bare: () => hmac(body),
				derive: genuine.deriveAndVerify,
				rotated: caseOf(scheme, body, { rotated: true }).verify,
			};
		};
		found[scheme.name] = Object.fromEntries(
			bodies.map((body) => [body.length, alternate(sides(body), times, milliseconds)]),
		);
	}
	const [smallest] = bodies;
	console.log(JSON.stringify({ found, floors: smallest ? floors(smallest, times, milliseconds) : {} }));
}

main(process.argv.slice(2));

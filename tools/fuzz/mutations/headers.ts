import { SECRET_HEADER } from '../../../nodes/Transcription/core/redact';
import { PROBE_HEADER, PROBE_SIGNATURE_HEADER } from '../../../nodes/Transcription/callback/probe';
import type { FuzzRandom } from '../random';
import { type ProofKind, withHeaders } from '../proofs';
import { type Mutation, mutatedText } from './mutation';

/** Headers that contain proofs from providers or from this package, and headers with a special meaning. */
const NAMES = [
	SECRET_HEADER,
	PROBE_HEADER,
	PROBE_SIGNATURE_HEADER,
	'X-Scriptix-Signature',
	'ElevenLabs-Signature',
	'X-InstantTranscriber-Signature',
	'X-Scriptix-Session',
	'Authorization',
	'Content-Type',
	'Content-Encoding',
	'__proto__',
	'constructor',
].map((name) => name.toLowerCase());

const target = (kind: ProofKind, random: FuzzRandom) => random.pick(kind.headers.length > 0 ? kind.headers : NAMES);

const hex = (random: FuzzRandom) => random.bytes(32).toString('hex');

export const HEADER_MUTATIONS: readonly Mutation[] = [
	{
		name: "a proof's header is missing",
		apply(delivery, random, kind) {
			const { [target(kind, random)]: _, ...headers } = delivery.headers;
			return { ...delivery, headers };
		},
	},
	{
		name: "a proof's header is changed",
		apply(delivery, random, kind) {
			const name = target(kind, random);
			return withHeaders(delivery, { [name]: mutatedText(String(delivery.headers[name] ?? ''), random) });
		},
	},
	{
		name: "a proof's header is repeated",
		apply(delivery, random, kind) {
			const name = target(kind, random);
			const value = String(delivery.headers[name] ?? '');
			const other = mutatedText(value, random);
			const together = random.pick<string | string[]>([
				[value, value],
				[other, value],
				[value, other],
				[value],
				[],
				`${value}, ${value}`,
				`${other},${value}`,
			]);
			return withHeaders(delivery, { [name]: together });
		},
	},
	{
		name: "a proof's header has another name",
		apply(delivery, random, kind) {
			const name = target(kind, random);
			const { [name]: value, ...headers } = delivery.headers;
			const other = random.pick([
				`x-${name}`,
				name.replace(/-/g, '_'),
				`${name} `,
				name.toUpperCase(),
				...NAMES.filter((known) => known !== name),
			]);
			return { ...delivery, headers: { ...headers, [other]: value } };
		},
	},
	{
		name: "a proof's header isn't a string",
		apply(delivery, random, kind) {
			const value = random.pick<unknown>([
				null,
				0,
				1,
				true,
				{},
				{ length: 64 },
				Buffer.from('a'),
				Symbol.iterator,
				() => 'x',
			]);
			return withHeaders(delivery, { [target(kind, random)]: value as string });
		},
	},
	{
		name: 'another method’s proof is added, with a guessed value',
		apply(delivery, random) {
			const now = Math.floor(Date.now() / 1000);
			const value = random.pick([
				hex(random),
				`sha256=${hex(random)}`,
				`t=${now},v0=${hex(random)}`,
				`t=${now},v1=${hex(random)}`,
				'ping',
				'sample',
				'',
			]);
			return withHeaders(delivery, { [random.pick(NAMES)]: value });
		},
	},
	{
		name: 'the parts of a signature are mixed up',
		apply(delivery, random, kind) {
			const name = target(kind, random);
			const parts = String(delivery.headers[name] ?? '').split(',');
			const more = [
				`t=${random.below(2 ** 31)}`,
				`v0=${hex(random)}`,
				`v1=${hex(random)}`,
				't=',
				'v0=',
				'',
				't=NaN',
				'v0',
			];
			const mixed = [...parts, random.pick(more), random.pick(more)].filter(() => random.chance(0.8));
			if (random.chance(0.5)) mixed.reverse();
			return withHeaders(delivery, { [name]: mixed.join(random.pick([',', ', ', ' ,', ';', ' '])) });
		},
	},
	{
		name: 'the time in a signature is changed',
		apply(delivery, random, kind) {
			const name = target(kind, random);
			const time = random.pick([
				'',
				'-1',
				'0',
				'1.5',
				'1e9',
				'NaN',
				'Infinity',
				'٣',
				'0x6ab',
				'9'.repeat(12),
				'9'.repeat(400),
				' 1',
				'+1',
				String(random.below(2 ** 32)),
			]);
			return withHeaders(delivery, { [name]: String(delivery.headers[name] ?? '').replace(/t=\d+/, `t=${time}`) });
		},
	},
	{
		name: 'a header has the maximum length',
		apply(delivery, random, kind) {
			const unit = random.pick(['a', 't=1,', `v0=${'f'.repeat(64)},`, ' ', ',', 'sha256=', '\t ']);
			return withHeaders(delivery, { [target(kind, random)]: unit.repeat(Math.ceil(16_384 / unit.length)) });
		},
	},
];

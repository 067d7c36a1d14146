import { SECRET_HEADER } from '../../../nodes/Transcription/core/redact';
import { PROBE_HEADER, PROBE_SIGNATURE_HEADER } from '../../../nodes/Transcription/callback/probe';
import type { Chance } from '../chance';
import { type ProofKind, withHeaders } from '../proofs';
import { type Mutation, spoiledText } from './mutation';

/** Headers in which some provider, or this package, carries a proof; and some that steer servers. */
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

const target = (kind: ProofKind, chance: Chance) => chance.pick(kind.headers.length > 0 ? kind.headers : NAMES);

const hex = (chance: Chance) => chance.bytes(32).toString('hex');

export const HEADER_MUTATIONS: readonly Mutation[] = [
	{
		name: 'a proof’s header is missing',
		apply(delivery, chance, kind) {
			const { [target(kind, chance)]: _, ...headers } = delivery.headers;
			return { ...delivery, headers };
		},
	},
	{
		name: 'a proof’s header is changed',
		apply(delivery, chance, kind) {
			const name = target(kind, chance);
			return withHeaders(delivery, { [name]: spoiledText(String(delivery.headers[name] ?? ''), chance) });
		},
	},
	{
		name: 'a proof’s header came several times',
		apply(delivery, chance, kind) {
			const name = target(kind, chance);
			const value = String(delivery.headers[name] ?? '');
			const other = spoiledText(value, chance);
			const together = chance.pick<string | string[]>([[value, value], [other, value], [value, other], [value], [], `${value}, ${value}`, `${other},${value}`]);
			return withHeaders(delivery, { [name]: together });
		},
	},
	{
		name: 'a proof’s header has another name',
		apply(delivery, chance, kind) {
			const name = target(kind, chance);
			const { [name]: value, ...headers } = delivery.headers;
			const other = chance.pick([`x-${name}`, name.replace(/-/g, '_'), `${name} `, name.toUpperCase(), ...NAMES.filter((known) => known !== name)]);
			return { ...delivery, headers: { ...headers, [other]: value } };
		},
	},
	{
		name: 'a proof’s header is no text',
		apply(delivery, chance, kind) {
			const value = chance.pick<unknown>([null, 0, 1, true, {}, { length: 64 }, Buffer.from('a'), Symbol.iterator, () => 'x']);
			return withHeaders(delivery, { [target(kind, chance)]: value as string });
		},
	},
	{
		name: 'another way’s proof comes along, guessed',
		apply(delivery, chance) {
			const now = Math.floor(Date.now() / 1000);
			const value = chance.pick([hex(chance), `sha256=${hex(chance)}`, `t=${now},v0=${hex(chance)}`, `t=${now},v1=${hex(chance)}`, 'ping', 'sample', '']);
			return withHeaders(delivery, { [chance.pick(NAMES)]: value });
		},
	},
	{
		name: 'the parts of a signature are mixed up',
		apply(delivery, chance, kind) {
			const name = target(kind, chance);
			const parts = String(delivery.headers[name] ?? '').split(',');
			const more = [`t=${chance.below(2 ** 31)}`, `v0=${hex(chance)}`, `v1=${hex(chance)}`, 't=', 'v0=', '', 't=NaN', 'v0'];
			const mixed = [...parts, chance.pick(more), chance.pick(more)].filter(() => chance.chance(0.8));
			if (chance.chance(0.5)) mixed.reverse();
			return withHeaders(delivery, { [name]: mixed.join(chance.pick([',', ', ', ' ,', ';', ' '])) });
		},
	},
	{
		name: 'the time in a signature is another',
		apply(delivery, chance, kind) {
			const name = target(kind, chance);
			const time = chance.pick(['', '-1', '0', '1.5', '1e9', 'NaN', 'Infinity', '٣', '0x6ab', '9'.repeat(12), '9'.repeat(400), ' 1', '+1', String(chance.below(2 ** 32))]);
			return withHeaders(delivery, { [name]: String(delivery.headers[name] ?? '').replace(/t=\d+/, `t=${time}`) });
		},
	},
	{
		name: 'a header is as long as a head may be',
		apply(delivery, chance, kind) {
			const unit = chance.pick(['a', 't=1,', `v0=${'f'.repeat(64)},`, ' ', ',', 'sha256=', '\t ']);
			return withHeaders(delivery, { [target(kind, chance)]: unit.repeat(Math.ceil(16_384 / unit.length)) });
		},
	},
];

import { deflateSync, gzipSync } from 'node:zlib';
import type { Delivery } from '../../../nodes/Transcription/callback/delivery';
import type { FuzzRandom } from '../random';
import { type Mutation, ODD_TEXTS, mutatedText } from './mutation';

const bytes = (name: string, change: (body: Buffer, random: FuzzRandom) => Buffer | string): Mutation => ({
	name: `body: ${name}`,
	apply: (delivery: Delivery, random) => ({ ...delivery, rawBody: Buffer.from(change(delivery.rawBody, random)) }),
});

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** Unexpected values, as JSON text, because not every one can be represented as an object. */
const ODD_VALUES: readonly string[] = [
	'null',
	'true',
	'0',
	'-0',
	'1e400',
	'1e-400',
	'12345678901234567890123',
	'""',
	'"completed"',
	'[]',
	'{}',
	'[[]]',
	'{"__proto__":{"polluted":true}}',
	'{"constructor":{"prototype":{"polluted":true}}}',
	'{"toString":1,"valueOf":null,"length":-1}',
	'{"message":{"message":null}}',
	'{"message":"why"}',
	'"\\u0000"',
	'"\\ud800"',
	JSON.stringify('x'.repeat(20_000)),
	nested(3000, '[', ']'),
	`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
];

/** Field names that providers use, and names with a special meaning in JavaScript. */
const KEYS = [
	'id',
	'status',
	'event',
	'type',
	'data',
	'error',
	'message',
	'transcript_id',
	'sessionId',
	'download_urls',
	'transcription',
	'webhook_metadata',
	'words',
	'text',
	'__proto__',
	'constructor',
	'prototype',
	'toJSON',
];

/** Replaces, renames, duplicates, or adds a member in the JSON text itself, because a parser would drop `__proto__`. */
function changedMember(text: string, random: FuzzRandom): string {
	const members = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*("(?:[^"\\]|\\.)*"|-?[\d.eE+]+|true|false|null)/g)];
	if (members.length === 0 || random.chance(0.3)) {
		return text.replace(
			/^\s*\{/,
			`{${JSON.stringify(random.pick(KEYS))}:${random.pick(ODD_VALUES)}${/^\s*\{\s*\}/.test(text) ? '' : ','}`,
		);
	}
	const { index = 0, 0: whole, 1: key = '', 2: value = '' } = random.pick(members);
	const member = random.pick([
		`"${key}":${random.pick(ODD_VALUES)}`,
		`"${key}":${JSON.stringify(mutatedText(value, random))}`,
		`${JSON.stringify(random.pick(KEYS))}:${value}`,
		`"${key}":${value},"${key}":${random.pick(ODD_VALUES)}`,
	]);
	return text.slice(0, index) + member + text.slice(index + whole.length);
}

function flipped(body: Buffer, random: FuzzRandom): Buffer {
	if (body.length === 0) return body;
	const copy = Buffer.from(body);
	const at = random.below(copy.length);
	copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
	return copy;
}

function reserialized(body: Buffer, random: FuzzRandom): string {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return random.pick([
			JSON.stringify(value, null, 2),
			JSON.stringify(value).replace(
				/[^\x20-\x7e]/g,
				(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
			),
			`${JSON.stringify(value)} `,
			JSON.stringify([value]),
			JSON.stringify(JSON.stringify(value)),
		]);
	} catch {
		return body.toString('utf8');
	}
}

export const BODY_MUTATIONS: readonly Mutation[] = [
	bytes('a bit is flipped', flipped),
	bytes('is truncated', (body, random) => body.subarray(0, random.below(body.length + 1))),
	bytes('has lost its beginning', (body, random) => body.subarray(random.below(body.length + 1))),
	bytes('is empty', () => ''),
	bytes('is serialized again', reserialized),
	bytes('has a suffix', (body, random) => Buffer.concat([body, Buffer.from(random.pick(ODD_TEXTS))])),
	bytes('has a prefix', (body, random) => Buffer.concat([Buffer.from(random.pick(ODD_TEXTS)), body])),
	bytes('is compressed', (body, random) => (random.chance(0.5) ? gzipSync(body) : deflateSync(body))),
	bytes('has another encoding', (body, random) =>
		Buffer.from(body.toString('utf8'), random.pick(['utf16le', 'latin1'] as const)),
	),
	bytes("isn't valid UTF-8", (body, random) =>
		Buffer.concat([body.subarray(0, random.below(body.length + 1)), random.bytes(4), Buffer.from([0xc3, 0x28, 0xff])]),
	),
	bytes('is random', (_, random) => random.bytes(random.below(200))),
	bytes('is an unexpected value', (_, random) => random.pick(ODD_VALUES)),
	bytes('has an unexpected member', (body, random) => changedMember(body.toString('utf8'), random)),
	bytes('is repeated', (body) => Buffer.concat([body, body])),
	bytes('is a form', (body) => new URLSearchParams({ payload: body.toString('utf8') }).toString()),
];

/** Large bodies cost more than all others together, so they are rare. */
export const LARGE_BODY_MUTATIONS: readonly Mutation[] = [
	bytes('is long', (body, random) => Buffer.concat([body, Buffer.alloc(200_000 + random.below(800_000), ' ')])),
	bytes('is nested extremely deeply', (_, random) =>
		random.pick([nested(100_000, '[', ']'), '['.repeat(200_000), '{"a":'.repeat(100_000)]),
	),
	bytes('has an extremely large member', (body, random) => {
		const text = body.toString('utf8');
		const places = [...text.matchAll(/\{/g)].slice(0, 20).map(({ index }) => index + 1);
		const at = places.length > 0 ? random.pick(places) : 0;
		const endless = random.pick([nested(20_000, '[', ']'), JSON.stringify('y'.repeat(300_000))]);
		return `${text.slice(0, at)}${JSON.stringify(random.pick(KEYS))}:${endless},"status":"failed",${text.slice(at)}`;
	}),
];

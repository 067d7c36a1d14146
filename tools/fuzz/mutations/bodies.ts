import { deflateSync, gzipSync } from 'node:zlib';
import type { Delivery } from '../../../nodes/Transcription/callback/delivery';
import type { Chance } from '../chance';
import { type Mutation, ODD_TEXTS, spoiledText } from './mutation';

const bytes = (name: string, change: (body: Buffer, chance: Chance) => Buffer | string): Mutation => ({
	name: `body: ${name}`,
	apply: (delivery: Delivery, chance) => ({ ...delivery, rawBody: Buffer.from(change(delivery.rawBody, chance)) }),
});

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** Values that nobody expects in a notification. As JSON text, since not every one survives as an object. */
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

/** Names that providers use for what matters. */
const KEYS = ['id', 'status', 'event', 'type', 'data', 'error', 'message', 'transcript_id', 'sessionId', 'download_urls', 'transcription', 'webhook_metadata', 'words', 'text', '__proto__', 'constructor', 'prototype', 'toJSON'];

/** Replaces, removes or adds one member somewhere, on the level of the text: a parser would swallow `__proto__`. */
function changedMember(text: string, chance: Chance): string {
	const members = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*("(?:[^"\\]|\\.)*"|-?[\d.eE+]+|true|false|null)/g)];
	if (members.length === 0 || chance.chance(0.3)) {
		return text.replace(/^\s*\{/, `{${JSON.stringify(chance.pick(KEYS))}:${chance.pick(ODD_VALUES)}${/^\s*\{\s*\}/.test(text) ? '' : ','}`);
	}
	const { index = 0, 0: whole, 1: key = '', 2: value = '' } = chance.pick(members);
	const member = chance.pick([
		`"${key}":${chance.pick(ODD_VALUES)}`,
		`"${key}":${JSON.stringify(spoiledText(value, chance))}`,
		`${JSON.stringify(chance.pick(KEYS))}:${value}`,
		`"${key}":${value},"${key}":${chance.pick(ODD_VALUES)}`,
	]);
	return text.slice(0, index) + member + text.slice(index + whole.length);
}

function flipped(body: Buffer, chance: Chance): Buffer {
	if (body.length === 0) return body;
	const copy = Buffer.from(body);
	const at = chance.below(copy.length);
	copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8));
	return copy;
}

function reserialised(body: Buffer, chance: Chance): string {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return chance.pick([JSON.stringify(value, null, 2), JSON.stringify(value).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`), `${JSON.stringify(value)} `, JSON.stringify([value]), JSON.stringify(JSON.stringify(value))]);
	} catch {
		return body.toString('utf8');
	}
}

export const BODY_MUTATIONS: readonly Mutation[] = [
	bytes('a bit is flipped', flipped),
	bytes('is cut', (body, chance) => body.subarray(0, chance.below(body.length + 1))),
	bytes('lacks its beginning', (body, chance) => body.subarray(chance.below(body.length + 1))),
	bytes('is empty', () => ''),
	bytes('is serialised anew', reserialised),
	bytes('has something at its end', (body, chance) => Buffer.concat([body, Buffer.from(chance.pick(ODD_TEXTS))])),
	bytes('has something at its beginning', (body, chance) => Buffer.concat([Buffer.from(chance.pick(ODD_TEXTS)), body])),
	bytes('is compressed', (body, chance) => (chance.chance(0.5) ? gzipSync(body) : deflateSync(body))),
	bytes('is encoded otherwise', (body, chance) => Buffer.from(body.toString('utf8'), chance.pick(['utf16le', 'latin1'] as const))),
	bytes('is no UTF-8', (body, chance) => Buffer.concat([body.subarray(0, chance.below(body.length + 1)), chance.bytes(4), Buffer.from([0xc3, 0x28, 0xff])])),
	bytes('is anything', (_, chance) => chance.bytes(chance.below(200))),
	bytes('is an odd value', (_, chance) => chance.pick(ODD_VALUES)),
	bytes('has an odd member', (body, chance) => changedMember(body.toString('utf8'), chance)),
	bytes('is sent twice', (body) => Buffer.concat([body, body])),
	bytes('is a form', (body) => new URLSearchParams({ payload: body.toString('utf8') }).toString()),
];

/** Large ones cost more than all others together, and are drawn as often as that allows. */
export const LARGE_BODY_MUTATIONS: readonly Mutation[] = [
	bytes('is long', (body, chance) => Buffer.concat([body, Buffer.alloc(200_000 + chance.below(800_000), ' ')])),
	bytes('is nested without end', (_, chance) => chance.pick([nested(100_000, '[', ']'), '['.repeat(200_000), '{"a":'.repeat(100_000)])),
	bytes('has a member without end', (body, chance) => {
		const text = body.toString('utf8');
		const places = [...text.matchAll(/\{/g)].slice(0, 20).map(({ index }) => index + 1);
		const at = places.length > 0 ? chance.pick(places) : 0;
		const endless = chance.pick([nested(20_000, '[', ']'), JSON.stringify('y'.repeat(300_000))]);
		return `${text.slice(0, at)}${JSON.stringify(chance.pick(KEYS))}:${endless},"status":"failed",${text.slice(at)}`;
	}),
];

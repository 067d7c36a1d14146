import type { Delivery } from '../../../nodes/Transcription/callback/delivery';
import type { FuzzRandom } from '../random';
import type { ProofKind } from '../proofs';

/** A random change to a delivery. It may leave the proof intact, which `ProofKind.isIntact` determines. */
export interface Mutation {
	name: string;
	apply(delivery: Delivery, random: FuzzRandom, kind: ProofKind): Delivery;
}

/** Texts to insert into strings, or to replace strings with. */
export const ODD_TEXTS: readonly string[] = [
	'',
	' ',
	'\0',
	'\t',
	'\r\n',
	'\u00a0',
	'\u200b',
	'\ufeff',
	'\ud800',
	'💥',
	'%00',
	'null',
	'undefined',
	'NaN',
	'true',
	'[object Object]',
	'__proto__',
	'constructor',
	'toString',
	'-1',
	'1e999',
	'0x10',
	'99999999999999999999999999',
	'../..',
	'{{ $json.id }}',
	"' OR 1=1 --",
	'${7*7}',
	'a'.repeat(5000),
];

/** Changes the text in one random way. */
export function mutatedText(text: string, random: FuzzRandom): string {
	const at = random.below(text.length + 1);
	const odd = random.pick(ODD_TEXTS);
	switch (random.below(12)) {
		case 0:
			return odd;
		case 1:
			return odd + text;
		case 2:
			return text + odd;
		case 3:
			return text.slice(0, at) + odd + text.slice(at);
		case 4:
			return text.slice(0, at);
		case 5:
			return text.slice(at);
		case 6:
			return text.toUpperCase();
		case 7:
			return lookAlike(text, at);
		case 8:
			return flippedBit(text, at, random);
		case 9:
			return recoded(text, random);
		case 10:
			return `${text}${random.pick([',', ', ', ';', '&', '='])}${text}`;
		default:
			return [...text].reverse().join('');
	}
}

const LOOK_ALIKES: Record<string, string> = {
	a: 'а',
	c: 'с',
	e: 'е',
	o: 'о',
	p: 'р',
	x: 'х',
	'0': '０',
	'1': '１',
	'5': '𝟓',
	'=': '＝',
	K: 'K',
};

/** Replaces one character with one that looks the same, e.g. a Cyrillic or full-width one. */
function lookAlike(text: string, at: number): string {
	for (let index = at; index < text.length; index++) {
		const other = LOOK_ALIKES[text.charAt(index)];
		if (other) return text.slice(0, index) + other + text.slice(index + 1);
	}
	return text;
}

function flippedBit(text: string, at: number, random: FuzzRandom): string {
	const index = Math.min(at, text.length - 1);
	if (index < 0) return text;
	const code = text.charCodeAt(index) ^ (1 << random.below(7));
	return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
}

/** Converts hex digits to a different encoding, or encodes the text again. */
function recoded(text: string, random: FuzzRandom): string {
	const hex = /[0-9a-f]{64}/.exec(text)?.[0];
	if (hex && random.chance(0.7)) {
		return text.replace(hex, Buffer.from(hex, 'hex').toString(random.pick(['base64', 'base64url', 'latin1'] as const)));
	}
	return random.pick([
		Buffer.from(text).toString('base64'),
		Buffer.from(text).toString('hex'),
		encodeURIComponent(text.toWellFormed()),
		[...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
	]);
}

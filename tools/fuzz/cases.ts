import type { Delivery, Proof } from '../../nodes/Transcription/callback/delivery';
import type { FuzzRandom } from './random';
import { pickBodyMutation, pickMutation } from './mutations';
import type { FuzzTarget } from './target';

/** A delivery, the proof it is checked against, and the expected result. */
export interface Case {
	/** Changes to the genuine delivery, in order. */
	steps: string[];
	delivery: Delivery;
	proof: Proof;
	mustBeAccepted: boolean;
}

type Maker = (target: FuzzTarget, random: FuzzRandom) => Case;

/** Applies random mutations to the genuine delivery. */
const mutated: Maker = ({ kind, genuine, proof }, random) => {
	const steps = Array.from({ length: 1 + random.below(3) }, () => pickMutation(random, kind.headers.length === 0));
	const delivery = steps.reduce((before, step) => step.apply(before, random, kind), genuine);
	return {
		steps: steps.map(({ name }) => name),
		delivery,
		proof,
		mustBeAccepted: kind.isIntact(delivery, genuine, proof.nowSeconds),
	};
};

/** Delivers the genuine message at a different time, close to the limits or far from them, e.g. because of a replay or a wrong clock. */
const replayed: Maker = ({ kind, genuine, proof }, random) => {
	const offset = random.pick([
		-1e9, -86_400, -1802, -1798, -902, -898, 0, 298, 302, 898, 902, 1798, 1802, 1860, 86_400, 1e9, 1e13,
	]);
	const nowSeconds = proof.nowSeconds + offset;
	return {
		steps: [`checked ${offset} s after it was sent`],
		delivery: genuine,
		proof: { ...proof, nowSeconds },
		mustBeAccepted: kind.isIntact(genuine, genuine, nowSeconds),
	};
};

/** Creates a delivery that is signed with a different secret. */
const forged: Maker = ({ kind, genuine, proof, foreignSecrets }, random) => {
	const steps = Array.from({ length: random.below(2) }, () => pickBodyMutation(random));
	const body = steps.reduce((before, step) => step.apply(before, random, kind), genuine);
	const secret = random.chance(0.7) ? random.pick(foreignSecrets) : random.word(random.below(80));
	return {
		steps: [...steps.map(({ name }) => name), `signed with the secret "${secret}"`],
		delivery: kind.prove(body, secret, proof),
		proof,
		mustBeAccepted: false,
	};
};

/** Sends the genuine delivery to another user's trigger. */
const misdelivered: Maker = ({ genuine, proof, foreignSecrets }, random) => {
	const theirs = foreignSecrets.filter((secret) => secret.trim() !== '');
	const secrets = Array.from({ length: random.below(4) }, () => random.pick(theirs));
	return {
		steps: [`checked against ${secrets.length} other secrets`],
		delivery: genuine,
		proof: { ...proof, secrets, ...(proof.issuedSecret !== undefined && { issuedSecret: random.pick(theirs) }) },
		mustBeAccepted: false,
	};
};

const ODD_TIMES = [
	'',
	'-1',
	'0',
	'00',
	'1.5',
	'1e9',
	'NaN',
	'Infinity',
	'٣',
	'0x6ab',
	'9'.repeat(12),
	'9'.repeat(400),
	'+1',
	'1,t=2',
	'null',
];

/** Creates a delivery that is signed with the correct secret, but with a time that is invalid or too far from the current time. */
const wrongTime: Maker = ({ kind, genuine, proof, secret }, random) => {
	const time = random.chance(0.6)
		? random.pick(ODD_TIMES)
		: String(Math.floor(proof.nowSeconds) + random.pick([-1e6, -1802, 1802, 1e6]));
	return {
		steps: [`signed with the time "${time.slice(0, 20)}"`],
		delivery: kind.proveAt?.(genuine, secret, time) ?? genuine,
		proof,
		mustBeAccepted: kind.proveAt === undefined,
	};
};

/** Creates unexpected content that the service might send one day, with a valid proof. */
const unexpected: Maker = ({ kind, genuine, proof, secret }, random) => {
	const steps = Array.from({ length: 1 + random.below(3) }, () => pickBodyMutation(random, 1 / 150));
	const body = steps.reduce((before, step) => step.apply(before, random, kind), genuine);
	return {
		steps: [...steps.map(({ name }) => name), 'signed correctly'],
		delivery: kind.prove(body, secret, proof),
		proof,
		mustBeAccepted: true,
	};
};

/** Each maker's share of the cases. */
const MAKERS: ReadonlyArray<readonly [number, Maker]> = [
	[70, mutated],
	[3, replayed],
	[12, forged],
	[3, misdelivered],
	[3, wrongTime],
	[9, unexpected],
];

export function makeCase(target: FuzzTarget, random: FuzzRandom): Case {
	let roll = random.below(MAKERS.reduce((sum, [share]) => sum + share, 0));
	for (const [share, maker] of MAKERS) {
		if (roll < share) return maker(target, random);
		roll -= share;
	}
	throw new Error("the shares don't add up");
}

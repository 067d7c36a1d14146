import type { FuzzRandom } from '../random';
import { BODY_MUTATIONS, LARGE_BODY_MUTATIONS } from './bodies';
import { HEADER_MUTATIONS } from './headers';
import type { Mutation } from './mutation';
import { QUERY_MUTATIONS } from './query';

/** Probability of a large body. */
const LARGE = 1 / 500;

export type { Mutation };

export function pickBodyMutation(random: FuzzRandom, large = LARGE): Mutation {
	return random.pick(random.chance(large) ? LARGE_BODY_MUTATIONS : BODY_MUTATIONS);
}

/** Prefers mutations of the part with the proof. Otherwise, too few deliveries would have to be rejected. */
export function pickMutation(random: FuzzRandom, proofInUrl: boolean): Mutation {
	const roll = random.below(10);
	if (roll < 2) return pickBodyMutation(random);
	const [often, seldom] = proofInUrl ? [QUERY_MUTATIONS, HEADER_MUTATIONS] : [HEADER_MUTATIONS, QUERY_MUTATIONS];
	return random.pick(roll < 9 ? often : seldom);
}

import type { Delivery } from '../../../nodes/Transcription/callback/delivery';
import type { FuzzRandom } from '../random';
import { type Mutation, mutatedText } from './mutation';

const KEYS = [
	'token',
	'id',
	'status',
	'ref',
	'callback',
	'signature',
	'__proto__',
	'constructor',
	'token[]',
	'token[0]',
	'Token',
	'tоken',
];

const changed = (name: string, change: (query: URLSearchParams, random: FuzzRandom) => void): Mutation => ({
	name: `query: ${name}`,
	apply(delivery: Delivery, random) {
		const query = new URLSearchParams(delivery.query);
		change(query, random);
		// Serialized as it would be over HTTP, which not every string survives.
		return { ...delivery, query: new URLSearchParams(query.toString()) };
	},
});

const keyIn = (query: URLSearchParams, random: FuzzRandom) => {
	const own = [...query.keys()];
	return own.length > 0 && random.chance(0.6) ? random.pick(own) : random.pick(KEYS);
};

export const QUERY_MUTATIONS: readonly Mutation[] = [
	changed('a parameter is changed', (query, random) => {
		const key = keyIn(query, random);
		query.set(key, mutatedText(query.get(key) ?? '', random));
	}),
	changed('a parameter is missing', (query, random) => query.delete(keyIn(query, random))),
	changed('a parameter is repeated', (query, random) => {
		const key = keyIn(query, random);
		query.append(key, random.chance(0.5) ? (query.get(key) ?? '') : mutatedText(query.get(key) ?? '', random));
	}),
	changed('a parameter is renamed', (query, random) => {
		const key = keyIn(query, random);
		const value = query.get(key) ?? '';
		query.delete(key);
		query.set(random.pick(KEYS), value);
	}),
	changed('is empty', (query) => [...query.keys()].forEach((key) => query.delete(key))),
	changed('has many parameters', (query, random) => {
		for (let index = 0; index < 200; index++) query.append(random.pick(KEYS), random.word(8));
	}),
];

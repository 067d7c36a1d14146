import type { Delivery } from '../../../nodes/Transcription/callback/delivery';
import type { Chance } from '../chance';
import { type Mutation, spoiledText } from './mutation';

const KEYS = ['token', 'id', 'status', 'ref', 'callback', 'signature', '__proto__', 'constructor', 'token[]', 'token[0]', 'Token', 'tоken'];

const changed = (name: string, change: (query: URLSearchParams, chance: Chance) => void): Mutation => ({
	name: `query: ${name}`,
	apply(delivery: Delivery, chance) {
		const query = new URLSearchParams(delivery.query);
		change(query, chance);
		// As it comes over the wire, where not every string survives.
		return { ...delivery, query: new URLSearchParams(query.toString()) };
	},
});

const keyIn = (query: URLSearchParams, chance: Chance) => {
	const own = [...query.keys()];
	return own.length > 0 && chance.chance(0.6) ? chance.pick(own) : chance.pick(KEYS);
};

export const QUERY_MUTATIONS: readonly Mutation[] = [
	changed('one is changed', (query, chance) => {
		const key = keyIn(query, chance);
		query.set(key, spoiledText(query.get(key) ?? '', chance));
	}),
	changed('one is missing', (query, chance) => query.delete(keyIn(query, chance))),
	changed('one came twice', (query, chance) => {
		const key = keyIn(query, chance);
		query.append(key, chance.chance(0.5) ? (query.get(key) ?? '') : spoiledText(query.get(key) ?? '', chance));
	}),
	changed('one has another name', (query, chance) => {
		const key = keyIn(query, chance);
		const value = query.get(key) ?? '';
		query.delete(key);
		query.set(chance.pick(KEYS), value);
	}),
	changed('none is there', (query) => [...query.keys()].forEach((key) => query.delete(key))),
	changed('there are many', (query, chance) => {
		for (let index = 0; index < 200; index++) query.append(chance.pick(KEYS), chance.word(8));
	}),
];

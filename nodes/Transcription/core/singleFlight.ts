import { sleep } from 'n8n-workflow';

/**
 * How old a reading may be for others to join it, in ms: one that hangs must not block every caller. It is also the
 * shortest time between two readings that only failures asked for.
 */
const INTERVAL_MS = 1000;

/** Readings of one key. */
interface Flight<T> {
	/** The reading in progress. */
	current?: { value: Promise<T>; begunAt: number };
	/** A reading that hasn't begun yet. */
	next?: Promise<T>;
	/** Ends one interval after the last reading that only failures asked for. */
	cooldown?: Promise<void>;
}

/** Readings that concurrent callers share. Nothing is cached: a value is passed on only while its reading is in progress. */
export interface SingleFlight<T> {
	/**
	 * The reading in progress, or undefined if there is none. It began before this call, so a change made since then may
	 * be missing from it: a caller that can't use the value continues with {@link next}.
	 */
	current(key: string): Promise<T> | undefined;
	/** A reading that begins after this call: the one that others already wait for, or else one that begins immediately. */
	fresh(key: string, read: () => Promise<T>): Promise<T>;
	/**
	 * A reading that begins after this call, shared by all callers that wait for one. At most one of these begins per
	 * second and key, however often it is called, so it takes up to a second longer.
	 */
	next(key: string, read: () => Promise<T>): Promise<T>;
}

export function singleFlight<T>(): SingleFlight<T> {
	const flights = new Map<string, Flight<T>>();

	function flightOf(key: string): Flight<T> {
		const flight = flights.get(key) ?? {};
		flights.set(key, flight);
		return flight;
	}

	function forgetIdle(key: string, { current, next, cooldown }: Flight<T>): void {
		if (!current && !next && !cooldown) flights.delete(key);
	}

	async function begin(key: string, flight: Flight<T>, read: () => Promise<T>): Promise<T> {
		const reading = { value: read(), begunAt: performance.now() };
		flight.current = reading;
		try {
			return await reading.value;
		} finally {
			if (flight.current === reading) delete flight.current;
			forgetIdle(key, flight);
		}
	}

	async function beginNext(key: string, flight: Flight<T>, read: () => Promise<T>): Promise<T> {
		// Without a cooldown it still waits for a moment, so that all that failed together share it.
		await (flight.cooldown ?? sleep(0));
		delete flight.next;
		const cooldown = sleep(INTERVAL_MS).then(() => {
			if (flight.cooldown === cooldown) delete flight.cooldown;
			forgetIdle(key, flight);
		});
		flight.cooldown = cooldown;
		return await begin(key, flight, read);
	}

	return {
		current(key) {
			const current = flights.get(key)?.current;
			return current && performance.now() - current.begunAt < INTERVAL_MS ? current.value : undefined;
		},
		async fresh(key, read) {
			const flight = flightOf(key);
			return await (flight.next ?? begin(key, flight, read));
		},
		async next(key, read) {
			const flight = flightOf(key);
			flight.next ??= beginNext(key, flight, read);
			return await flight.next;
		},
	};
}

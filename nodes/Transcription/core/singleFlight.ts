import { sleep } from 'n8n-workflow';

/**
 * The maximum age in ms of a read that other callers may join, so that a read that hangs doesn't block every caller. Also
 * the minimum time between two reads started by {@link SingleFlight.next}.
 */
const INTERVAL_MS = 1000;

/** The reads of one key. */
interface Flight<T> {
	/** The read in progress. */
	current?: { value: Promise<T>; begunAt: number };
	/** A read that hasn't started yet. */
	next?: Promise<T>;
	/** Resolves one interval after the last read started by {@link SingleFlight.next}. */
	cooldown?: Promise<void>;
}

/** Reads that concurrent callers share. Nothing is cached: a read is shared only while it is in progress. */
export interface SingleFlight<T> {
	/**
	 * Returns the read in progress, or undefined if there is none. It started before this call, so it may miss a more
	 * recent change: a caller that can't use its value calls {@link next}.
	 */
	current(key: string): Promise<T> | undefined;
	/** Returns a read that starts after this call: the one that other callers are already waiting for, or a new one. */
	fresh(key: string, read: () => Promise<T>): Promise<T>;
	/**
	 * Returns a read that starts after this call and is shared by all callers that are waiting for one. At most one such
	 * read starts per second and key, so the result may take up to a second longer.
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
		// Without a cooldown, it still yields once, so that callers that failed at the same time share the read.
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

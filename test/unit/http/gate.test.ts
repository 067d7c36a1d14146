import { Gate } from '../../../nodes/Transcription/http/gate';

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

/** Passes a gate with a number of requests. Each ends when `end` is called. */
function requestsAt(gate: Gate, count: number, signal?: AbortSignal) {
	const open: Array<() => void> = [];
	const done = Array.from({ length: count }, async () => {
		await gate.pass(async () => await new Promise<void>((resolve) => open.push(resolve)), signal);
	});
	return {
		/** The number of requests that are in progress. */
		sent: () => open.length,
		end: () => open.shift()?.(),
		done: Promise.all(done),
	};
}

describe('Gate', () => {
	it('lets all requests pass until the service asks for a pause', async () => {
		const requests = requestsAt(new Gate(), 30);
		await turn();
		expect(requests.sent()).toBe(30);
	});

	it('holds back every request during a pause', async () => {
		const gate = new Gate();
		gate.close(100);
		const requests = requestsAt(gate, 1);
		for (let turns = 0; turns < 5; turns++) await turn();
		expect([gate.isClosed, requests.sent()]).toEqual([true, 0]);
		while (gate.isClosed || requests.sent() === 0) await turn();
		expect(requests.sent()).toBe(1);
	});

	it('sends half as many requests at a time after a pause, however many were refused', async () => {
		const gate = new Gate();
		const refused = requestsAt(gate, 10);
		await turn();
		for (let request = 0; request < 10; request++) {
			gate.close(300);
			refused.end();
		}
		await refused.done;
		const requests = requestsAt(gate, 20);
		// Their timers end the pause one after the other.
		while (gate.isClosed || requests.sent() < 5) await turn();
		for (let turns = 0; turns < 5; turns++) await turn();
		expect(requests.sent()).toBe(5);
	});

	it('sends one more at a time after each success, until all were sent', async () => {
		const gate = new Gate();
		gate.close(0);
		const requests = requestsAt(gate, 20);
		await turn();
		expect(requests.sent()).toBe(1);
		gate.recordSuccess();
		requests.end();
		await turn();
		expect(requests.sent()).toBe(2);
		let isDone = false;
		void requests.done.then(() => (isDone = true));
		while (!isDone) {
			requests.end();
			await turn();
		}
	});

	it('doesn’t wait once the execution was stopped', async () => {
		const gate = new Gate();
		const stop = new AbortController();
		gate.close(1000);
		const requests = requestsAt(gate, 1, stop.signal);
		await turn();
		stop.abort();
		await turn();
		expect(requests.sent()).toBe(1);
	});
});

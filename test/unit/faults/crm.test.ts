import { SeededRandom } from '../../../sandbox/core/random';
import { type Crm, startCrm } from '../../../tools/faults/crm';

let crm: Crm;
beforeEach(async () => void (crm = await startCrm(new SeededRandom(1))));
afterEach(async () => await crm.close());

const post = async (eventId: string, signal?: AbortSignal) => {
	const body = JSON.stringify({ eventId, text: 'Words.', via: 'callback' });
	return await fetch(crm.url, { method: 'POST', body, signal });
};
const outcomes = () => crm.attempts.map(({ outcome }) => outcome);

it('stores an event once and records repeated requests', async () => {
	await post('a:1:completed');
	expect(await (await post('a:1:completed')).json()).toEqual({ created: false });
	expect([...crm.rows.keys()]).toEqual(['a:1:completed']);
	expect(outcomes()).toEqual(['stored', 'refused']);
});

it('stores nothing if the sender disconnects, and accepts the transcript when it is sent again', async () => {
	const stalled = crm.stallNext();
	const sender = new AbortController();
	const sent = post('a:1:completed', sender.signal).catch(() => 'gone');
	expect((await stalled).outcome).toBe('open');
	sender.abort();
	expect(await sent).toBe('gone');
	expect(crm.rows.size).toBe(0);
	await post('a:1:completed');
	expect(outcomes()).toEqual(['cutOff', 'stored']);
});

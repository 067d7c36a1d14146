import { startSandbox, type Forgery, type Sandbox } from '../../../sandbox';
import { samplePath, sdk } from '../support/assemblyAi';
import { startReceiver, type Receiver } from '../support/receiver';

let sandbox: Sandbox;
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000, seed: 7 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const HEADER = { webhook_auth_header_name: 'X-My-Secret', webhook_auth_header_value: 's3cret' };

async function submit(path = '/hook'): Promise<string> {
	const audio = samplePath('thank-you.wav');
	return (await sdk(sandbox).transcripts.submit({ audio, webhook_url: receiver.url + path, ...HEADER })).id;
}

const idsReceived = () =>
	receiver.received.map(({ body }) => (JSON.parse(body) as { transcript_id: string }).transcript_id);

it('never sends a lost callback, but completes the job and can redeliver the callback later', async () => {
	sandbox.callbacks.addFault({ kind: 'lost' });
	const id = await submit();
	await sandbox.settled();
	expect(receiver.received).toEqual([]);
	expect(sandbox.callbacks.deliveries(id)).toMatchObject([{ state: 'lost', attempts: [] }]);
	expect(await sdk(sandbox).transcripts.get(id)).toMatchObject({ status: 'completed', webhook_status_code: null });
	expect(sandbox.callbacks.redeliver(id)).toBe(true);
	await sandbox.settled();
	expect(idsReceived()).toEqual([id]);
});

it('sends a late callback after one of a later job', async () => {
	sandbox.callbacks.addFault({ kind: 'late', seconds: 1_000_000 });
	const late = await submit();
	await sandbox.jobs.finished(late);
	const punctual = await submit();
	while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	sandbox.clock.setSpeed(1_000_000_000);
	await sandbox.settled();
	expect(idsReceived()).toEqual([punctual, late]);
});

it('sends a doubled callback as often as planned, as the same event', async () => {
	sandbox.callbacks.addFault({ kind: 'doubled', copies: 4 });
	const id = await submit();
	await sandbox.settled();
	expect(idsReceived()).toEqual([id, id, id, id]);
	expect(sandbox.callbacks.deliveries(id).map(({ cause }) => cause)).toEqual([
		'job',
		'duplicate',
		'duplicate',
		'duplicate',
	]);
});

it('sends reordered callbacks in reverse order', async () => {
	sandbox.callbacks.addFault({ kind: 'reordered', group: 3, withinSeconds: 100_000, next: 3 });
	const ids: string[] = [];
	for (let index = 0; index < 3; index += 1) {
		ids.push(await submit());
		await sandbox.jobs.finished(ids.at(-1)!);
	}
	await sandbox.settled();
	expect(idsReceived()).toEqual([...ids].reverse());
});

it('sends a reordered group even if it stays incomplete', async () => {
	sandbox.callbacks.addFault({ kind: 'reordered', group: 5, withinSeconds: 10, next: 5 });
	const id = await submit();
	await sandbox.settled();
	expect(idsReceived()).toEqual([id]);
});

const FORGERIES: Array<[Forgery, (header: unknown, body: { transcript_id: string }, id: string) => void]> = [
	['wrongHeader', (header) => expect(header).toMatch(/^s3cre[^t]$/)],
	['missingHeader', (header) => expect(header).toBeUndefined()],
	['emptyHeader', (header) => expect(header).toBe('')],
	[
		'alteredBody',
		(header, body, id) => {
			expect(header).toBe('s3cret');
			expect(body.transcript_id).not.toBe(id);
		},
	],
];

it.each(FORGERIES)('sends a forgery with %s once, before the genuine callback', async (forgery, check) => {
	receiver.respondWith(500, 200);
	sandbox.callbacks.addFault({ kind: 'forged', forgery });
	const id = await submit();
	await sandbox.settled();
	expect(receiver.received).toHaveLength(2);
	const [forged, genuine] = receiver.received;
	check(forged!.headers['x-my-secret'], JSON.parse(forged!.body) as { transcript_id: string }, id);
	expect([genuine!.headers['x-my-secret'], JSON.parse(genuine!.body)]).toEqual([
		's3cret',
		{ transcript_id: id, status: 'completed' },
	]);
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBe(200);
});

it('can send a forgery instead of the genuine callback', async () => {
	sandbox.callbacks.addFault({ kind: 'forged', forgery: 'missingHeader', genuine: 'none' });
	const id = await submit();
	await sandbox.settled();
	expect(sandbox.callbacks.deliveries(id).map(({ cause, state }) => [cause, state])).toEqual([
		['forgery', 'delivered'],
	]);
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBeNull();
});

it('sends a genuine callback with an odd body', async () => {
	sandbox.callbacks.addFault({ kind: 'oddBody', oddity: 'byteOrderMark' });
	sandbox.callbacks.addFault({ kind: 'oddBody', oddity: 'truncated', skip: 1 });
	const whole = JSON.stringify({ transcript_id: await submit(), status: 'completed' });
	await sandbox.settled();
	await submit();
	await sandbox.settled();
	expect(receiver.received.map(({ headers }) => headers['x-my-secret'])).toEqual(['s3cret', 's3cret']);
	expect(receiver.received[0]?.body).toBe(`\ufeff${whole}`);
	expect(receiver.received[1]?.body).toMatch(/^\{"transcript_id":"[0-9a-f-]+$/);
});

it('applies a fault only to matching callbacks', async () => {
	sandbox.callbacks.addFault({ kind: 'lost', next: 5, match: { urlContains: '/a' } });
	await submit('/a');
	await submit('/b');
	await sandbox.settled();
	expect(receiver.received.map(({ path }) => path)).toEqual(['/b']);
});

it('applies a random fault to the same callbacks with the same seed', async () => {
	const run = async () => {
		sandbox.reset();
		sandbox.callbacks.addFault({ kind: 'lost', probability: 0.5 });
		const fates: string[] = [];
		for (let index = 0; index < 12; index += 1) {
			const id = await submit();
			await sandbox.settled();
			fates.push(sandbox.callbacks.deliveries(id)[0]!.state);
		}
		return fates;
	};
	const first = await run();
	expect(new Set(first)).toEqual(new Set(['lost', 'delivered']));
	expect(await run()).toEqual(first);
});

it('combines faults: late and doubled', async () => {
	sandbox.callbacks.addFault({ kind: 'late', seconds: 5 });
	sandbox.callbacks.addFault({ kind: 'doubled', copies: 2, gapSeconds: 5 });
	const id = await submit();
	await sandbox.settled();
	expect(idsReceived()).toEqual([id, id]);
	expect(sandbox.callbacks.deliveries(id)[0]!.faults).toHaveLength(2);
});

it.each(['sequence', 'simultaneous'] as const)('redelivers a callback several times with mode %s', async (mode) => {
	const id = await submit();
	await sandbox.settled();
	sandbox.callbacks.redeliver(id, { copies: 5, mode, gapSeconds: 1 });
	await sandbox.settled();
	expect(idsReceived()).toEqual(Array(6).fill(id));
});

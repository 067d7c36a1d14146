import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sign } from '../../nodes/Transcription/callback/headerSecret';
import { TestCredentialsHelper } from './credentialsHelper';
import { API_KEY, WORKFLOW_ID } from './harness';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

const SCOPE = `${WORKFLOW_ID}/assemblyAi`;

/** A credential whose reads end when the test ends them. Each returns the credential's content at the start of the read. */
class SlowCredential extends TestCredentialsHelper {
	webhookSecret = 'the-first-secret';

	isBroken = false;

	readings: Array<() => void> = [];

	constructor() {
		super({});
	}

	override async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		const { webhookSecret } = this;
		await new Promise<void>((resolve) => this.readings.push(resolve));
		if (this.isBroken) throw new Error('The credential could not be decrypted');
		return { apiKey: API_KEY, region: 'us', webhookSecret };
	}

	async begun(count: number): Promise<void> {
		while (this.readings.length < count) await new Promise(setImmediate);
	}
}

let endpoint: TriggerEndpoint;
let credential: SlowCredential;

beforeEach(async () => {
	// Stop the clock, because reads are only shared for a second, and a slow machine may take longer to send a burst.
	jest.spyOn(performance, 'now').mockReturnValue(0);
	credential = new SlowCredential();
	endpoint = await startTrigger(
		{ fetchTranscript: false },
		{ baseUrl: '', mode: 'manual', credentialsHelper: credential },
	);
});

afterEach(async () => {
	await endpoint.close();
	jest.restoreAllMocks();
});

async function call(secret: string): Promise<number> {
	const { status } = await fetch(`${endpoint.base}/${SCOPE}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...sign(secret) },
		body: JSON.stringify({ transcript_id: 'job-1', status: 'completed' }),
	});
	return status;
}

/** Waits until `count` callbacks have been received, with or without a response. */
async function arrived(count: number): Promise<void> {
	while (endpoint.seen.length < count) await new Promise(setImmediate);
	// Received requests are passed to webhook() in the same turn of the event loop.
	await new Promise(setImmediate);
}

it('reads the credential once for concurrent callbacks', async () => {
	const calls = Array.from({ length: 5 }, async () => await call('the-first-secret'));
	await arrived(5);
	expect(credential.readings).toHaveLength(1);
	credential.readings[0]?.();
	expect(await Promise.all(calls)).toEqual([200, 200, 200, 200, 200]);
	expect(credential.readings).toHaveLength(1);
});

it('accepts a secret that was entered while a read for other callbacks was in progress', async () => {
	const before = call('the-first-secret');
	await credential.begun(1);
	credential.webhookSecret = 'the-second-secret';
	const after = call('the-second-secret');
	await arrived(2);
	credential.readings[0]?.();
	await credential.begun(2);
	credential.readings[1]?.();
	expect(await Promise.all([before, after])).toEqual([200, 200]);
});

it('rejects a forged callback that shares the read of genuine ones', async () => {
	const genuine = call('the-first-secret');
	await credential.begun(1);
	const forged = call('a-guess');
	await arrived(2);
	credential.readings[0]?.();
	await credential.begun(2);
	credential.readings[1]?.();
	expect(await Promise.all([genuine, forged])).toEqual([200, 401]);
});

it('rejects a replaced secret once the read in progress has ended', async () => {
	const before = call('the-first-secret');
	await credential.begun(1);
	credential.webhookSecret = 'the-second-secret';
	credential.readings[0]?.();
	expect(await before).toBe(200);
	const after = call('the-first-secret');
	await credential.begun(2);
	credential.readings[1]?.();
	expect(await after).toBe(401);
});

describe('a flood of forged callbacks', () => {
	const forge = (count: number) => Array.from({ length: count }, async () => await call('a-guess'));

	it('needs one more read of the credential than genuine callbacks', async () => {
		const forged = forge(100);
		await arrived(100);
		expect(credential.readings).toHaveLength(1);
		credential.readings[0]?.();
		await credential.begun(2);
		credential.readings[1]?.();
		expect(new Set(await Promise.all(forged))).toEqual(new Set([401]));
		expect(credential.readings).toHaveLength(2);
	});

	it('doesn’t reject a genuine callback that arrives after a rotation', async () => {
		const before = forge(50);
		await arrived(50);
		credential.webhookSecret = 'the-second-secret';
		const genuine = call('the-second-secret');
		const after = forge(49);
		await arrived(100);
		credential.readings[0]?.();
		await credential.begun(2);
		credential.readings[1]?.();
		expect(await genuine).toBe(200);
		expect(new Set(await Promise.all([...before, ...after]))).toEqual(new Set([401]));
		expect(credential.readings).toHaveLength(2);
	});
});

it('doesn’t read a failing credential more often than a working one', async () => {
	credential.isBroken = true;
	const calls = Array.from({ length: 100 }, async () => await call('the-first-secret'));
	await arrived(100);
	credential.readings[0]?.();
	await credential.begun(2);
	credential.readings[1]?.();
	expect(new Set(await Promise.all(calls))).toEqual(new Set([503]));
	expect(credential.readings).toHaveLength(2);
});

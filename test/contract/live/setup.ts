import { type ProviderName, type Sandbox, startSandbox } from '../../../sandbox';
import type { CheckResult } from '../../../tools/live/check';
import { check } from '../../../tools/live/check';
import { readOptions } from '../../../tools/live/options';
import { startReceiver } from '../../../tools/live/receiver';
import { SAMPLE } from '../../../tools/live/sample';
import { freePorts } from '../../../tools/n8n/ports';
import { type Change, startAlteringProxy } from './alteringProxy';

/** The API key of the account in the sandbox that plays the real service. */
export const API_KEY = 'live-key-4f1d0c9b8a7e6d5c4b3a2f1e0d9c8b7a';

export const LIMITS = { pollMs: 50, jobMs: 5_000, cleanupMs: 5_000, callbackMs: 5_000 };

/** A sandbox that plays a real service. */
export async function startService(name: ProviderName, jobSeconds = 0.8): Promise<Sandbox> {
	return await startSandbox({
		port: 0,
		jobSeconds,
		accounts: { [name]: [{ name: 'main', apiKey: API_KEY, balance: 'ok' }] },
	});
}

interface Planted {
	/** Changes to the service's responses. */
	responses?: readonly Change[];
	/** Changes to its callbacks. */
	callbacks?: readonly Change[];
}

/**
 * Checks a sandbox as if it were the real service, with uploads, URLs, and callbacks.
 * @param fixtures folder for recorded responses
 */
export async function checkService(name: ProviderName, planted: Planted = {}, fixtures?: string): Promise<CheckResult> {
	const service = await startService(name);
	const gateway = await startAlteringProxy(service.origin, planted.responses ?? []);
	const [port = 0] = await freePorts(1);
	const tunnel = await startAlteringProxy(`http://127.0.0.1:${port}`, planted.callbacks ?? [], 'requests');
	const receiver = await startReceiver(port, SAMPLE.file, tunnel.origin);
	try {
		const baseUrl = service.baseUrl(name).replace(service.origin, gateway.origin);
		const options = readOptions(['--provider', name, '--base-url', baseUrl], {
			[`${name.toUpperCase()}_API_KEY`]: API_KEY,
			PUBLIC_URL: tunnel.origin,
		});
		if (typeof options === 'string') throw new Error(options);
		return await check(options.accounts[0]!, {
			receiver,
			sampleUrl: receiver.sampleUrl,
			fixtures,
			signal: new AbortController().signal,
			say: () => {},
			...LIMITS,
		});
	} finally {
		await Promise.all([receiver.close(), tunnel.close(), gateway.close(), service.close()]);
	}
}

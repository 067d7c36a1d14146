import type { Account } from '../../sandbox';
import { callbackToTrigger, type Draw, polling, submitAndWait } from './canvases';
import { apiOf, type Site } from './site';
import { publishWay, type Way } from './way';

/** What the published template waits between two questions. */
export const POLL_SECONDS = 20;

export type WayName = 'polling' | 'trigger' | 'wait' | 'parkedAtOnce';

const TITLES: Record<WayName, string> = {
	polling: 'HTTP Request, Wait, IF',
	trigger: 'Submit and the Trigger',
	wait: 'Submit and Wait',
	parkedAtOnce: 'Submit and Wait, First Look 0',
};

/** Each way uses an account of its own. */
export const ACCOUNTS: Record<WayName, Account> = {
	polling: account('polling'),
	trigger: account('trigger'),
	wait: account('wait'),
	parkedAtOnce: account('parkedAtOnce'),
};

function account(name: WayName): Account {
	return { name, apiKey: `compare-${name}-key`, balance: 'ok' };
}

/**
 * Creates and publishes the workflow of a way.
 * @param deadlineMinutes of Submit and Wait; its own default when left out
 */
export async function createWay(site: Site, name: WayName, deadlineMinutes?: number): Promise<Way> {
	const draws: Record<WayName, Draw> = {
		polling: polling(POLL_SECONDS, { extractText: true }),
		trigger: callbackToTrigger,
		wait: submitAndWait(deadlineMinutes === undefined ? {} : { deadlineAmount: deadlineMinutes, deadlineUnit: 'minutes' }),
		parkedAtOnce: submitAndWait({ options: { initialPoll: 0 } }),
	};
	const place = { client: site.client, baseUrl: apiOf(site.sandbox), account: ACCOUNTS[name], source: 'file' as const, publicUrl: site.gate.url };
	return await publishWay({ name, title: TITLES[name], draw: draws[name] }, place);
}

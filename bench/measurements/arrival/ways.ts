import type { Account } from '../../../sandbox';
import { bareCallback, callbackToTrigger, polling, submitAndWait } from '../../../tools/compare/canvases';
import { apiOf, type Site } from '../../../tools/compare/site';
import { type Plan, publishWay, type Way } from '../../../tools/compare/way';

/** The ways from a recording to its transcript, in the order of the tables. */
export const PLANS = [
	{ name: 'trigger', title: 'Submit and Trigger', draw: callbackToTrigger },
	{ name: 'wait', title: 'Submit and Wait', draw: submitAndWait() },
	{ name: 'parkedAtOnce', title: 'Submit and Wait, First Look 0', draw: submitAndWait({ options: { initialPoll: 0 } }) },
	{ name: 'floor', title: 'Webhook with Header Auth, HTTP Request', draw: bareCallback({ verified: true }) },
	{ name: 'unverified', title: 'Webhook open to all, HTTP Request', draw: bareCallback({ verified: false }) },
	{ name: 'polling5', title: 'Polling every 5 s', draw: polling(5) },
	{ name: 'polling15', title: 'Polling every 15 s', draw: polling(15) },
] as const satisfies readonly Plan[];

export type Name = (typeof PLANS)[number]['name'];

/** Longest pause of the polling; a whole number of the other's. */
export const LONGEST_PAUSE_SECONDS = 15;

export const SOURCES = ['url', 'file'] as const;

export type Source = (typeof SOURCES)[number];

/** A way for recordings of one kind and one length, with an account of its own, so that its requests can be counted. */
export interface Lane {
	plan: Plan & { name: Name };
	source: Source;
	seconds: number;
	account: Account;
}

/** A lane for everything that is measured. */
export function lanesFor(lengths: readonly number[]): Lane[] {
	return lengths.flatMap((seconds) =>
		PLANS.flatMap((plan) =>
			SOURCES.map((source) => {
				const name = `${plan.name}-${source}-${seconds}`;
				return { plan, source, seconds, account: { name, apiKey: `bench-${name}-key`, balance: 'ok' as const } };
			}),
		),
	);
}

export async function publish(site: Site, { plan, source, account }: Lane): Promise<Way> {
	return await publishWay(plan, { client: site.client, baseUrl: apiOf(site.sandbox), account, source, publicUrl: site.gate.url });
}

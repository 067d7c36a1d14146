import type { Account } from '../../../sandbox';
import { bareCallback, callbackToTrigger, polling, submitAndWait } from '../../../tools/compare/canvases';
import { apiOf, type Testbed } from '../../../tools/compare/testbed';
import { type Plan, publishApproach, type Approach } from '../../../tools/compare/approach';

/** The approaches, in the order used in the tables. */
export const PLANS = [
	{ name: 'trigger', title: 'Submit and Trigger', build: callbackToTrigger },
	{ name: 'wait', title: 'Submit and Wait', build: submitAndWait() },
	{
		name: 'pausedAtOnce',
		title: 'Submit and Wait, Initial Poll 0',
		build: submitAndWait({ options: { initialPoll: 0 } }),
	},
	{ name: 'floor', title: 'Webhook with Header Auth, HTTP Request', build: bareCallback({ verified: true }) },
	{
		name: 'unverified',
		title: 'Webhook without authentication, HTTP Request',
		build: bareCallback({ verified: false }),
	},
	{ name: 'polling5', title: 'Polling every 5 s', build: polling(5) },
	{ name: 'polling15', title: 'Polling every 15 s', build: polling(15) },
] as const satisfies readonly Plan[];

export type Name = (typeof PLANS)[number]['name'];

/** The longest pause between polls. It is a multiple of the shorter one. */
export const LONGEST_PAUSE_SECONDS = 15;

export const SOURCES = ['url', 'file'] as const;

export type Source = (typeof SOURCES)[number];

/** An approach for one source and one job length. It has its own account, so that its requests can be counted. */
export interface Variant {
	plan: Plan & { name: Name };
	source: Source;
	seconds: number;
	account: Account;
}

/** Returns all combinations of approach, source, and job length. */
export function variantsFor(lengths: readonly number[]): Variant[] {
	return lengths.flatMap((seconds) =>
		PLANS.flatMap((plan) =>
			SOURCES.map((source) => {
				const name = `${plan.name}-${source}-${seconds}`;
				return { plan, source, seconds, account: { name, apiKey: `bench-${name}-key`, balance: 'ok' as const } };
			}),
		),
	);
}

export async function publish(testbed: Testbed, { plan, source, account }: Variant): Promise<Approach> {
	return await publishApproach(plan, {
		client: testbed.client,
		baseUrl: apiOf(testbed.sandbox),
		account,
		source,
		publicUrl: testbed.webhookProxy.url,
	});
}

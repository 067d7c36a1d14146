import type { Account } from '../../sandbox';
import { callbackToTrigger, type BuildCanvas, polling, submitAndWait } from './canvases';
import { apiOf, type Testbed } from './testbed';
import { publishApproach, type Approach } from './approach';

/** The pause between two polls in the published template. */
export const POLL_SECONDS = 20;

export type ApproachName = 'polling' | 'trigger' | 'wait' | 'pausedAtOnce';

const TITLES: Record<ApproachName, string> = {
	polling: 'HTTP Request, Wait, IF',
	trigger: 'Submit and the Trigger',
	wait: 'Submit and Wait',
	pausedAtOnce: 'Submit and Wait, Initial Poll 0',
};

/** Each approach has its own account. */
export const ACCOUNTS: Record<ApproachName, Account> = {
	polling: account('polling'),
	trigger: account('trigger'),
	wait: account('wait'),
	pausedAtOnce: account('pausedAtOnce'),
};

function account(name: ApproachName): Account {
	return { name, apiKey: `compare-${name}-key`, balance: 'ok' };
}

/**
 * Creates and publishes the workflow of an approach.
 * @param deadlineMinutes deadline of Submit and Wait. If omitted, the node's default applies
 */
export async function createApproach(
	testbed: Testbed,
	name: ApproachName,
	deadlineMinutes?: number,
): Promise<Approach> {
	const builders: Record<ApproachName, BuildCanvas> = {
		polling: polling(POLL_SECONDS, { extractText: true }),
		trigger: callbackToTrigger,
		wait: submitAndWait(
			deadlineMinutes === undefined ? {} : { deadlineAmount: deadlineMinutes, deadlineUnit: 'minutes' },
		),
		pausedAtOnce: submitAndWait({ options: { initialPoll: 0 } }),
	};
	const context = {
		client: testbed.client,
		baseUrl: apiOf(testbed.sandbox),
		account: ACCOUNTS[name],
		source: 'file' as const,
		publicUrl: testbed.webhookProxy.url,
	};
	return await publishApproach({ name, title: TITLES[name], build: builders[name] }, context);
}

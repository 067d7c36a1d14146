import { writeFileSync } from 'node:fs';
import { check, type CheckResult } from './check';
import type { Options } from './options';
import { type Receiver, startReceiver } from './receiver';
import { costOf, isAlarming, reportOf } from './report';
import { SAMPLE } from './sample';

/** The limits for real services. */
export const LIMITS = { pollMs: 3_000, jobMs: 10 * 60_000, cleanupMs: 2 * 60_000, callbackMs: 3 * 60_000 };

/**
 * Checks all services, prints what it costs and what was found, and writes the report.
 * @param signal ends the check; everything it created is still deleted
 * @returns whether all services behave like the sandbox
 */
export async function checkAll(
	options: Options,
	signal: AbortSignal,
	say: (line: string) => void,
	limits = LIMITS,
): Promise<boolean> {
	const { accounts, fixtures, reportFile, port, publicUrl } = options;
	const receiver = publicUrl === undefined ? undefined : await startReceiver(port, SAMPLE.file, publicUrl);
	try {
		const sampleUrl = options.sampleUrl ?? receiver?.sampleUrl;
		const submits = sampleUrl === undefined ? 1 : 2;
		for (const line of costOf(
			accounts.map(({ provider }) => provider),
			submits,
		))
			say(line);
		if (sampleUrl === undefined) say('without PUBLIC_URL and SAMPLE_URL: nothing is submitted by URL');
		if (!receiver) say('without PUBLIC_URL: callbacks aren’t checked');
		const results = await resultsFor(accounts, { receiver, sampleUrl, fixtures, signal, say, ...limits });
		const report = reportOf(results);
		say(`done\n\n${report}`);
		if (reportFile !== undefined) writeFileSync(reportFile, report);
		return !isAlarming(results);
	} finally {
		await receiver?.close();
	}
}

async function resultsFor(
	accounts: Options['accounts'],
	options: Parameters<typeof check>[1] & { receiver: Receiver | undefined },
): Promise<CheckResult[]> {
	const results: CheckResult[] = [];
	for (const account of accounts) {
		if (options.signal.aborted) break;
		options.say(`${account.provider.displayName}: checking`);
		results.push(await check(account, options).catch((error: unknown) => failed(account, error, options.say)));
	}
	return results;
}

/** Turns a failed check into a result, so that the other services are still checked. It has no details, because the report is public. */
function failed({ provider }: Options['accounts'][number], error: unknown, say: (line: string) => void): CheckResult {
	say(`${provider.displayName}: ${(error as Error).stack ?? String(error)}`);
	const drift = {
		request: 'check',
		place: 'result',
		sandbox: 'ok',
		real: 'failed; see the log',
		grade: 'breaking',
	} as const;
	return { provider: provider.displayName, drift: [drift], leftovers: [], wasInterrupted: false };
}

import { type IHookFunctions, sleep } from 'n8n-workflow';
import { type Sample, sampleBody } from '../callback/probe';
import { callbackSecret } from '../callback/secrets';
import { triggerScope } from '../callback/url';
import { canList, newestJobs } from '../shared/listJobs';
import { sendProbe } from '../shared/selfRequest';
import { openSession, type Session } from '../shared/session';
import type { Provider } from '../providers/provider';

/** Delays before each attempt, in ms. n8n finishes registering the test URL after this hook returns. */
const DELAYS_MS = [500, 1000, 2000, 4000];

/**
 * Sends the trigger the account's latest finished transcript as a sample, as if its callback had arrived. If there is
 * none, or the service can't list jobs, sends the example transcript, so that fields can be mapped before the first
 * job. Used by manual executions: while n8n listens on the test URL, a Submit on the same canvas can't run and trigger a
 * real callback.
 *
 * Looks up the transcript before it returns, so that an invalid credential is reported in the editor, but doesn't wait
 * until the trigger has received the sample.
 */
export async function offerSample(context: IHookFunctions, provider: Provider): Promise<void> {
	const session = await openSession(context, provider);
	const { connection } = session;
	const id = await latestCompleted(session);
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	// This evaluates an expression, which n8n no longer allows after this hook returns.
	const url = context.getNodeWebhookUrl('default') as string;
	void post(context, url, id === undefined ? { example: true } : { id }, callbackSecret(connection, scope)).catch(
		(error: Error) =>
			context.logger.warn(
				`The trigger couldn’t send itself a sample at ${url}: ${error.message}. The test URL keeps listening for a callback.`,
			),
	);
}

/** Returns the ID of the account's latest completed job that can still be fetched, or undefined if there is none. */
async function latestCompleted(session: Session): Promise<string | undefined> {
	if (!canList(session)) return undefined;
	const [job] = await newestJobs(session, 1, { status: 'completed', limit: 1 });
	return job?.transcript.id;
}

async function post(context: IHookFunctions, url: string, sample: Sample, secret: string): Promise<void> {
	const body = sampleBody(sample);
	let status = 0;
	for (const delay of DELAYS_MS) {
		await sleep(delay);
		({ status } = await sendProbe(context, 'sample', { url, secret }, body));
		if (status !== 404) break;
	}
	if (status !== 200) throw new Error(`the response had status ${status}`);
}

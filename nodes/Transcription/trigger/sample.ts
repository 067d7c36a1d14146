import { type IHookFunctions, sleep } from 'n8n-workflow';
import { sampleBody } from '../callback/probe';
import { callbackSecret } from '../callback/secrets';
import { triggerScope } from '../callback/url';
import { canList, listJobs } from '../shared/listJobs';
import { sendProbe } from '../shared/selfRequest';
import { openSession, type Session } from '../shared/session';
import type { Provider } from '../providers/provider';

/** n8n finishes registering the test URL after this hook returned: how long to wait before each try, in ms. */
const WAITS_MS = [500, 1000, 2000, 4000];

/**
 * For a test by hand: hands the trigger the latest finished transcript of the account, as if its callback had come.
 * While n8n listens on the test URL, no Submit on the same canvas can run that would cause a real one.
 *
 * Looks the transcript up before it returns, so that a credential that does not work is reported in the editor, but
 * does not wait for the trigger to take it.
 */
export async function offerSample(context: IHookFunctions, provider: Provider): Promise<void> {
	const session = await openSession(context, provider);
	const { connection } = session;
	const id = await latestCompleted(session);
	if (id === undefined) {
		context.logger.info(
			`${provider.displayName} has no finished transcript in this account yet: the test URL waits for a callback`,
		);
		return;
	}
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	// Evaluates an expression, which n8n allows only until this hook returns.
	const url = context.getNodeWebhookUrl('default') as string;
	void post(context, url, id, callbackSecret(connection, scope)).catch((error: Error) =>
		context.logger.warn(
			`The trigger could not hand itself a sample at ${url}: ${error.message}. The test URL goes on listening.`,
		),
	);
}

/** ID of the account's latest completed job that can still be fetched; undefined if there is none. */
async function latestCompleted(session: Session): Promise<string | undefined> {
	if (!canList(session)) return undefined;
	for await (const { transcript } of listJobs(session, { status: 'completed', limit: 1 })) return transcript.id;
	return undefined;
}

async function post(context: IHookFunctions, url: string, id: string, secret: string): Promise<void> {
	const body = sampleBody(id);
	let status = 0;
	for (const wait of WAITS_MS) {
		await sleep(wait);
		({ status } = await sendProbe(context, 'sample', { url, secret }, body));
		if (status !== 404) break;
	}
	if (status !== 200) throw new Error(`it was answered with status ${status}`);
}

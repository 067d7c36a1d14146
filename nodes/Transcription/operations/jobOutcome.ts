import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { scopeOf, triggerScope } from '../callback/url';
import type { FetchedJob, Provider } from '../providers/provider';
import { eventIdOf } from '../transcript/model';
import type { OutputLevel } from '../transcript/output';
import { deleteAfterFetching, filesOf } from './afterFetch';
import { type Carried, present, presented } from './present';
import type { Session } from './session';

/** A job that has ended on its way out of the trigger, or of what recovers what the trigger missed: the same item from both. */
export interface JobOutcome {
	json: IDataObject;
	binary?: IBinaryKeyData;
	eventId: string;
	failed: boolean;
	/** What is left to do once the event is recorded. Never throws. */
	cleanUp(): Promise<void>;
}

/**
 * @param carried what is known of the job from elsewhere; the provider's echo of the callback URL comes before it
 * @throws ServiceRefusal, InputError, NoTimesError where the files that were asked for cannot be had
 */
export async function jobOutcome(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	carried: Carried,
): Promise<JobOutcome> {
	const binary = await filesOf(context, itemIndex, session, job, () => presented(job, 'words', session, carried));
	const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
	const { id, status } = job.transcript;
	return {
		json: present(job, level, session, carried),
		...(binary && { binary }),
		eventId: eventIdOf(session.provider.name, id, status),
		failed: status === 'failed',
		async cleanUp() {
			// A test by hand may be repeated; and a sample is the account's latest transcript, which somebody may wait for.
			if (context.getMode() !== 'manual') await deleteAfterFetching(context, itemIndex, session, { id, status });
		},
	};
}

/**
 * For whose trigger a job was submitted. `unknown` where no callback URL is named: by a service that never names one, or
 * because there is none.
 */
export function originOf(context: IExecuteFunctions, provider: Provider, { callbackUrl }: FetchedJob): 'here' | 'elsewhere' | 'unknown' {
	if (callbackUrl === undefined) return 'unknown';
	return scopeOf(callbackUrl) === triggerScope(String(context.getWorkflow().id), provider.name) ? 'here' : 'elsewhere';
}

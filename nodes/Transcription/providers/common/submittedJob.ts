import { explainUncertain, ServiceError } from '../../http/errors';
import { isSafeId } from '../../http/safeId';
import { reportedError, errorTextOf } from '../../http/errorText';
import type { JobStatus } from '../../transcript/model';
import { asIdText, memberAt } from '../../core/json';
import type { CallbackTarget, SubmittedJob } from '../provider';
import { secretsIn } from '../../callback/url';
import { idInDamagedJson } from './damagedJson';

/**
 * Reads the job from the response to a submit. The ID is recovered even from a damaged response because the job exists
 * and costs money.
 *
 * @param service display name of the provider
 * @param response with the request's secrets already removed
 * @param idPaths where the provider's API returns the ID, the most reliable first, such as `result.session_id`; the
 * job's `status` is expected next to it
 * @throws ServiceError if no ID can be found. The error explains what to do before submitting again.
 */
export function submittedJob(
	service: string,
	response: unknown,
	idPaths: readonly string[],
	toStatus: (status: string) => JobStatus,
): SubmittedJob {
	for (const path of idPaths) {
		const id = asIdText(memberAt(response, path));
		if (id !== undefined && isSafeId(id)) return { id, status: siblingStatus(response, path, toStatus) };
	}
	const id = typeof response === 'string' ? idInDamagedJson(response, idPaths) : undefined;
	if (id !== undefined) return { id, status: 'queued' };
	throw missingIdError(service, response);
}

function siblingStatus(response: unknown, idPath: string, toStatus: (status: string) => JobStatus): JobStatus {
	const status = memberAt(response, [...idPath.split('.').slice(0, -1), 'status'].join('.'));
	return typeof status === 'string' ? toStatus(status) : 'queued';
}

function missingIdError(service: string, response: unknown): ServiceError {
	const reported = reportedError(response);
	if (reported)
		return new ServiceError(explainUncertain(service, `${service} reported an error instead of a job ID: ${reported}`));
	const responseText = errorTextOf(response);
	return new ServiceError({
		message: `${service} accepted the job, but its response couldn’t be read`,
		description: `If the job has a callback, it will still arrive: the trigger receives the transcript as usual; with Submit and Wait, n8n’s log contains the job’s ID. Check for the job at ${service} before submitting the recording again, or it may be charged twice.${responseText && ` ${service} responded: ${responseText}`}`,
		outcomeUnknown: true,
	});
}

/** Returns the secrets in a request with this target, which must be redacted in case the service repeats them. */
export function targetSecrets(target: CallbackTarget | undefined): string[] {
	return target ? [target.secret, ...secretsIn(target.url)] : [];
}

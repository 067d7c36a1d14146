import { explainUncertain, ServiceError } from '../../http/errors';
import { isSafeId } from '../../http/safeId';
import { reportedError, errorTextOf } from '../../http/errorText';
import type { JobStatus } from '../../transcript/model';
import { asIdText, memberAt } from '../../core/json';
import type { CallbackTarget, SubmittedJob } from '../provider';
import { secretsIn } from '../../callback/url';

/**
 * The job from the answer to a submit, its ID also from a damaged one: the job exists and costs money.
 *
 * @param service display name of the provider
 * @param answer with the request's secrets already removed
 * @param idPaths where the provider's contract has the ID, the surest first, such as `result.session_id`; the job's
 * `status` is beside it
 * @throws ServiceRefusal where no ID can be found, with what to do before submitting again
 */
export function submittedJob(
	service: string,
	answer: unknown,
	idPaths: readonly string[],
	toStatus: (status: string) => JobStatus,
): SubmittedJob {
	for (const path of idPaths) {
		const id = asIdText(memberAt(answer, path));
		if (id !== undefined && isSafeId(id)) return { id, status: statusBeside(answer, path, toStatus) };
	}
	const id = typeof answer === 'string' ? idInDamaged(answer, idPaths) : undefined;
	if (id !== undefined) return { id, status: 'queued' };
	throw withoutId(service, answer);
}

function statusBeside(answer: unknown, idPath: string, toStatus: (status: string) => JobStatus): JobStatus {
	const status = memberAt(answer, [...idPath.split('.').slice(0, -1), 'status'].join('.'));
	return typeof status === 'string' ? toStatus(status) : 'queued';
}

function withoutId(service: string, answer: unknown): ServiceError {
	const reported = reportedError(answer);
	if (reported) return new ServiceError(explainUncertain(service, `${service} reported an error in place of a job ID: ${reported}`));
	const said = errorTextOf(answer);
	return new ServiceError({
		message: `${service} accepted the job, but its answer cannot be read`,
		description: `If a callback was asked for, it still comes: the trigger receives the transcript as usual; with Submit and Wait, n8n’s log names the job. Look for the job at ${service} before submitting the recording again, or it may be charged twice.${said && ` ${service} answered: ${said}`}`,
		outcomeUnknown: true,
	});
}

/** The ID in an answer that is no complete JSON, unless it belongs to an error. */
function idInDamaged(text: string, idPaths: readonly string[]): string | undefined {
	for (const name of idPaths.map((path) => path.split('.').at(-1) ?? path)) {
		// A number that isn't followed by anything may have been cut.
		const ids = new RegExp(`"${name}"\\s*:\\s*(?:"([A-Za-z0-9_-]{1,128})"|(\\d{1,15})\\s*[,}])`, 'g');
		for (const found of text.matchAll(ids)) {
			if (!enclosingNames(text.slice(0, found.index)).some((outer) => /^errors?$|^details?$/i.test(outer))) return found[1] ?? found[2];
		}
	}
	return undefined;
}

/** The names of the objects and lists that are still open at the end of the text, as far as it resembles JSON. */
function enclosingNames(text: string): string[] {
	const open: string[] = [];
	let name = '';
	for (const [token, string, colon] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*(:)?|[{}[\],]/g)) {
		if (token === '{' || token === '[') open.push(name);
		else if (token === '}' || token === ']') open.pop();
		name = colon ? (string ?? '') : '';
	}
	return open;
}

/** What a request that names this target carries and nobody may be shown, should the service repeat it. */
export function targetSecrets(target: CallbackTarget | undefined): string[] {
	return target ? [target.secret, ...secretsIn(target.url)] : [];
}

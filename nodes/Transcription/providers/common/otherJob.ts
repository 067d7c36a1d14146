import { ServiceError } from '../../http/errors';
import { asIdText, memberAt } from '../../core/json';

/**
 * Refuses an answer about a job that wasn't asked for. Call it before anything in the answer is used.
 *
 * @param service display name of the provider
 * @param asked ID of the job
 * @param paths where the provider's contract repeats that ID, such as `job.id`; an answer without any of them is accepted
 * @throws ServiceRefusal
 */
export function assertSameJob(service: string, asked: string, answer: unknown, paths: readonly string[]): void {
	const named = paths.map((path) => asIdText(memberAt(answer, path))).filter((id) => id !== undefined);
	// IDs made of hexadecimal digits are often asked for in capitals.
	if (named.length === 0 || named.some((id) => id.toLowerCase() === asked.toLowerCase())) return;
	throw new ServiceError({
		message: `${service} answered about another job than “${asked}”`,
		description: `The answer is about “${named[0]?.slice(0, 60)}”, so it was not used and nothing was deleted. A gateway or caching proxy probably mixed up the answers: check the Base URL in the credential and any proxy of this n8n, and turn off caching there. Then run this again.`,
	});
}

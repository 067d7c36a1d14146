import { ServiceError } from '../../http/errors';
import { asIdText, memberAt } from '../../core/json';

/**
 * Rejects a response about a different job than the requested one. Call it before using anything in the response.
 *
 * @param service display name of the provider
 * @param requestedId ID of the job
 * @param paths where the provider's API repeats that ID, such as `job.id`; a response without any of them is accepted
 * @throws ServiceError
 */
export function assertSameJob(service: string, requestedId: string, response: unknown, paths: readonly string[]): void {
	const ids = paths.map((path) => asIdText(memberAt(response, path))).filter((id) => id !== undefined);
	// Hexadecimal IDs are often requested in upper case.
	if (ids.length === 0 || ids.some((id) => id.toLowerCase() === requestedId.toLowerCase())) return;
	throw new ServiceError({
		message: `${service} responded with a different job than “${requestedId}”`,
		description: `The response is about “${ids[0]?.slice(0, 60)}”, so it wasn’t used and nothing was deleted. A gateway or caching proxy probably mixed up responses: check “Base URL” in the credential and any proxy in front of this n8n instance, and turn off caching there. Then run this again.`,
	});
}

import { ServiceError } from '../../http/errors';

/**
 * Returns the error for a completed job whose response contains no transcript, not even an empty one. It must not be
 * mistaken for a recording without speech.
 * @param remedy what to do, in full sentences
 */
export function missingContent(service: string, id: string, remedy: string): ServiceError {
	return new ServiceError({
		message: `${service} reported job “${id}” as completed, but returned no transcript`,
		description: `${remedy} If the credential has a custom Base URL, check that your gateway doesn’t modify responses.`,
		isUnreadable: true,
	});
}

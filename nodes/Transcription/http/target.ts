import { isPrivateHost, parseHttpUrl } from '../core/url';
import { ServiceError } from './errors';

/**
 * The target of a request.
 *
 * - `path`: relative to the base URL, beginning with a slash. IDs in it must be checked with `safeId`.
 * - `ownUrl`: an absolute URL on the service's own origin, returned by the service. Requested with the credential.
 * - `signedUrl`: an absolute presigned URL on any origin, for one upload or download. Requested without the credential.
 *   It must come from an API response, never from a callback.
 */
export type Target =
	| { path: string; ownUrl?: undefined; signedUrl?: undefined }
	| { ownUrl: string; path?: undefined; signedUrl?: undefined }
	| { signedUrl: string; path?: undefined; ownUrl?: undefined };

/**
 * @param service `baseUrl` has no trailing slash
 * @throws ServiceError for a URL that must not receive the credential, or that points into a private network
 */
export function resolveUrl(target: Target, service: { displayName: string; baseUrl: string }): string {
	if (target.path !== undefined) return `${service.baseUrl}${target.path}`;
	const base = new URL(service.baseUrl);
	if (target.ownUrl !== undefined) {
		const url = parseHttpUrl(target.ownUrl);
		if (url?.origin === base.origin && !url.username && !url.password) return url.href;
		throw untrustedUrl(
			service.displayName,
			'it points to a different host than the API, and the API key is only sent to the API',
		);
	}
	const url = parseHttpUrl(target.signedUrl);
	if (!url) throw untrustedUrl(service.displayName, 'it isn’t an HTTP(S) URL');
	if (isPrivateHost(url) && !isPrivateHost(base))
		throw untrustedUrl(service.displayName, 'it points to a private network address');
	return url.href;
}

function untrustedUrl(displayName: string, why: string): ServiceError {
	return new ServiceError({
		message: `${displayName} returned a URL that this node won’t follow`,
		description: `Reason: ${why}. If the credential has a custom Base URL, check that your gateway rewrites URLs consistently.`,
	});
}

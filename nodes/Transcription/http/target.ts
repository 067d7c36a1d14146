import { isPrivateHost, parseHttpUrl } from '../core/url';
import { ServiceError } from './errors';

/**
 * Where a request goes.
 *
 * - `path`: below the base URL, beginning with a slash. IDs in it went through `safeId`.
 * - `ownUrl`: an absolute URL that the service gave, on its own origin. Goes with the credential.
 * - `signedUrl`: an absolute URL at any origin that proves itself, for one upload or download. Goes without the
 *   credential. It must come from an answer of the service, never from a callback.
 */
export type Target =
	| { path: string; ownUrl?: undefined; signedUrl?: undefined }
	| { ownUrl: string; path?: undefined; signedUrl?: undefined }
	| { signedUrl: string; path?: undefined; ownUrl?: undefined };

/**
 * @param service its base URL without trailing slash
 * @throws ServiceRefusal for a URL that the credential, or this n8n's network, must not be exposed to
 */
export function resolveUrl(target: Target, service: { displayName: string; baseUrl: string }): string {
	if (target.path !== undefined) return `${service.baseUrl}${target.path}`;
	const base = new URL(service.baseUrl);
	if (target.ownUrl !== undefined) {
		const url = parseHttpUrl(target.ownUrl);
		if (url?.origin === base.origin && !url.username && !url.password) return url.href;
		throw untrustedUrl(service.displayName, 'it leads to another host than its API, and the API key is only sent there');
	}
	const url = parseHttpUrl(target.signedUrl);
	if (!url) throw untrustedUrl(service.displayName, 'it is no http(s) URL');
	if (isPrivateHost(url) && !isPrivateHost(base)) throw untrustedUrl(service.displayName, 'it leads into your own network');
	return url.href;
}

function untrustedUrl(displayName: string, why: string): ServiceError {
	return new ServiceError({
		message: `${displayName} gave a URL that this node does not follow`,
		description: `The reason: ${why}. With a custom base URL, check that the gateway there rewrites addresses consistently.`,
	});
}

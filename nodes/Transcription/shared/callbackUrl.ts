import { isPrivateHost } from '../core/url';
import type { Connection } from '../http/connection';
import type { Provider } from '../providers/provider';

/**
 * Returns the reason a service refuses a callback URL, see `Provider.callbackUrlRequirements`, or undefined if it
 * accepts the URL. The requirements don't apply to a service at a private address, such as a local stand-in.
 */
export function refusalOf(
	url: string,
	{ displayName, callbackUrlRequirements }: Provider,
	{ baseUrl, settings }: Connection,
): string | undefined {
	const requirements = callbackUrlRequirements?.(settings);
	if (!requirements || isPrivateHost(new URL(baseUrl))) return undefined;
	const { protocol, hostname, origin } = new URL(url);
	if (requirements.https && protocol !== 'https:')
		return `${displayName} only accepts callback URLs that start with https://, and this one starts with “${origin}”`;
	if (requirements.hostName && !isPublicName(hostname))
		return `${displayName} only accepts callback URLs with a public host name, and this one has “${hostname}”`;
	return undefined;
}

/** WHATWG URLs have IPv4 addresses in dotted decimal and IPv6 addresses in brackets. */
function isPublicName(hostname: string): boolean {
	const isAddress = hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);
	return !isAddress && !/(^|\.)localdomain\.?$/.test(hostname) && !isPrivateHost(new URL(`https://${hostname}`));
}

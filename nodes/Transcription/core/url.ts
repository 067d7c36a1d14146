/** Parses an absolute http(s) URL. Returns undefined for anything else. */
export function parseHttpUrl(text: string): URL | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

/**
 * Whether the host is a name or an IP address. The URL Standard also accepts characters that have a meaning elsewhere, such
 * as `;` and `*` in a content security policy.
 */
export function hasPlainHost({ hostname }: URL): boolean {
	return /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(hostname);
}

/** Whether the host is only reachable from the same machine or a private network. */
export function isPrivateHost(url: URL): boolean {
	const host = url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
	if (host.includes(':')) return /^(::1?$|::ffff:|f[cd]|fe[89ab])/.test(host);
	const octets = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
	if (octets) {
		const [a, b] = [Number(octets[1]), Number(octets[2])];
		return (
			a === 0 ||
			a === 10 ||
			a === 127 ||
			(a === 100 && b >= 64 && b <= 127) ||
			(a === 169 && b === 254) ||
			(a === 172 && b >= 16 && b <= 31) ||
			(a === 192 && b === 168)
		);
	}
	// Names without a dot, such as “localhost” or a container name, only resolve locally.
	return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

import { isIP } from 'node:net';

/** Whether a host can't be reached from the internet: loopback, private, and link-local addresses, names without a dot, and local names. */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
	if (isIP(host) === 4) return isPrivateV4(host);
	if (isIP(host) === 6)
		return (
			host === '::1' || host === '::' || /^f[cd]/.test(host) || /^fe[89ab]/.test(host) || host.startsWith('::ffff:')
		);
	return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

function isPrivateV4(host: string): boolean {
	const [a = 0, b = 0] = host.split('.').map(Number);
	return (
		a === 0 ||
		a === 10 ||
		a === 127 ||
		(a === 169 && b === 254) ||
		(a === 172 && b >= 16 && b < 32) ||
		(a === 192 && b === 168) ||
		(a === 100 && b >= 64 && b < 128)
	);
}

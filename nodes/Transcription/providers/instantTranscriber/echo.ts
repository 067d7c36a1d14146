import { TOKEN } from '../../callback/url';

const IN_QUERY = new RegExp(`([?&]${TOKEN}=)[^&#\\s"'<>]+`, 'g');

/**
 * A copy without what a callback proves itself with, wherever it stands: nobody knows whether and where this service
 * repeats the callback URL and the secret that it was given. The token of a signed download link goes with them.
 */
export function withoutProof(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(IN_QUERY, '$1[redacted]');
	if (Array.isArray(value)) return value.map(withoutProof);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [key, key === 'callback_secret' ? '[redacted]' : withoutProof(member)]),
	);
}

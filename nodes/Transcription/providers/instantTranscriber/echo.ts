import { rewriteMembers } from '../../callback/rewrite';
import { TOKEN } from '../../callback/url';

const IN_QUERY = new RegExp(`([?&]${TOKEN}=)[^&#\\s"'<>]+`, 'g');

/**
 * The value without what a callback proves itself with, wherever it stands: nobody knows whether and where this service
 * repeats the callback URL and the secret that it was given. The token of a signed download link goes with them.
 */
export function withoutProof(value: unknown): unknown {
	if (typeof value === 'string') return value.includes(`${TOKEN}=`) ? value.replace(IN_QUERY, '$1[redacted]') : value;
	if (value === null || typeof value !== 'object') return value;
	return rewriteMembers(value, (member, key) => (key === 'callback_secret' ? '[redacted]' : withoutProof(member)));
}

import { memberAt } from '../../core/json';
import type { Explain } from '../../http/errors';
import { isFields } from '../common/wordReader';
import { JOBS_PATH } from './constants';

/**
 * Errors are problem details with a title, and for some, the reasons by request field, or the current and the allowed
 * values. Source: Rev AI docs, “Asynchronous API reference”, errors; Rev AI's Node SDK 3.8.5, `RevAiApiError`,
 * `InvalidParameters`, `InvalidState`.
 */
export const explain: Explain = (status, detail, path, body) => {
	const [id, , analysis, language] = path.startsWith(`${JOBS_PATH}/`)
		? path.slice(JOBS_PATH.length + 1).split('/')
		: [];
	const message = messageOf(detail, body);
	const quote = message ? ` Rev AI says: ${message}` : '';
	switch (true) {
		// The job itself and its transcript exist.
		case status === 404 && id !== undefined && analysis !== undefined:
			return {
				message: `Rev AI has no ${analysis === 'translation' ? `translation into ${language}` : analysis} of job “${id}”`,
				description: `Submit the recording again if you need it.${quote}`,
				isNotFound: false,
			};
		case status === 404 && id !== undefined:
			return {
				message: `Rev AI has no transcript with the ID “${id}”`,
				description: `Check “Transcript ID”, and “API Key” and “Region” in the credential. Rev AI keeps a job for up to 30 days, or as long as the account or “Delete After (Seconds)” allows.${quote}`,
				isNotFound: true,
			};
		case status === 404:
			return {
				message: 'Rev AI can’t find a resource that the request refers to',
				description: `Check “Region” in the credential, since the European deployment doesn’t offer everything, and “Custom Vocabulary ID”.${quote}`,
			};
		case status === 403:
			return {
				message: 'Rev AI doesn’t allow this account to do that',
				description: `Check “Region” in the credential: each deployment has its own accounts and tokens.${quote}`,
			};
		case status === 409 && id !== undefined:
			return {
				message: `Rev AI can’t do this with job “${id}” in its current state`,
				description: `Wait until the job has ended, then try again. A failed job has no transcript.${quote}`,
			};
		case status === 400:
			return {
				message: 'Rev AI rejected the request (status 400)',
				description: `Check the parameters of this node.${quote}`,
			};
		default:
			return undefined;
	}
};

/** Returns the service's message with the reasons by request field, and the values that it received and allows. */
function messageOf(detail: string, body: unknown): string {
	const [reasons, values] = [reasonsIn(body), valuesIn(body)];
	// Without a message, `detail` is the body itself.
	const isBody = (reasons !== '' || values !== '') && JSON.stringify(body).startsWith(detail);
	const message = [isBody ? '' : detail, reasons].filter((part) => part !== '').join('; ');
	return [values === '' ? message : message.replace(/(?<=.)\.?$/, '.'), values].filter((part) => part !== '').join(' ');
}

/** Returns the reasons by request field, for example `language: not supported`. */
function reasonsIn(body: unknown): string {
	const parameters = memberAt(body, 'parameters') ?? memberAt(body, 'parameter');
	if (!isFields(parameters)) return '';
	return Object.entries(parameters)
		.map(([name, reason]) => `${name}: ${listOf([reason].flat())}`)
		.join('; ')
		.slice(0, MAX_LENGTH);
}

/** Returns the value that the service received or found, and those that it allows, for example a job's status. */
function valuesIn(body: unknown): string {
	const [current, allowed] = [memberAt(body, 'current_value'), memberAt(body, 'allowed_values')];
	return [
		isPresent(current) ? `The value is “${asShown(current).slice(0, MAX_LENGTH)}”.` : '',
		Array.isArray(allowed) && allowed.length > 0 ? `Allowed: ${listOf(allowed)}.` : '',
	]
		.filter((part) => part !== '')
		.join(' ');
}

const MAX_LENGTH = 500;

function listOf(values: readonly unknown[]): string {
	const text = values.map(asShown).join(', ');
	return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}

function asShown(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function isPresent(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

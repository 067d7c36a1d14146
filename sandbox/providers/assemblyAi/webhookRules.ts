import { isPrivateHost } from '../../core/privateHosts';
import type { Params } from './params';

/** Validates the webhook fields (AssemblyAI API reference, Transcribe audio; AssemblyAI docs, Webhooks). @returns `null` if they are valid */
export function webhookProblem(params: Params, allowPrivate: boolean): string | null {
	const { webhook_url: url, webhook_auth_header_name: name, webhook_auth_header_value: value } = params;
	if (Boolean(name) !== Boolean(value)) {
		return 'webhook_auth_header_name and webhook_auth_header_value must be used together';
	}
	if (name && url === undefined) return 'webhook_auth_header_name requires webhook_url';
	if (name && !/^[A-Za-z0-9_-]+$/.test(name)) return 'webhook_auth_header_name contains invalid characters';
	if (value && /[\r\n]/.test(value)) return 'webhook_auth_header_value must not contain line breaks';
	return url === undefined ? null : urlProblem(url, allowPrivate);
}

function urlProblem(text: string, allowPrivate: boolean): string | null {
	if (!URL.canParse(text)) return 'webhook_url must be a valid URL';
	const url = new URL(text);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'webhook_url must be a valid http or https URL';
	if (!allowPrivate && isPrivateHost(url.hostname)) return 'webhook_url must be accessible from the internet';
	return null;
}

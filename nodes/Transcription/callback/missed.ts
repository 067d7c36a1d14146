/**
 * Explains why a service couldn't deliver a callback, based on the status it received (see `trigger/receive.ts`).
 * @returns undefined for a 2xx status
 */
export function explainMissedCallback(service: string, status: number): string | undefined {
	if (status >= 200 && status < 300) return undefined;
	const failure = `${service} couldn’t deliver its callback: it received status ${status}.`;
	switch (true) {
		case status === 404:
			return `${failure} No trigger was listening: either the workflow wasn’t published, or the URL was a test URL.`;
		case status === 401 || status === 403:
			return `${failure} The secret wasn’t accepted: either the trigger uses a different credential or Webhook Secret than the node that submitted the job, or a proxy in front of n8n requires a login.`;
		case status >= 300 && status < 400:
			return `${failure} A proxy in front of n8n redirects requests, and callbacks don’t follow redirects. Set WEBHOOK_URL to the final https URL.`;
		case status === 413:
			return `${failure} The callback was larger than n8n accepts: raise N8N_PAYLOAD_SIZE_MAX, and the limit of any proxy in front of n8n.`;
		case status >= 500:
			return `${failure} n8n or a proxy in front of it failed to process the callback. Check the logs.`;
		default:
			return `${failure} Check which server responds at the callback URL.`;
	}
}

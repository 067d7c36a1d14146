/** For a callback that the service could not deliver, by the status it was answered with. Source: `trigger/receive.ts`. */
export function explainMissedCallback(service: string, status: number): string | undefined {
	if (status >= 200 && status < 300) return undefined;
	const said = `${service} could not deliver its callback: it was answered with status ${status}.`;
	switch (true) {
		case status === 404:
			return `${said} No trigger listened there: the workflow was not published, or the URL was a test URL.`;
		case status === 401 || status === 403:
			return `${said} The trigger did not accept its secret: it uses another credential or Webhook Secret than the node that submitted, or something in front of n8n asks for a login.`;
		case status >= 300 && status < 400:
			return `${said} Something in front of n8n redirects; callbacks do not follow. Set WEBHOOK_URL to the final https address.`;
		case status === 413:
			return `${said} It was larger than n8n accepts: raise N8N_PAYLOAD_SIZE_MAX, and the limit of a proxy in front of it.`;
		case status >= 500:
			return `${said} n8n, or a proxy in front of it, was not able to take it. Its log tells more.`;
		default:
			return `${said} Check what stands at the callback URL.`;
	}
}

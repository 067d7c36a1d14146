/** A request that n8n rejected or didn't respond to. */
export class N8nRequestError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		/** 0 if there was no response. */
		readonly status: number,
		/** The response body, or the reason why there is no response. */
		readonly body: string,
		options?: ErrorOptions,
	) {
		super(`${method} ${path}: ${status === 0 ? 'no response' : `status ${status}`}: ${body.slice(-1_000)}`, options);
		this.name = 'N8nRequestError';
	}
}

const TIMEOUT_MS = 120_000;

/** A browser session with n8n. Keeps the cookie and sends the browser ID that n8n binds it to. */
export class Session {
	private cookie: string | undefined;

	/** @param token the `token` of another session, to continue it without a login */
	constructor(
		readonly baseUrl: string,
		token?: string,
	) {
		if (token !== undefined) this.cookie = `${COOKIE_NAME}=${token}`;
	}

	/** The value of the session cookie; undefined before the login. */
	get token(): string | undefined {
		return this.cookie?.slice(COOKIE_NAME.length + 1);
	}

	/**
	 * Sends a request. @returns the text of the response
	 * @throws N8nRequestError for statuses other than 2xx, and if n8n doesn't respond within two minutes
	 */
	async send(method: string, path: string, body?: unknown): Promise<string> {
		// n8n closes idle connections after five seconds. On a busy machine, a request could use one that was just closed.
		const headers: Record<string, string> = {
			'browser-id': BROWSER_ID,
			accept: 'application/json',
			connection: 'close',
		};
		if (this.cookie !== undefined) headers['cookie'] = this.cookie;
		if (body !== undefined) headers['content-type'] = 'application/json';
		let response: Response;
		let text: string;
		try {
			const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
			response = await fetch(this.baseUrl + path, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
			text = await response.text();
		} catch (cause) {
			const reason = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error);
			throw new N8nRequestError(method, path, 0, reason.message, { cause });
		}
		if (!response.ok) throw new N8nRequestError(method, path, response.status, text);
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith(`${COOKIE_NAME}=`)) this.cookie = cookie.split(';')[0];
		}
		return text;
	}

	/** Sends a request to n8n's internal API. @returns the `data` of the response, which wraps every result */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const text = await this.send(method, `/rest${path}`, body);
		try {
			return (text === '' ? undefined : (JSON.parse(text) as { data: T }).data) as T;
		} catch (cause) {
			throw new N8nRequestError(method, `/rest${path}`, 200, `not JSON: ${text}`, { cause });
		}
	}
}

export const COOKIE_NAME = 'n8n-auth';

/** n8n rejects a cookie from a browser other than the one that logged in, so this is constant. */
export const BROWSER_ID = 'n8n-nodes-transcription-tools';

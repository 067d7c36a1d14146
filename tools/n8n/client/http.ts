/** A call that n8n refused, or did not answer. */
export class N8nRequestError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		/** 0 when there was no answer. */
		readonly status: number,
		/** The answer's body, or the reason why there is none. */
		readonly body: string,
		options?: ErrorOptions,
	) {
		super(`${method} ${path}: ${status === 0 ? 'no answer' : `status ${status}`}: ${body.slice(-1_000)}`, options);
		this.name = 'N8nRequestError';
	}
}

const TIMEOUT_MS = 120_000;

/** One browser session with n8n: keeps the cookie, sends the constant browser ID that n8n ties it to. */
export class Session {
	private cookie: string | undefined;

	constructor(readonly baseUrl: string) {}

	/** The session cookie's value; undefined before the login. */
	get token(): string | undefined {
		return this.cookie?.slice(this.cookie.indexOf('=') + 1);
	}

	/**
	 * One request; the answer's text.
	 * @throws N8nRequestError for every status but 2xx, and when n8n does not answer within two minutes
	 */
	async send(method: string, path: string, body?: unknown): Promise<string> {
		const headers: Record<string, string> = { 'browser-id': BROWSER_ID, accept: 'application/json' };
		if (this.cookie !== undefined) headers['cookie'] = this.cookie;
		if (body !== undefined) headers['content-type'] = 'application/json';
		let response: Response;
		let text: string;
		try {
			const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
			const ask = async () => await fetch(this.baseUrl + path, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
			response = await ask().catch(async (error: unknown) => {
				if (!wasClosedByPeer(error)) throw error;
				return await ask();
			});
			text = await response.text();
		} catch (cause) {
			const reason = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error);
			throw new N8nRequestError(method, path, 0, reason.message, { cause });
		}
		if (!response.ok) throw new N8nRequestError(method, path, response.status, text);
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) this.cookie = cookie.split(';')[0];
		}
		return text;
	}

	/** One request to n8n's own API; the `data` of the answer (everything there comes in such an envelope). */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const text = await this.send(method, `/rest${path}`, body);
		try {
			return (text === '' ? undefined : (JSON.parse(text) as { data: T }).data) as T;
		} catch (cause) {
			throw new N8nRequestError(method, `/rest${path}`, 200, `not JSON: ${text}`, { cause });
		}
	}
}

/** Constant: n8n refuses a cookie that comes from another browser than the one that logged in. */
export const BROWSER_ID = 'n8n-nodes-transcription-tools';

/** n8n closes idle connections after five seconds; a process that was not given a core in time uses one all the same. */
function wasClosedByPeer(error: unknown): boolean {
	return ((error as Error).cause as { message?: string } | undefined)?.message === 'other side closed';
}

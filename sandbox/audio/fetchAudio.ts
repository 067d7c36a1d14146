import { Agent, interceptors, request, type Dispatcher } from 'undici';

import { readAudio, type AudioIntake } from './intake';

/** Downloads recordings as a service does: follows redirects, streams and hashes the content, and keeps only part of it. */
export class AudioFetcher {
	private readonly agent = new Agent();
	private readonly dispatcher: Dispatcher = this.agent.compose(interceptors.redirect({ maxRedirections: 5 }));

	/**
	 * Downloads a recording, optionally with additional headers.
	 * @throws Error with the reason: no connection, a status other than 2xx, or too large
	 */
	async fetch(
		url: string,
		limitBytes: number,
		signal: AbortSignal,
		headers: Record<string, string> = {},
	): Promise<AudioIntake> {
		const response = await request(url, {
			dispatcher: this.dispatcher,
			headers,
			signal,
			headersTimeout: 30_000,
			bodyTimeout: 30_000,
		});
		if (response.statusCode < 200 || response.statusCode > 299) {
			await response.body.dump({ limit: 65_536 }).catch(() => undefined);
			throw new Error(`HTTP status ${response.statusCode}`);
		}
		return readAudio(response.body, limitBytes);
	}

	/** Closes all connections. */
	async close(): Promise<void> {
		await this.agent.destroy();
	}
}

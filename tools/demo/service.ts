import type { JsonObject } from '../n8n';
import { startLocalService } from './sandbox';

/** The speech-to-text service of one demonstration. */
export interface Service {
	/** For the screen; never holds a secret. */
	about: string;
	credentialData: JsonObject;
	/** https address under which the service reaches n8n; undefined when both run on this machine. */
	publicUrl?: string;
	/** How long a transcript may take, from the submission. */
	timeoutMs: number;
	close(): Promise<void>;
}

/**
 * The real AssemblyAI when ASSEMBLYAI_API_KEY is set (needs PUBLIC_URL, too, since AssemblyAI must
 * reach n8n; ASSEMBLYAI_REGION may be `eu`), otherwise the sandbox on this machine.
 * @throws saying what is missing
 */
export async function chooseService(env: NodeJS.ProcessEnv): Promise<Service> {
	const { ASSEMBLYAI_API_KEY: apiKey, PUBLIC_URL: publicUrl, ASSEMBLYAI_REGION: region = 'us' } = env;
	if (!apiKey && !publicUrl) return await startLocalService();
	if (!apiKey) throw new Error('PUBLIC_URL is set, ASSEMBLYAI_API_KEY is not. Set both for the real service, none for the sandbox.');
	if (!publicUrl) {
		throw new Error(
			'ASSEMBLYAI_API_KEY is set, PUBLIC_URL is not. AssemblyAI calls n8n back: start a tunnel to its port and set ' +
				"PUBLIC_URL to the tunnel's https address. Set neither to use the sandbox.",
		);
	}
	if (!/^https:\/\/[^/?#]+\/?$/.test(publicUrl)) {
		throw new Error(`PUBLIC_URL is "${publicUrl}". It must be an https address without a path, e.g. https://my-tunnel.example.com`);
	}
	if (region !== 'us' && region !== 'eu') throw new Error(`ASSEMBLYAI_REGION is "${region}". It must be us or eu.`);
	return {
		about: `AssemblyAI (${region})`,
		credentialData: { apiKey, region },
		publicUrl: publicUrl.replace(/\/$/, ''),
		timeoutMs: 10 * 60_000,
		close: async () => {},
	};
}

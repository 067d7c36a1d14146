import type { Service } from './service';
export async function startLocalService(): Promise<Service> {
	return { about: 'stub', credentialData: { apiKey: 'sandbox-key', region: 'custom', baseUrl: 'http://127.0.0.1:4871/assemblyai' }, timeoutMs: 60_000, close: async () => {} };
}

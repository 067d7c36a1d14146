import type { Region } from '../../http/connection';

/** Source: AssemblyAI OpenAPI 1.3.4, `servers`. */
export const ASSEMBLYAI_REGIONS: readonly Region[] = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.assemblyai.com' },
	{ name: 'European Union', value: 'eu', baseUrl: 'https://api.eu.assemblyai.com' },
];

import type { Region } from '../../http/connection';

/** Projects and their API keys belong to one of these. Source: Soniox docs, “Data residency”; Soniox Node SDK 2.3.0. */
export const SONIOX_REGIONS: readonly Region[] = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.soniox.com' },
	{ name: 'European Union', value: 'eu', baseUrl: 'https://api.eu.soniox.com' },
	{ name: 'Japan', value: 'jp', baseUrl: 'https://api.jp.soniox.com' },
];

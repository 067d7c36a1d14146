import type { Region } from '../../http/connection';

/** Source: Speechmatics docs, “Authentication”, Batch SaaS endpoints. A job is only known in the region that made it. */
export const SPEECHMATICS_REGIONS: readonly Region[] = [
	{ name: 'Europe (EU1)', value: 'eu1', baseUrl: 'https://eu1.asr.api.speechmatics.com' },
	{ name: 'United States (US1)', value: 'us1', baseUrl: 'https://us1.asr.api.speechmatics.com' },
	{ name: 'Australia (AU1)', value: 'au1', baseUrl: 'https://au1.asr.api.speechmatics.com' },
	{ name: 'Europe (EU2, Enterprise)', value: 'eu2', baseUrl: 'https://eu2.asr.api.speechmatics.com' },
	{ name: 'United States (US2, Enterprise)', value: 'us2', baseUrl: 'https://us2.asr.api.speechmatics.com' },
];

import type { Region } from '../../http/connection';

/** Source: ElevenLabs JavaScript SDK 2.73.0, `environments`. Residency regions have accounts and keys of their own. */
export const ELEVENLABS_REGIONS: readonly Region[] = [
	{ name: 'Global', value: 'global', baseUrl: 'https://api.elevenlabs.io' },
	{ name: 'United States', value: 'us', baseUrl: 'https://api.us.elevenlabs.io' },
	{ name: 'European Union (Data Residency)', value: 'eu', baseUrl: 'https://api.eu.residency.elevenlabs.io' },
	{ name: 'India (Data Residency)', value: 'in', baseUrl: 'https://api.in.residency.elevenlabs.io' },
	{ name: 'Singapore (Data Residency)', value: 'sg', baseUrl: 'https://api.sg.residency.elevenlabs.io' },
];

import type { Region } from '../../http/connection';

/**
 * Source: docs.scriptix.io, “API Overview”, Base URL. A getting-started page there names `api.scriptix.dev` instead
 * without saying what it is: whoever was given that address enters it as custom base URL.
 */
export const SCRIPTIX_REGIONS: readonly Region[] = [
	{ name: 'Scriptix', value: 'scriptix', baseUrl: 'https://api.scriptix.io' },
];

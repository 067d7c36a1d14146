import type { Region } from '../../http/connection';

/**
 * Source: instanttranscriber.com, “API”. The API is below `/v1`, which stands in the paths of the requests: exports
 * (`/export/…`) are beside it.
 */
export const INSTANT_TRANSCRIBER_REGIONS: readonly Region[] = [
	{ name: 'Worldwide', value: 'worldwide', baseUrl: 'https://api.instanttranscriber.com' },
];

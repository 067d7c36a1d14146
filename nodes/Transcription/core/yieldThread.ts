import { sleep } from 'n8n-workflow';

/**
 * Lets n8n's event loop handle other requests between two steps of a long task. A transcript of many hours of audio
 * takes hundreds of milliseconds to parse, convert, and format. Without a pause, health checks would be delayed.
 */
export async function yieldThread(): Promise<void> {
	await sleep(0);
}

import { sleep } from 'n8n-workflow';

/**
 * Lets n8n's only thread answer other requests between two steps of long work. A transcript of many hours takes hundreds of
 * milliseconds to parse, read and present; done in one go, these add up to a silence that health checks notice.
 */
export async function yieldThread(): Promise<void> {
	await sleep(0);
}

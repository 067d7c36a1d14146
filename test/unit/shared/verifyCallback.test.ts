import type { IWebhookFunctions } from 'n8n-workflow';
import type { Verification } from '../../../nodes/Transcription/callback/delivery';
import { findProvider } from '../../../nodes/Transcription/providers';
import { verifyCallback } from '../../../nodes/Transcription/shared/verifyCallback';

/** Returns the log entries of a callback with this verification. */
async function logged(verification: Verification): Promise<string[]> {
	const log: string[] = [];
	const context = {
		logger: { info: (message: string) => void log.push(message) },
		getCredentials: async () => ({ apiKey: 'key', region: 'worldwide' }),
		getWorkflow: () => ({ id: 'wf' }),
		getNode: () => ({ id: 'node', name: 'Trigger' }),
		getMode: () => 'webhook',
		getExecutionId: () => undefined,
	} as unknown as IWebhookFunctions;
	await verifyCallback(context, findProvider('instantTranscriber'), () => verification);
	return log;
}

it('logs the names of headers that look like a signature but weren’t checked', async () => {
	expect(await logged({ ok: true, uncheckedSignatures: ['x-signature', 'x-hmac'] })).toEqual([
		expect.stringContaining('Headers that look like a signature: x-signature, x-hmac'),
	]);
});

it.each<Verification>([{ ok: true }, { ok: true, bodySigned: true }])('logs nothing for %j', async (verification) => {
	expect(await logged(verification)).toEqual([]);
});

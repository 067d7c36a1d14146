import { explainMissedCallback } from '../../../nodes/Transcription/callback/missed';

describe('explainMissedCallback', () => {
	it.each([200, 201, 204, 299])('returns undefined for status %d', (status) => {
		expect(explainMissedCallback('AssemblyAI', status)).toBeUndefined();
	});

	it.each([
		[404, 'wasn’t published'],
		[401, 'a different credential or Webhook Secret'],
		[403, 'requires a login'],
		[301, 'WEBHOOK_URL'],
		[399, 'redirects'],
		[413, 'N8N_PAYLOAD_SIZE_MAX'],
		[500, 'Check the logs'],
		[503, 'proxy'],
		[400, 'which server responds at the callback URL'],
		[410, 'which server responds at the callback URL'],
		[100, 'which server responds at the callback URL'],
	])('explains status %d and how to fix it', (status, text) => {
		const problem = explainMissedCallback('AssemblyAI', status);
		expect(problem).toContain(`AssemblyAI couldn’t deliver its callback: it received status ${status}.`);
		expect(problem).toContain(text);
	});
});

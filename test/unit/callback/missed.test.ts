import { explainMissedCallback } from '../../../nodes/Transcription/callback/missed';

describe('a callback that could not be delivered', () => {
	it.each([200, 201, 204, 299])('is none where it was answered with %d', (status) => {
		expect(explainMissedCallback('AssemblyAI', status)).toBeUndefined();
	});

	it.each([
		[404, 'not published'],
		[401, 'another credential or Webhook Secret'],
		[403, 'asks for a login'],
		[301, 'WEBHOOK_URL'],
		[399, 'redirects'],
		[413, 'N8N_PAYLOAD_SIZE_MAX'],
		[500, 'log tells more'],
		[503, 'proxy'],
		[400, 'what stands at the callback URL'],
		[410, 'what stands at the callback URL'],
		[100, 'what stands at the callback URL'],
	])('is explained for %d, with what to do', (status, text) => {
		const problem = explainMissedCallback('AssemblyAI', status);
		expect(problem).toContain(`AssemblyAI could not deliver its callback: it was answered with status ${status}.`);
		expect(problem).toContain(text);
	});
});

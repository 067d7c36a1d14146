import { explain } from '../../../../nodes/Transcription/providers/assemblyAi/errors';

describe('what AssemblyAI refuses', () => {
	it.each([
		[400, 'Your current account balance is negative. Please top up.', 'balance'],
		[402, 'insufficient funds', 'balance'],
		[400, 'webhook_url is not reachable', 'callback URL'],
		[403, 'Cannot access uploaded file', 'uploaded file'],
	])('is explained for %d “%s”, with its own words', (status, detail, message) => {
		const explanation = explain(status, detail, '/v2/transcript');
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(detail);
	});

	it('is explained for an unknown ID, which it names', () => {
		const explanation = explain(400, 'Transcript lookup error, transcript id not found', '/v2/transcript/job-1');
		expect(explanation?.message).toBe('AssemblyAI has no transcript with the ID “job-1”');
		expect(explanation?.description).toContain('Transcript lookup error');
	});

	it.each([
		[400, 'something in the request was not found'],
		[400, 'Invalid language_code'],
		[403, 'Forbidden'],
		[404, 'not found'],
		[500, 'balance'],
	])('is left to the general explanation for %d “%s”', (status, detail) => {
		expect(explain(status, detail, '/v2/transcript')).toBeUndefined();
	});
});

it('a refused PII policy does not pass for an exhausted balance', () => {
	const detail = 'redact_pii_policies.1: Invalid enum value. Expected credit_card_number | credit_card_cvv';
	expect(explain(400, detail, '/v2/transcript')).toBeUndefined();
});

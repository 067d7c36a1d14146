import { explain } from '../../../../nodes/Transcription/providers/assemblyAi/errors';

describe('AssemblyAI errors', () => {
	it.each([
		[400, 'Your current account balance is negative. Please top up.', 'out of funds'],
		[402, 'insufficient funds', 'out of funds'],
		[400, 'webhook_url is not reachable', 'callback URL'],
		[403, 'Cannot access uploaded file', 'uploaded file'],
		[400, '"speech_models" must be a non-empty list containing one or more of: "universal-2"', 'model'],
	])('explains and quotes %d “%s”', (status, detail, message) => {
		const explanation = explain(status, detail, '/v2/transcript');
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(detail);
	});

	it('names an unknown ID', () => {
		const explanation = explain(400, 'Transcript lookup error, transcript id not found', '/v2/transcript/job-1');
		expect(explanation?.message).toBe('AssemblyAI has no transcript with the ID “job-1”');
		expect(explanation?.description).toContain('Transcript lookup error');
	});

	it('names the option of a rejected model', () => {
		const detail = '"speech_models" must be a non-empty list containing one or more of: "universal-2"';
		expect(explain(400, detail, '/v2/transcript')?.description).toContain('“Model”');
	});

	it('explains that redacted audio has expired', () => {
		const explanation = explain(400, 'Bad request', '/v2/transcript/job-1/redacted-audio');
		expect(explanation?.message).toBe('AssemblyAI no longer has the redacted recording of transcript “job-1”');
		expect(explanation?.description).toMatch(/24 hours[^]*Bad request/);
	});

	it('names an unknown ID also for redacted audio', () => {
		const detail = 'Transcript lookup error, transcript id not found';
		expect(explain(400, detail, '/v2/transcript/job-1/redacted-audio')?.isNotFound).toBe(true);
	});

	it.each([
		[400, 'something in the request was not found'],
		[400, 'Invalid language_code'],
		[403, 'Forbidden'],
		[404, 'not found'],
		[500, 'balance'],
	])('leaves %d “%s” to the general explanation', (status, detail) => {
		expect(explain(status, detail, '/v2/transcript')).toBeUndefined();
	});
});

it('doesn’t mistake a rejected PII policy for an exhausted balance', () => {
	const detail = 'redact_pii_policies.1: Invalid enum value. Expected credit_card_number | credit_card_cvv';
	expect(explain(400, detail, '/v2/transcript')).toBeUndefined();
});

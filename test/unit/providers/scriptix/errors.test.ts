import { explain } from '../../../../nodes/Transcription/providers/scriptix/errors';

const SESSION = '/api/v3/speech-to-text/session/s-1';

describe('Scriptix errors', () => {
	it.each([
		[401, SESSION, 'API key', 'another “Authentication Header”'],
		[402, '/api/v3/stt', 'out of funds', 'Top up'],
		[403, `${SESSION}/result`, 'to the API key that submitted', 'that submitted the recording'],
		[403, '/api/v3/stt/stt_1/result', 'to the API key that submitted', 'that submitted the recording'],
		[404, SESSION, 'no session with the ID “s-1”', 'API Generation'],
		[404, `${SESSION}/result`, 'no result for job “s-1”', 'another API key'],
		[404, '/api/v3/stt/stt_1/result', 'no result for job “stt_1”', 'another API key'],
		[409, `${SESSION}/upload-url`, 'state', 'Get'],
		[413, '/api/v3/stt', 'larger than Scriptix accepts', '“API Generation” in the credential to Sessions'],
		[429, '/api/v3/stt', 'too many requests', '60 requests per minute'],
	])('explains and quotes %d at %s', (status, path, message, description) => {
		const explanation = explain(status, 'its own words', path);
		expect(explanation?.message).toContain(message);
		expect(explanation?.description).toContain(description);
		expect(explanation?.description).toContain('Scriptix says: its own words');
	});

	it.each([
		[400, 'Invalid language', 'language'],
		[422, 'webhook_url must use HTTPS', 'callback URL'],
	])('explains %d “%s”', (status, detail, message) => {
		expect(explain(status, detail, '/api/v3/stt')?.message).toContain(message);
	});

	it('treats a session that is already removed as not found', () => {
		expect(explain(400, 'The transcript is already marked as removed', SESSION)).toMatchObject({
			message: expect.stringContaining('already deleted'),
			isNotFound: true,
		});
	});

	it.each([
		[400, 'audio_file is required', '/api/v3/stt'],
		[403, 'Forbidden', '/api/v3/stt'],
		[404, 'not found', '/api/v3/stt/stt_1'],
		[413, 'too large', `${SESSION}/upload-url`],
		[500, 'language', '/api/v3/stt'],
	])('leaves %d “%s” to the general explanation', (status, detail, path) => {
		expect(explain(status, detail, path)).toBeUndefined();
	});
});

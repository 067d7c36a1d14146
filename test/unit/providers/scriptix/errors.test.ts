import { explain } from '../../../../nodes/Transcription/providers/scriptix/errors';

const SESSION = '/api/v3/speech-to-text/session/s-1';

describe('Scriptix errors', () => {
	it.each([
		[401, SESSION, 'API key', 'other “Authentication Header”'],
		[402, '/api/v3/stt', 'out of funds', 'Top up'],
		[403, `${SESSION}/result`, 'to the API key that created it', 'that submitted the recording'],
		[404, SESSION, 'no session with the ID “s-1”', 'API Generation'],
		[404, `${SESSION}/result`, 'no result for session “s-1”', 'another API key'],
		[409, `${SESSION}/upload-url`, 'state', 'Get'],
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

	it.each([
		[400, 'audio_file is required', '/api/v3/stt'],
		[403, 'Forbidden', '/api/v3/stt'],
		[404, 'not found', '/api/v3/stt/stt_1'],
		[413, 'too large', '/api/v3/stt'],
		[500, 'language', '/api/v3/stt'],
	])('leaves %d “%s” to the general explanation', (status, detail, path) => {
		expect(explain(status, detail, path)).toBeUndefined();
	});
});

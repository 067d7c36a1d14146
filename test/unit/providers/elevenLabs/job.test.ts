import type { ApiRequest, ProviderApi } from '../../../../nodes/Transcription/http/api';
import { elevenLabs } from '../../../../nodes/Transcription/providers/elevenLabs';

/** An API that records requests and responds with the result of `respond`. */
function recorder(respond: (request: ApiRequest) => unknown): { api: ProviderApi; requests: ApiRequest[] } {
	const requests: ApiRequest[] = [];
	const request = async (apiRequest: ApiRequest) => {
		requests.push(apiRequest);
		return { status: 200, body: respond(apiRequest), headers: {} };
	};
	return { api: { baseUrl: 'https://api.elevenlabs.io', settings: {}, request }, requests };
}

const source = { url: 'https://example.com/call.mp3' };

it('rejects a callback URL that exceeds the metadata limit before any request', async () => {
	const { api, requests } = recorder(() => ({}));
	const target = { url: `https://n8n.example.com/webhook/w/elevenLabs?x=${'y'.repeat(17_000)}`, secret: 's' };
	await expect(elevenLabs.planSubmit({}, {}, source)(api, source, target)).rejects.toThrow('16 KB');
	expect(requests).toEqual([]);
});

it('rejects a job whose transcript would be lost', async () => {
	const { api, requests } = recorder(() => ({}));
	await expect(elevenLabs.planSubmit({ enableLogging: false }, {}, source)(api, source, undefined)).rejects.toThrow(
		'With “Enable Logging” off',
	);
	expect(requests).toEqual([]);
});

it.each<[string, unknown, string]>([
	['the transcript', { message: 'ok', request_id: 'req-1', transcription_id: 'tr-1' }, 'tr-1'],
	['the request if the transcript has none yet', { message: 'ok', request_id: 'req-1' }, 'req-1'],
	[
		'the request if that of the transcript is null',
		{ message: 'ok', request_id: 'req-1', transcription_id: null },
		'req-1',
	],
	['a damaged response', '{"message":"ok","request_id":"req-1"', 'req-1'],
])('reads the ID of %s', async (_where, body, id) => {
	const { api } = recorder(() => body);
	await expect(elevenLabs.planSubmit({}, {}, source)(api, source, undefined)).resolves.toEqual({
		id,
		status: 'queued',
	});
});

import type { ApiRequest, ProviderApi } from '../../../../nodes/Transcription/http/api';
import { elevenLabs } from '../../../../nodes/Transcription/providers/elevenLabs';

/** The requests that a plan makes: what is checked here never leaves the process. */
function recorder(answer: (request: ApiRequest) => unknown): { api: ProviderApi; asked: ApiRequest[] } {
	const asked: ApiRequest[] = [];
	const request = async (given: ApiRequest) => {
		asked.push(given);
		return { status: 200, body: answer(given), headers: {} };
	};
	return { api: { baseUrl: 'https://api.elevenlabs.io', settings: {}, request }, asked };
}

const source = { url: 'https://example.com/call.mp3' };

it('refuses a callback URL that is too large for the metadata, before anything is asked', async () => {
	const { api, asked } = recorder(() => ({}));
	const target = { url: `https://n8n.example.com/webhook/w/elevenLabs?x=${'y'.repeat(17_000)}`, secret: 's' };
	await expect(elevenLabs.planSubmit({}, {}, source)(api, source, target)).rejects.toThrow('16 KB');
	expect(asked).toEqual([]);
});

it('refuses a job that would be kept nowhere and announced to nobody', async () => {
	const { api, asked } = recorder(() => ({}));
	await expect(elevenLabs.planSubmit({ enableLogging: false }, {}, source)(api, source, undefined)).rejects.toThrow('With “Enable Logging” off');
	expect(asked).toEqual([]);
});

it.each<[string, unknown, string]>([
	['the transcript', { message: 'ok', request_id: 'req-1', transcription_id: 'tr-1' }, 'tr-1'],
	['the request, where the transcript has none yet', { message: 'ok', request_id: 'req-1' }, 'req-1'],
	['the request, where that of the transcript is null', { message: 'ok', request_id: 'req-1', transcription_id: null }, 'req-1'],
	['a damaged answer', '{"message":"ok","request_id":"req-1"', 'req-1'],
])('takes the ID of %s', async (_where, body, id) => {
	const { api } = recorder(() => body);
	await expect(elevenLabs.planSubmit({}, {}, source)(api, source, undefined)).resolves.toEqual({ id, status: 'queued' });
});

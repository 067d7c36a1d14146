import { ServiceError } from '../../../../nodes/Transcription/http/errors';
import type { ApiRequest, ApiResponse, ProviderApi } from '../../../../nodes/Transcription/http/api';
import { serviceFiles } from '../../../../nodes/Transcription/providers/assemblyAi/job/files';

const JOB = { id: 'job-1', status: 'completed', redact_pii_audio: true };
const READY = {
	status: 200,
	body: { status: 'redacted_audio_ready', redacted_audio_url: 'https://cdn.example.com/a.wav' },
};
const NOT_READY = { status: 202, body: {} };

/** An API that returns these responses to requests for the redacted recording. The last one repeats. */
function apiWith(...responses: Array<{ status: number; body: unknown }>) {
	const pauses: number[] = [];
	let asked = 0;
	const request = async ({ path = '', signedUrl, delayMs }: ApiRequest): Promise<ApiResponse> => {
		const answer = (response: { status: number; body: unknown }) => Promise.resolve({ ...response, headers: {} });
		if (signedUrl !== undefined) return await answer({ status: 200, body: Buffer.from('audio') });
		if (!path.endsWith('/redacted-audio')) return await answer({ status: 200, body: JOB });
		if (delayMs) pauses.push(delayMs);
		const response = responses[Math.min(asked++, responses.length - 1)] as (typeof responses)[number];
		return await answer(response);
	};
	const api: ProviderApi = { baseUrl: 'https://api.example.com', settings: {}, request };
	return { pauses, fetched: async () => await serviceFiles.fetch(api, 'job-1', 'redactedAudio', undefined) };
}

describe('AssemblyAI redacted audio', () => {
	it('is fetched immediately if it is ready', async () => {
		const { pauses, fetched } = apiWith(READY);
		expect(await fetched()).toEqual({ content: Buffer.from('audio'), mimeType: 'audio/wav', extension: 'wav' });
		expect(pauses).toEqual([]);
	});

	it.each([
		['is answered with 202', NOT_READY],
		['has no URL', { status: 200, body: { status: 'processing', redacted_audio_url: null } }],
		['has no URL despite its status', { status: 202, body: '' }],
	])('is awaited as long as it %s', async (_what, notReady) => {
		const { pauses, fetched } = apiWith(notReady, notReady, READY);
		expect((await fetched()).content.toString()).toBe('audio');
		expect(pauses).toEqual([2000, 4000]);
	});

	it('is awaited for half a minute at most', async () => {
		const { pauses, fetched } = apiWith(NOT_READY);
		const error = await fetched().catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(ServiceError);
		const { message, description } = (error as ServiceError).explanation;
		expect(message).toBe('AssemblyAI hasn’t finished the redacted recording of transcript job-1 yet');
		expect(description).toMatch(/Get[^]*“Redacted Audio Ready”[^]*“Return Silent Audio”/);
		expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
	});
});

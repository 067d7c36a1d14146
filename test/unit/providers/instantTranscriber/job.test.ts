import type { ApiRequest, ProviderApi } from '../../../../nodes/Transcription/http/api';
import { explainStatus, ServiceError } from '../../../../nodes/Transcription/http/errors';
import { instantTranscriber } from '../../../../nodes/Transcription/providers/instantTranscriber';

const BASE_URL = 'https://instanttranscriber.com';

/** An API whose job only contains links to a text and to subtitles. A number is the status of an error response. */
function apiWith(files: { txt: string | number; srt: string | number }): ProviderApi {
	const links = Object.fromEntries(Object.keys(files).map((format) => [format, `${BASE_URL}/t.${format}`]));
	const request = async ({ ownUrl }: ApiRequest) => {
		const body =
			ownUrl === undefined
				? { id: 'job-1', status: 'completed', download_urls: links }
				: files[ownUrl.slice(-3) as keyof typeof files];
		if (typeof body !== 'number') return { status: 200, body, headers: {} };
		const explanation = instantTranscriber.explain(body, '', '') ?? explainStatus('InstantTranscriber', body, '');
		throw new ServiceError(explanation, body);
	};
	return { baseUrl: BASE_URL, settings: {}, request };
}
const fetched = async (files: { txt: string | number; srt: string | number }) =>
	(await instantTranscriber.fetchJob(apiWith(files), 'job-1')).transcript;

const SRT = '1\n00:00:00,000 --> 00:00:01,500\nSpeaker 1: Hi there.\n';

describe('InstantTranscriber exports', () => {
	it('are the transcript of a response with links only', async () => {
		const transcript = await fetched({ txt: 'Hi there.', srt: SRT });
		expect(transcript).toMatchObject({ text: 'Hi there.', speakers: ['Speaker 1'] });
		expect(transcript).not.toHaveProperty('warnings');
	});

	it('result in a warning if the subtitles are missing', async () => {
		const transcript = await fetched({ txt: 'Hi there.', srt: 404 });
		expect(transcript).toMatchObject({ status: 'completed', text: 'Hi there.' });
		expect(transcript.warnings).toEqual([expect.stringMatching(/no times or speakers.*subtitles/)]);
	});

	it('result in the text of the subtitles if the text is missing', async () => {
		const transcript = await fetched({ txt: 404, srt: SRT });
		expect(transcript).toMatchObject({ status: 'completed', text: 'Hi there.', speakers: ['Speaker 1'] });
		expect(transcript.warnings).toEqual([expect.stringContaining('The text is taken from the subtitles.')]);
	});

	it.each([
		[{ txt: 404, srt: 404 }, 404],
		[{ txt: 503, srt: SRT }, 503],
		[{ txt: 401, srt: SRT }, 401],
		[{ txt: 'Hi there.', srt: 503 }, 503],
	])('fail, so that they can be fetched again: %j', async (files, status) => {
		await expect(fetched(files)).rejects.toMatchObject({ status });
	});
});

import type { ApiRequest, ProviderApi } from '../../http/api';
import { parseHttpUrl } from '../../callback/url';
import { ServiceRefusal } from '../../http/refusal';
import type { Choice } from '../provider';

/**
 * Source: instanttranscriber.com, “Transcription webhooks” (`download_urls` with `txt` and `srt`) and “SRT and VTT
 * export”. The links seen there are on the host of the API, beside `/v1`; whether they want the API key is not said.
 */
export const EXPORTS: ReadonlyArray<Choice & { mimeType: string }> = [
	{ name: 'SRT Subtitles', value: 'srt', mimeType: 'application/x-subrip' },
	{ name: 'Text', value: 'txt', mimeType: 'text/plain' },
	{ name: 'VTT Subtitles', value: 'vtt', mimeType: 'text/vtt' },
];

/**
 * Follows a download link from an answer of the service, never one from a callback: on its own origin with the
 * credential, elsewhere, where a link has to prove itself, without.
 * @throws ServiceRefusal
 */
export async function download(api: ProviderApi, link: string, expect: 'text' | 'binary'): Promise<unknown> {
	const request: ApiRequest = { method: 'GET', ...target(api, link), expect, repeat: 'safe' };
	return (await api.request(request)).body;
}

function target(api: ProviderApi, link: string) {
	// A link may be given without the host.
	const url = URL.canParse(link, `${api.baseUrl}/`) ? new URL(link, `${api.baseUrl}/`) : undefined;
	if (!url || !parseHttpUrl(url.href)) {
		throw new ServiceRefusal({
			message: 'InstantTranscriber gave a download link that is none',
			description: 'Choose Output: Raw to see what it says.',
		});
	}
	return url.origin === new URL(api.baseUrl).origin ? { ownUrl: url.href } : { signedUrl: url.href };
}

import { openForm } from '../../nodes/Transcription/http/multipart';
import type { ProviderApi } from '../../nodes/Transcription/http/api';
import { resolveUrl } from '../../nodes/Transcription/http/target';
import type { Settings } from '../../nodes/Transcription/http/connection';
import { authHeaderOf } from '../../nodes/Transcription/providers/scriptix/credential';
import type { ProviderName } from '../../sandbox';

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` });

/** The headers that each credential's `authenticate` adds. */
const AUTHENTICATION: Record<ProviderName, (apiKey: string, settings: Settings) => Record<string, string>> = {
	assemblyAi: (apiKey) => ({ authorization: apiKey }),
	elevenLabs: (apiKey) => ({ 'xi-api-key': apiKey }),
	gladia: (apiKey) => ({ 'x-gladia-key': apiKey }),
	instantTranscriber: bearer,
	revAi: bearer,
	scriptix: (apiKey, settings) => Object.fromEntries([authHeaderOf(settings, apiKey)]),
	soniox: bearer,
	speechmatics: bearer,
};

/** A `ProviderApi` for the sandbox without n8n. It doesn't retry, and only supports small files. */
export function sandboxApi(service: ProviderName, baseUrl: string, apiKey: string, settings: Settings): ProviderApi {
	return {
		baseUrl,
		settings,
		async request(request) {
			const url = new URL(resolveUrl(request, { displayName: service, baseUrl }));
			for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
			const { body, type } = await bodyOf(request);
			const response = await fetch(url, {
				method: request.method,
				headers: {
					...(request.signedUrl === undefined && AUTHENTICATION[service](apiKey, settings)),
					...(type && { 'content-type': type }),
					...request.headers,
				},
				body,
			});
			const text = await response.text();
			if (!response.ok) throw new Error(`${request.method} ${url.pathname}: ${response.status} ${text}`);
			return { status: response.status, body: parsed(text), headers: Object.fromEntries(response.headers) };
		},
	};
}

type Request = Parameters<ProviderApi['request']>[0];

async function bodyOf({ json, upload, multipart }: Request): Promise<{ body?: RequestInit['body']; type?: string }> {
	if (json) return { body: JSON.stringify(json), type: 'application/json' };
	if (upload) return { body: (await upload.open()) as Buffer, type: 'application/octet-stream' };
	if (multipart) return { body: (await openForm(multipart)).body };
	return {};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

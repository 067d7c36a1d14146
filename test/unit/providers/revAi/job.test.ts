import type { ApiRequest, ProviderApi } from '../../../../nodes/Transcription/http/api';
import { explainStatus, ServiceError } from '../../../../nodes/Transcription/http/errors';
import type { UserError } from '../../../../nodes/Transcription/core/userError';
import { revAi } from '../../../../nodes/Transcription/providers/revAi';

const JOB = '/speechtotext/v1/jobs/AbC';

/** An error response, as the API reports it. */
const refusal = (status: number) => (path: string) =>
	new ServiceError(revAi.explain(status, '', path) ?? explainStatus('Rev AI', status, ''), status);

/** Returns an API that responds with these bodies, by the path below the job. A function returns the error to throw. */
function apiWith(responses: Record<string, unknown>): ProviderApi {
	const request = async ({ path = '' }: ApiRequest) => {
		const body = responses[path.slice(JOB.length)];
		if (typeof body === 'function') throw (body as ReturnType<typeof refusal>)(path);
		return { status: 200, body, headers: {} };
	};
	return { baseUrl: 'https://api.rev.ai', settings: {}, request };
}

const said = (value: string) => ({
	monologues: [{ speaker: 0, elements: [{ type: 'text', value, ts: 0, end_ts: 1 }] }],
});
const done = (...languages: string[]) => languages.map((language) => ({ language, status: 'completed' }));
const COMPLETE = {
	'': {
		id: 'AbC',
		status: 'transcribed',
		summarization: { status: 'completed' },
		translation: { target_languages: done('de', 'fr') },
	},
	'/transcript': said('Hello'),
	'/transcript/summary': { summary: 'A call' },
	'/transcript/translation/de': said('Hallo'),
	'/transcript/translation/fr': said('Bonjour'),
};
const fetched = async (responses: Record<string, unknown>) =>
	await revAi.fetchJob(apiWith({ ...COMPLETE, ...responses }), 'AbC');

describe('Rev AI analyses', () => {
	it('are part of the transcript', async () => {
		const { transcript, isUnsettled } = await fetched({});
		expect(transcript).toMatchObject({
			text: 'Hello',
			summary: 'A call',
			translations: { de: 'Hallo', fr: 'Bonjour' },
		});
		expect([transcript.warnings, isUnsettled]).toEqual([undefined, undefined]);
	});

	it.each<[string, unknown, string]>([
		['can’t be found', refusal(404), 'has no summary of job “AbC”'],
		['was deleted', refusal(410), 'status 410'],
		['isn’t available in the format', refusal(406), 'status 406'],
		['isn’t ready', refusal(409), 'current state'],
		['isn’t allowed', refusal(403), 'doesn’t allow'],
		['is a text', 'A call', 'can’t read'],
		['is empty', {}, 'contains no text'],
		['has the wrong type', { summary: 7 }, 'contains no text'],
	])('are replaced by a warning if the summary %s', async (_what, response, reason) => {
		const { transcript } = await fetched({ '/transcript/summary': response });
		expect(transcript).toMatchObject({ status: 'completed', text: 'Hello', translations: { de: 'Hallo' } });
		expect(transcript).not.toHaveProperty('summary');
		expect(transcript.warnings).toEqual([
			expect.stringMatching(/^Rev AI didn’t return the summary: .*\. Get the transcript again later\.$/),
		]);
		expect(transcript.warnings?.[0]).toContain(reason);
	});

	it.each<[string, unknown]>([
		['can’t be found', refusal(404)],
		['can’t be read', { monologues: 'oops' }],
	])('are replaced by a warning if one translation %s', async (_what, response) => {
		const { transcript } = await fetched({ '/transcript/translation/de': response });
		expect(transcript).toMatchObject({ text: 'Hello', summary: 'A call', translations: { fr: 'Bonjour' } });
		expect(transcript.translations).not.toHaveProperty('de');
		expect(transcript.warnings).toEqual([expect.stringContaining('Rev AI didn’t return the translation into de: ')]);
	});

	it('are awaited if the service says that they aren’t ready', async () => {
		expect(await fetched({ '/transcript/summary': refusal(409) })).toMatchObject({ isUnsettled: true });
		expect(await fetched({ '/transcript/translation/fr': refusal(409) })).toMatchObject({ isUnsettled: true });
	});

	it('keep an unreadable response in the raw output', async () => {
		const { transcript } = await fetched({ '/transcript/summary': { text: 'A call' } });
		expect(transcript.raw).toMatchObject({ summary: { text: 'A call' } });
	});

	it.each([401, 402, 408, 429, 500, 503])(
		'fail the request with status %d, so that it can be retried',
		async (status) => {
			await expect(fetched({ '/transcript/summary': refusal(status) })).rejects.toMatchObject({ status });
			await expect(fetched({ '/transcript/translation/de': refusal(status) })).rejects.toMatchObject({ status });
		},
	);

	it('fail the request if the service can’t be reached', async () => {
		const unreachable = () => new ServiceError({ message: 'm', description: 'd', isUnreachable: true });
		await expect(fetched({ '/transcript/summary': unreachable })).rejects.toMatchObject({ isTransient: true });
	});
});

it.each([404, 406, 409])('A missing Rev AI transcript fails the request: %d', async (status) => {
	await expect(fetched({ '/transcript': refusal(status) })).rejects.toMatchObject({ status });
});

it.each([{}, { monologues: 'oops' }, { monologues: null }, { title: 'Maintenance' }])(
	'An unreadable Rev AI transcript isn’t mistaken for silence: %j',
	async (transcript) => {
		await expect(fetched({ '/transcript': transcript })).rejects.toThrow('can’t read');
	},
);

describe('Rev AI source authorization', () => {
	const URL_SOURCE = { url: 'https://example.com/call.mp3' };
	const FILE_SOURCE = {
		file: { fileName: 'call.mp3', mimeType: 'audio/mpeg', bytes: 1, open: async () => Buffer.of(1) },
	};
	const HEADER = 'Bearer t0ken-of-the-storage';

	const submitted = async (sourceAuthorization: string): Promise<ApiRequest | undefined> => {
		let sent: ApiRequest | undefined;
		const request = async (apiRequest: ApiRequest) => {
			sent = apiRequest;
			return { status: 200, body: { id: 'AbC', status: 'in_progress' }, headers: {} };
		};
		const api = { baseUrl: 'https://api.rev.ai', settings: {}, request };
		await revAi.planSubmit({ sourceAuthorization }, {}, URL_SOURCE)(api, URL_SOURCE, undefined);
		return sent;
	};

	it('is sent with the URL, and redacted in responses', async () => {
		expect(await submitted(HEADER)).toMatchObject({
			json: { source_config: { url: URL_SOURCE.url, auth_headers: { Authorization: HEADER } } },
			secrets: [HEADER, 't0ken-of-the-storage'],
		});
	});

	it('is absent by default', async () => {
		expect(await submitted('')).toMatchObject({ json: { source_config: URL_SOURCE }, secrets: [] });
	});

	it.each([
		['a file', HEADER, FILE_SOURCE, 'only applies to a URL'],
		['a line break', 'Bearer t0ken\r\nX-Injected: 1', URL_SOURCE, 'line breaks'],
	])('is rejected with %s, without showing it', (_what, sourceAuthorization, source, message) => {
		const plan = () => revAi.planSubmit({ sourceAuthorization }, {}, source);
		expect(plan).toThrow('Source Authorization');
		const text = explanationOf(plan);
		expect(text).toContain(message);
		expect(text).not.toContain('t0ken');
	});

	it('is redacted if a job contains it', async () => {
		const job = {
			...COMPLETE[''],
			source_config: { url: 'x', auth_headers: { Authorization: HEADER } },
			failure: HEADER,
		};
		const { transcript } = await fetched({ '': job });
		expect(JSON.stringify(transcript)).not.toContain('t0ken');
	});
});

function explanationOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		return JSON.stringify((error as UserError).explanation);
	}
	return '';
}

describe('the callback URL of a Rev AI job', () => {
	const metadata = `https://n8n.example.com/webhook-waiting/7/revAi?signature=${'0a'.repeat(32)}`;
	const job = { ...COMPLETE[''], metadata };

	it.each(['transcribed', 'in_progress', 'failed'])(
		'keeps n8n’s signature, but outputs don’t contain it (%s)',
		async (status) => {
			const { callbackUrl, transcript } = await fetched({ '': { ...job, status } });
			expect(callbackUrl).toBe(metadata);
			expect(JSON.stringify(transcript)).not.toContain('0a0a');
		},
	);

	it('keeps n8n’s signature in the list, but outputs don’t contain it', async () => {
		for await (const { jobs } of revAi.listing!.pages(apiWith({ '': [job] }), {})) {
			expect(jobs.map(({ callbackUrl }) => callbackUrl)).toEqual([metadata]);
			expect(JSON.stringify(jobs.map(({ transcript }) => transcript))).not.toContain('0a0a');
			break;
		}
	});
});

import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { API_KEY, everyTextIn, get, inMemory, type Result, run, type Setup, submit, WORKFLOW_ID } from './harness';
import { type LocalServer, type SeenRequest, sendJson, startServer } from './localServer';
import { RECORDING } from './recording';

const CHOSEN = 'the-chosen-webhook-secret';
const DERIVED = callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/assemblyAi`);
const PREVIOUS = 'the-previous-secret';

let server: LocalServer | undefined;
afterEach(async () => await server?.close());

/** Starts a service that echoes every request's URL, headers, and body. */
async function echoing(status: number, more: object = {}): Promise<Setup> {
	server = await startServer((request, response) => {
		if (request.url.includes('/upload') && status !== 401) sendJson(response, 200, { upload_url: 'https://cdn/x' });
		else sendJson(response, status, { error: `You sent ${sentIn(request)}`, ...more, echo: sentIn(request) });
	});
	return { baseUrl: server.origin };
}
const sentIn = ({ url, headers, body }: SeenRequest) =>
	`${url} ${JSON.stringify(headers)} ${body.toString('latin1', 0, 2000)}`;

/** Everything that n8n stores for an execution, also as JSON. */
const stored = ({ run }: Result) => `${everyTextIn(run)}\n${JSON.stringify(run)}`;

const SECRETS = [API_KEY, CHOSEN, DERIVED, PREVIOUS];
const nothingSecretIn = (result: Result) => {
	for (const secret of SECRETS) expect(stored(result).includes(secret)).toBe(false);
};

describe.each<[string, Partial<Setup>]>([
	['a derived secret', {}],
	['a secret chosen by the user', { credential: { webhookSecret: CHOSEN } }],
	['a rotation in progress', { credential: { previousWebhookSecret: PREVIOUS } }],
])('with %s, n8n stores no secrets', (_what, more) => {
	it.each([400, 401, 403, 422, 500])('if the service echoes the request in an error with status %d', async (status) => {
		const result = await submit({}, [inMemory(RECORDING)], { ...(await echoing(status)), ...more });
		expect(result.error?.message).toMatch(/\w/);
		nothingSecretIn(result);
	});

	it('if an error becomes an item', async () => {
		const result = await submit({}, [inMemory(RECORDING)], {
			...(await echoing(400)),
			...more,
			onError: 'continueRegularOutput',
		});
		expect(result.json[0]).toHaveProperty('error');
		nothingSecretIn(result);
	});

	it('if the service echoes the request in its response to Submit', async () => {
		const result = await submit({}, [inMemory(RECORDING)], {
			...(await echoing(200, { id: 'job-1', status: 'queued' })),
			...more,
		});
		expect(result.json[0]).toMatchObject({ id: 'job-1' });
		nothingSecretIn(result);
	});
});

describe('with a transcript that echoes secrets, n8n stores no secrets', () => {
	const TRANSCRIPT = {
		id: 'job-1',
		status: 'completed',
		webhook_url: `https://n8n.example.com/webhook/${WORKFLOW_ID}/assemblyAi?ref=r`,
		webhook_auth_header_value: DERIVED,
	};

	it('at the level Raw', async () => {
		const result = await get(
			{ transcriptId: 'job-1', output: 'raw' },
			[{ json: {} }],
			await echoing(200, { ...TRANSCRIPT, error: null }),
		);
		expect(result.json[0]).toMatchObject({ raw: { webhook_auth_header_value: '[redacted]' } });
		nothingSecretIn(result);
	});

	it('at the level Raw, with a secret chosen by the user', async () => {
		const credential = { webhookSecret: CHOSEN, previousWebhookSecret: PREVIOUS };
		const given = { ...TRANSCRIPT, error: null, webhook_auth_header_value: `${CHOSEN} ${PREVIOUS}` };
		const setup = { ...(await echoing(200, given)), credential };
		const result = await get({ transcriptId: 'job-1', output: 'raw' }, [{ json: {} }], setup);
		expect(result.json[0]).toMatchObject({ raw: { webhook_auth_header_value: '[redacted] [redacted]' } });
		nothingSecretIn(result);
	});

	it('at the level Raw, with n8n’s token for resuming an execution', async () => {
		const webhook_url = 'http://127.0.0.1:9/webhook-waiting/42?signature=0123456789abcdef0123456789abcdef';
		const given = { ...TRANSCRIPT, error: null, webhook_url };
		const result = await get({ transcriptId: 'job-1', output: 'raw' }, [{ json: {} }], await echoing(200, given));
		expect(result.json[0]).toMatchObject({
			raw: { webhook_url: 'http://127.0.0.1:9/webhook-waiting/42?signature=[redacted]' },
		});
	});

	it('in a warning', async () => {
		const metadata = { warnings: [{ message: `The header ${DERIVED} was not sent.` }] };
		const result = await get(
			{ transcriptId: 'job-1' },
			[{ json: {} }],
			await echoing(200, { ...TRANSCRIPT, text: 'Hello', error: null, metadata }),
		);
		expect(result.json[0]).toMatchObject({ warnings: ['The header [redacted] was not sent.'] });
		nothingSecretIn(result);
	});

	it('in the reason of a failed job', async () => {
		const result = await get(
			{ transcriptId: 'job-1' },
			[{ json: {} }],
			await echoing(200, { ...TRANSCRIPT, status: 'error' }),
		);
		expect(result.json[0]?.errorMessage).toContain('You sent');
		nothingSecretIn(result);
	});
});

it('stores no secrets if the service can’t be reached', async () => {
	const setup = await echoing(200);
	await server?.close();
	nothingSecretIn(
		await submit({ callback: 'none', source: 'url', audioUrl: 'http://127.0.0.1/a' }, [{ json: {} }], setup),
	);
}, 40_000);

/** Providers with a callback per job. */
describe.each(['assemblyAi', 'gladia', 'instantTranscriber', 'revAi', 'scriptix', 'soniox', 'speechmatics'])(
	'Submit and Wait with %s',
	(provider) => {
		const RESUME_TOKEN = '0123456789abcdef0123456789abcdef';

		it.each([400, 422])(
			'doesn’t reveal n8n’s token for resuming the execution if the service echoes the request with status %d',
			async (status) => {
				const sessions = provider === 'scriptix' && { credential: { apiGeneration: 'sessions' } };
				const result = await run(
					'transcription',
					{
						provider,
						resource: 'transcription',
						operation: 'submitAndWait',
						source: 'url',
						audioUrl: 'http://127.0.0.1/a.wav',
						options: { initialPoll: 0 },
					},
					[{ json: {} }],
					{ ...(await echoing(status)), ...sessions, executionId: `42?signature=${RESUME_TOKEN}` },
				);
				expect(result.error?.message).toMatch(/\w/);
				expect(server?.seen.some(({ body }) => body.includes(RESUME_TOKEN))).toBe(true);
				expect(stored(result)).not.toContain(RESUME_TOKEN);
			},
		);
	},
);

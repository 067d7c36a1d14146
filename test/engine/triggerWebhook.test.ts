import { sign } from '../../nodes/Transcription/callback/headerSecret';
import { signProbe } from '../../nodes/Transcription/callback/probe';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { API_KEY, type Setup, WORKFLOW_ID } from './harness';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

const SCOPE = `${WORKFLOW_ID}/assemblyAi`;
const SECRET = callbackSecret({ apiKey: API_KEY }, SCOPE);
const COMPLETED = JSON.stringify({ transcript_id: 'job-1', status: 'completed' });
// webhook() sends no requests to the service, so no server is listening here.
const setup: Setup = { baseUrl: 'http://127.0.0.1:9' };

const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

interface Callback {
	body?: string;
	headers?: Record<string, string>;
	query?: string;
	parameters?: Parameters<typeof startTrigger>[0];
	more?: Partial<Setup>;
}

/** Sends one callback to a trigger. `item` is the input of the resulting execution, which isn't awaited. */
async function call({ body = COMPLETED, headers = sign(SECRET), query = '', parameters = {}, more = {} }: Callback) {
	const endpoint = await startTrigger({ fetchTranscript: false, ...parameters }, { ...setup, mode: 'manual', ...more });
	open.push(endpoint);
	const response = await fetch(`${endpoint.base}/${SCOPE}${query}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body,
	});
	const [returned] = endpoint.returned;
	const item = returned && 'workflowData' in returned ? returned.workflowData?.[0]?.[0]?.json : undefined;
	return { status: response.status, text: await response.text(), item, thrown: returned && 'thrown' in returned };
}

describe('the trigger starts an execution for', () => {
	it('a verified callback, with its content', async () => {
		expect(await call({ query: '?contactId=4711&a.b=%C3%A4&ref=r1' })).toMatchObject({
			status: 200,
			item: {
				eventId: 'assemblyAi:job-1:completed',
				provider: 'assemblyAi',
				id: 'job-1',
				status: 'completed',
				ref: 'r1',
				metadata: { contactId: '4711', 'a.b': 'ä' },
			},
		});
	});

	it('a failed job', async () => {
		const body = JSON.stringify({ transcript_id: 'job-1', status: 'error' });
		expect((await call({ body })).item).toMatchObject({ id: 'job-1', status: 'failed' });
	});

	it('redacted audio, if selected', async () => {
		const body = JSON.stringify({ status: 'redacted_audio_ready', redacted_audio_url: 'https://cdn/x.mp3' });
		const { item } = await call({ body, query: '?ref=r1', parameters: { events: ['redactedAudioReady'] } });
		expect(item).toEqual({
			eventId: 'assemblyAi:r1:redactedAudioReady',
			provider: 'assemblyAi',
			status: 'redactedAudioReady',
			ref: 'r1',
			redactedAudioUrl: 'https://cdn/x.mp3',
		});
	});

	it('a callback without a JSON content type', async () => {
		expect((await call({ headers: { ...sign(SECRET), 'content-type': 'text/plain' } })).item).toMatchObject({
			id: 'job-1',
		});
	});

	it('a callback with the previous API key’s secret during a rotation', async () => {
		const more = { credential: { apiKey: 'new', previousWebhookSecret: API_KEY } };
		expect((await call({ more })).status).toBe(200);
	});
});

/** The request for the example transcript. */
const EXAMPLE = '{"example":true}';

describe('the trigger responds with 401 and starts nothing for', () => {
	it.each<[string, Callback]>([
		['a wrong secret', { headers: sign('guessed') }],
		['no secret', { headers: {} }],
		['an empty secret', { headers: sign('') }],
		['a secret that was sent twice', { headers: { 'x-transcription-webhook-secret': `${SECRET}, ${SECRET}` } }],
		['the secret of another workflow', { headers: sign(callbackSecret({ apiKey: API_KEY }, 'Other/assemblyAi')) }],
		['the API key', { headers: sign(API_KEY) }],
		['a ping with another secret', { headers: signProbe('ping', 'guessed', COMPLETED, Date.now() / 1000) }],
		['an old ping', { headers: signProbe('ping', SECRET, COMPLETED, Date.now() / 1000 - 1000) }],
		['a ping with another body', { headers: signProbe('ping', SECRET, '{}', Date.now() / 1000) }],
		[
			'a sample at the production URL',
			{ headers: signProbe('sample', SECRET, COMPLETED, Date.now() / 1000), more: { mode: 'webhook' } },
		],
		[
			'an example at the production URL',
			{
				body: EXAMPLE,
				headers: signProbe('sample', SECRET, EXAMPLE, Date.now() / 1000),
				more: { mode: 'webhook' },
			},
		],
		[
			'an example that was signed with another secret, at the test URL',
			{ body: EXAMPLE, headers: signProbe('sample', 'guessed', EXAMPLE, Date.now() / 1000), more: { mode: 'manual' } },
		],
		[
			'an example whose signature is for another body, at the test URL',
			{ body: EXAMPLE, headers: signProbe('sample', SECRET, COMPLETED, Date.now() / 1000), more: { mode: 'manual' } },
		],
	])('%s', async (_what, callback) => {
		expect(await call(callback)).toEqual({
			status: 401,
			text: '{"message":"Not verified"}',
			item: undefined,
			thrown: false,
		});
	});
});

describe('the trigger responds with 200 and starts nothing for', () => {
	it.each<[string, Callback]>([
		['an event that isn’t selected', { parameters: { events: ['failed'] } }],
		['a status that isn’t final', { body: JSON.stringify({ transcript_id: 'job-1', status: 'processing' }) }],
		['a body that isn’t a notification', { body: '{"hello":"world"}' }],
		['an invalid ID', { body: JSON.stringify({ transcript_id: '../x', status: 'completed' }) }],
		['an empty body', { body: '' }],
		['broken JSON', { body: '{"transcript_id":', headers: { ...sign(SECRET), 'content-type': 'text/plain' } }],
	])('%s', async (_what, callback) => {
		expect(await call(callback)).toEqual({ status: 200, text: '{"received":true}', item: undefined, thrown: false });
	});
});

describe('the trigger responds with 503, so that the service retries, if its credential', () => {
	it.each<[string, Partial<Setup>]>([
		['can’t be decrypted', { credentialState: 'unreadable' }],
		['is missing', { credentialState: 'absent' }],
		['has no API key', { credential: { apiKey: '' } }],
		['has no base URL', { credential: { baseUrl: '' } }],
	])('%s', async (_what, more) => {
		expect(await call({ more })).toMatchObject({ status: 503, item: undefined, thrown: false });
	});
});

it.each(['no JSON', '{"id":"../../v2/keys"}', '{"id":""}', '{"example":"true"}'])(
	'starts nothing for a sample without a job: %s',
	async (body) => {
		const headers = signProbe('sample', SECRET, body, Date.now() / 1000);
		expect(await call({ body, headers })).toMatchObject({ status: 200, thrown: false, item: undefined });
	},
);

it('starts nothing and throws nothing if an expression returns no events', async () => {
	expect(await call({ parameters: { events: '={{ null }}' } })).toMatchObject({
		status: 200,
		item: undefined,
		thrown: false,
	});
});

import { NodeHelpers } from 'n8n-workflow';
import { AssemblyAiTranscriptionApi } from '../../../credentials/AssemblyAiTranscriptionApi.credentials';
import { ElevenLabsTranscriptionApi } from '../../../credentials/ElevenLabsTranscriptionApi.credentials';
import { GladiaTranscriptionApi } from '../../../credentials/GladiaTranscriptionApi.credentials';
import { InstantTranscriberTranscriptionApi } from '../../../credentials/InstantTranscriberTranscriptionApi.credentials';
import { RevAiTranscriptionApi } from '../../../credentials/RevAiTranscriptionApi.credentials';
import { ScriptixTranscriptionApi } from '../../../credentials/ScriptixTranscriptionApi.credentials';
import { SonioxTranscriptionApi } from '../../../credentials/SonioxTranscriptionApi.credentials';
import { SpeechmaticsTranscriptionApi } from '../../../credentials/SpeechmaticsTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { findProvider, PROVIDERS } from '../../../nodes/Transcription/providers';
import { evaluate } from './evaluate';

const BEARER = { Authorization: 'Bearer the-api-key' };

const CREDENTIALS = [
	{
		name: 'assemblyAi',
		credential: new AssemblyAiTranscriptionApi(),
		providerFields: [],
		authHeader: { Authorization: 'the-api-key' },
		testPath: '/v2/transcript?limit=1',
	},
	{
		name: 'elevenLabs',
		credential: new ElevenLabsTranscriptionApi(),
		providerFields: ['webhookSetup'],
		authHeader: { 'xi-api-key': 'the-api-key' },
		testPath: '/v1/speech-to-text/transcripts/n8nCredentialTest000',
	},
	{
		name: 'gladia',
		credential: new GladiaTranscriptionApi(),
		providerFields: ['retentionNotice'],
		authHeader: { 'x-gladia-key': 'the-api-key' },
		testPath: '/v2/pre-recorded?limit=1',
	},
	{
		name: 'instantTranscriber',
		credential: new InstantTranscriberTranscriptionApi(),
		providerFields: ['signatureCheck', 'signatureHeader', 'signaturePrefix', 'signatureEncoding', 'fileFieldName'],
		authHeader: BEARER,
		testPath: '/v1/transcriptions/00000000-0000-4000-8000-000000000000',
	},
	{
		name: 'revAi',
		credential: new RevAiTranscriptionApi(),
		providerFields: [],
		authHeader: BEARER,
		testPath: '/speechtotext/v1/jobs/n8nCredTest0',
	},
	{
		name: 'scriptix',
		credential: new ScriptixTranscriptionApi(),
		providerFields: ['apiGeneration', 'authHeader', 'webhookVerification'],
		authHeader: BEARER,
		testPath: '/api/v3/documents',
	},
	{
		name: 'soniox',
		credential: new SonioxTranscriptionApi(),
		providerFields: [],
		authHeader: BEARER,
		testPath: '/v1/models',
	},
	{
		name: 'speechmatics',
		credential: new SpeechmaticsTranscriptionApi(),
		providerFields: [],
		authHeader: BEARER,
		testPath: '/v2/jobs?limit=1',
	},
];

it('covers every provider', () => {
	expect(CREDENTIALS.map(({ name }) => name)).toEqual(PROVIDERS.map(({ name }) => name));
});

describe.each(CREDENTIALS)(
	'$credential.displayName',
	({ name: providerName, credential, providerFields, authHeader, testPath }) => {
		const provider = findProvider(providerName);
		const regions = [...provider.regions.map(({ value }) => value), 'custom'];

		it('has the name that the provider declares', () => {
			expect(credential.name).toBe(provider.credentialType);
		});

		it('has the shared fields and those of the provider', () => {
			expect(credential.properties.map(({ name }) => name)).toEqual([
				'apiKey',
				'region',
				'baseUrl',
				...providerFields,
				'webhookSecret',
				'previousWebhookSecret',
			]);
		});

		it.each(['apiKey', 'webhookSecret', 'previousWebhookSecret'])('hides %s in the editor', (name) => {
			expect(credential.properties.find((field) => field.name === name)?.typeOptions).toEqual({ password: true });
		});

		it.each(regions)('shows Base URL only for a custom region: %s', (region) => {
			const baseUrl = credential.properties.find(({ name }) => name === 'baseUrl');
			expect(baseUrl && NodeHelpers.displayParameter({ region }, baseUrl, null, null)).toBe(region === 'custom');
		});

		it('authenticates requests without changing other headers', async () => {
			const { headers } = await credential.authenticate(
				{ apiKey: 'the-api-key' },
				{ url: 'http://x', headers: { Accept: 'text/plain' } },
			);
			expect(headers).toEqual({ Accept: 'text/plain', ...authHeader });
		});

		it.each(regions)('tests the same base URL that the nodes use: %s', (region) => {
			const values = { apiKey: 'key', region, baseUrl: `http://localhost:4010/${providerName}` };
			const { baseURL, url } = credential.test.request;
			expect(evaluate(baseURL, values)).toBe(toConnection(values, provider.regions).baseUrl);
			expect(evaluate(url, values)).toBe(testPath);
		});
	},
);

// The ElevenLabs test checks the body instead.
describe.each(CREDENTIALS.filter(({ name }) => name !== 'elevenLabs'))(
	'$credential.displayName test',
	({ credential }) => {
		it.each([401, 403])('explains a response with status %d', (status) => {
			const rule = credential.test.rules?.find(
				({ properties }) => 'value' in properties && properties.value === status,
			);
			expect(rule).toMatchObject({ type: 'responseCode', properties: { message: expect.stringContaining('API key') } });
		});
	},
);

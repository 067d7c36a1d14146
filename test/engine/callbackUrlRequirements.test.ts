import type { INodeParameters } from 'n8n-workflow';
import { inMemory, run, type Setup } from './harness';
import { aTrigger } from './publishedTrigger';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

/** Uses the real service. No request is sent, because the node rejects the URL first. */
const REAL: Setup = { baseUrl: '', credential: { region: 'scriptix' } };

const transcribe = async (operation: string, parameters: INodeParameters, setup: Setup) =>
	await run(
		'transcription',
		{ provider: 'scriptix', resource: 'transcription', operation, ...parameters },
		[inMemory(RECORDING)],
		setup,
	);

describe.each(['submit', 'submitAndWait'])('Callback URL of %s', (operation) => {
	it.each([
		['http://n8n.example.com/webhook', 'start with https://', '“http://n8n.example.com”'],
		['https://93.184.215.14/webhook', 'with a public host name', '“93.184.215.14”'],
	])('is rejected before anything is uploaded: %s', async (webhookBase, problem, found) => {
		const { error, json } = await transcribe(operation, {}, { ...REAL, webhookBase });
		expect(error?.message).toContain(`Scriptix only accepts callback URLs`);
		expect(error?.message).toContain(problem);
		expect(error?.message).toContain(found);
		expect(error?.description).toMatch(/WEBHOOK_URL.*(Callback: None|“Wait By” to Polling).*Nothing was submitted/);
		expect(json).toEqual([]);
	});
});

it('rejects a callback URL from the parameters', async () => {
	const parameters = { callback: 'url', callbackUrl: 'http://hooks.example.com/x' };
	const { error } = await transcribe('submit', parameters, REAL);
	expect(error?.message).toContain('“http://hooks.example.com”');
});

describe('with a local service', () => {
	const service = useSandbox('scriptix');

	it('accepts any callback URL', async () => {
		const parameters = { callback: 'url', callbackUrl: 'http://127.0.0.1:9/x' };
		const { error, json } = await transcribe('submit', parameters, service.setup());
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
	});

	it('explains that the service refuses the URL', async () => {
		service.sandbox.configure({ allowPrivateCallbacks: false });
		const parameters = { callback: 'url', callbackUrl: 'http://hooks.example.com/x' };
		const { error } = await transcribe('submit', parameters, service.setup());
		service.sandbox.configure({ allowPrivateCallbacks: true });
		expect(error?.message).toBe('Scriptix didn’t accept the callback URL');
		expect(service.sandbox.jobs.list()).toEqual([]);
	});
});

describe('Publishing a trigger', () => {
	/** The trigger's URL starts with http://127.0.0.1. */
	const publish = async (provider: string, credential: Setup['credential']) => {
		const trigger = await aTrigger({ provider }, { baseUrl: '', credential });
		const outcome = await trigger.publish().catch((error: Error & { description?: string }) => error);
		await trigger.close();
		return { outcome, warnings: trigger.warnings };
	};

	it('fails if the service wouldn’t register the URL', async () => {
		const { outcome } = await publish('elevenLabs', { region: 'global' });
		expect(outcome).toMatchObject({
			message: expect.stringContaining('ElevenLabs only accepts callback URLs that start with https://'),
			description: expect.stringMatching(/WEBHOOK_URL.*publish the workflow again/),
		});
	});

	it('warns if Submit may send another URL', async () => {
		const { outcome, warnings } = await publish('scriptix', { region: 'scriptix' });
		expect(outcome).toBe(true);
		expect(warnings).toEqual([expect.stringMatching(/Scriptix only accepts .*WEBHOOK_URL.*“Callback Base URL”/)]);
	});

	it('doesn’t warn if the webhook is set up manually', async () => {
		const credential = { region: 'global', webhookSetup: 'manual', webhookSecret: 'wsec_1' };
		expect(await publish('elevenLabs', credential)).toEqual({ outcome: true, warnings: [] });
	});
});

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { get, inMemory, type Result, type Setup, submit } from './harness';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

/** The secret with which the sandbox signs callbacks for its first account. */
export const SIGNING_SECRET = 'sandbox-scriptix-webhook-secret';

/** Valid credentials, one per verification method. */
export const SESSIONS = { apiGeneration: 'sessions' };
export const SESSIONS_TOKEN = { apiGeneration: 'sessions', webhookVerification: 'token' };
export const STT = { apiGeneration: 'stt', webhookSecret: SIGNING_SECRET };
export const STT_TOKEN = { apiGeneration: 'stt', webhookVerification: 'token' };
/** A new user's credential: batch upload, verified by a token, since there is no Webhook Secret. */
export const DEFAULTS = {};

export const WORKING: Array<[string, ICredentialDataDecryptedObject]> = [
	['sessions and a header', SESSIONS],
	['sessions and a token', SESSIONS_TOKEN],
	['batch upload and a signature', STT],
	['batch upload and a token', STT_TOKEN],
	['defaults, which use a token', DEFAULTS],
];

export const SESSION_PATH = '/api/v3/speech-to-text/session';

/** The sandbox for Scriptix and helpers for the nodes. */
export function useScriptix() {
	const service = useSandbox('scriptix');
	const open: TriggerEndpoint[] = [];
	afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));
	const setup = (credential: ICredentialDataDecryptedObject, more: Partial<Setup> = {}) =>
		service.setup({ ...more, credential });
	const NODE = { provider: 'scriptix' };

	return {
		service,
		setup,
		submit: async (
			parameters: INodeParameters,
			credential: ICredentialDataDecryptedObject,
			more: Partial<Setup> = {},
		): Promise<Result> => await submit({ ...NODE, ...parameters }, [inMemory(RECORDING)], setup(credential, more)),
		get: async (parameters: INodeParameters, credential: ICredentialDataDecryptedObject): Promise<Result> =>
			await get({ ...NODE, ...parameters }, [{ json: {} }], setup(credential)),
		/** Returns the ID of a job that has ended. */
		async finished(credential: ICredentialDataDecryptedObject, parameters: INodeParameters = {}): Promise<string> {
			const { json, error } = await submit(
				{ ...NODE, callback: 'none', ...parameters },
				[inMemory(RECORDING)],
				setup(credential),
			);
			expect(error).toBeUndefined();
			await service.sandbox.settled();
			return String(json[0]?.id);
		},
		async trigger(
			credential: ICredentialDataDecryptedObject,
			parameters: INodeParameters = {},
		): Promise<TriggerEndpoint> {
			const endpoint = await startTrigger({ ...NODE, ...parameters }, setup(credential));
			open.push(endpoint);
			return endpoint;
		},
	};
}

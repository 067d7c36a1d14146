import { createRequire } from 'node:module';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { type Connection, toConnection } from '../../nodes/Transcription/http/connection';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { type Session, sessionWith } from '../../nodes/Transcription/shared/session';
import type { Recorder } from './exchange';
import { asHelperResponse, type Transport } from './transport';

/** A real service, the sandbox, or a recording, together with an account. */
export interface Service {
	provider: Provider;
	/** The fields of the package's credential. */
	credential: ICredentialDataDecryptedObject;
	connection: Connection;
	transport: Transport;
}

/** @throws UserError if the fields aren't a valid credential */
export function toService(
	provider: Provider,
	credential: ICredentialDataDecryptedObject,
	transport: Transport,
): Service {
	return { provider, credential, connection: toConnection(credential, provider.regions), transport };
}

export const withKey = ({ provider, credential, transport }: Service, apiKey: string): Service =>
	toService(provider, { ...credential, apiKey }, transport);

/**
 * Opens a session that sends requests exactly as the nodes do (authentication, retries, time limits, and explanations of
 * errors are the package's own), except that n8n's request helper is replaced by a recorded transport.
 */
export function openRecordedSession(service: Service, recorder: Recorder, signal: AbortSignal): Session {
	const { provider, credential, connection, transport } = service;
	const send = async (options: IHttpRequestOptions, isSigned: boolean) => {
		const response = await transport(options, isSigned);
		recorder.add({ method: options.method ?? 'GET', url: options.url, isSigned, ...response });
		return asHelperResponse(response);
	};
	const authenticate = authenticationOf(provider);
	const context = {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => await send(options, true),
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await send(await authenticate(credential, options), false),
		},
		getCredentials: async (): Promise<IDataObject> => credential as IDataObject,
		getExecutionCancelSignal: () => signal,
	};
	return sessionWith(context as unknown as IExecuteFunctions, provider, connection);
}

const load = createRequire(__filename);
const CREDENTIALS = join(__dirname, '../../credentials');

type Authenticate = (
	credential: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

function authenticationOf({ credentialType }: Provider): Authenticate {
	const name = credentialType.charAt(0).toUpperCase() + credentialType.slice(1);
	const { [name]: Type } = load(join(CREDENTIALS, `${name}.credentials.ts`)) as Record<
		string,
		new () => ICredentialType
	>;
	const authenticate = Type && new Type().authenticate;
	if (typeof authenticate !== 'function') throw new Error(`The credential ${name} has no function that authenticates`);
	return authenticate;
}

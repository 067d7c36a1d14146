import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { providerCalled, variable } from '../demo/services';
import { wholeNumber } from '../lib/options';

const USAGE = `Usage: npm run test:live -- [options]

  --provider <name>  The service to check. Can be repeated. Default: all services whose API key is set
  --record           Write redacted responses to test/fixtures/<provider>/
  --report <file>    Write the result as Markdown
  --base-url <url>   Use this API instead of the service's, e.g. a sandbox. Requires one --provider
  --port <number>    The local port that PUBLIC_URL forwards to. Default: 4020
  --help             Show this text

Environment variables, <NAME> is e.g. ASSEMBLYAI or SONIOX:
  <NAME>_API_KEY     Required. Each submit is charged to this account
  <NAME>_REGION      A region of the credential
  <NAME>_SETTINGS    Other fields of the credential as JSON, e.g. {"apiGeneration":"stt"}
  PUBLIC_URL         A tunnel to the local port. Enables callbacks and submitting by URL
  SAMPLE_URL         A public URL of samples/thank-you.wav. Enables submitting by URL without a tunnel`;

/** A service to check, and how to log in to it. */
export interface Account {
	provider: Provider;
	/** The fields of the package's credential. */
	credential: ICredentialDataDecryptedObject;
	/** The fields that only this provider's credential has. */
	settings: ICredentialDataDecryptedObject;
}

export interface Options {
	accounts: readonly Account[];
	/** Folder for recorded responses; undefined if they aren't recorded. */
	fixtures: string | undefined;
	reportFile: string | undefined;
	port: number;
	/** Without a trailing slash. */
	publicUrl: string | undefined;
	sampleUrl: string | undefined;
}

export const FIXTURES = join(__dirname, '../../test/fixtures');

/**
 * Reads the arguments and the environment.
 * @returns a text to print instead of running anything, or the options
 * @throws Error describing what is missing or invalid
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | string {
	const values = valuesOf(args);
	if (values.help) return USAGE;
	const named = values.provider?.map(providerCalled);
	for (const provider of named ?? []) {
		const key = variable(provider, 'API_KEY');
		if (!env[key]) throw new Error(`${key} isn't set. The check needs an account at ${provider.displayName}.`);
	}
	const providers = named ?? PROVIDERS.filter((provider) => env[variable(provider, 'API_KEY')]);
	const baseUrl = values['base-url'];
	if (baseUrl !== undefined && named?.length !== 1) throw new Error('--base-url requires one --provider.');
	if (providers.length === 0) {
		const keys = PROVIDERS.map((provider) => variable(provider, 'API_KEY')).join(', ');
		return `No API key is set, so there is nothing to check. Set at least one of: ${keys}.`;
	}
	return {
		accounts: providers.map((provider) => accountOf(provider, baseUrl, env)),
		fixtures: values.record ? FIXTURES : undefined,
		reportFile: values.report,
		port: wholeNumber(values.port ?? '4020', 'port', 0),
		publicUrl: originIn(env, 'PUBLIC_URL'),
		sampleUrl: env['SAMPLE_URL'] || undefined,
	};
}

function valuesOf(args: string[]) {
	const options = {
		provider: { type: 'string', multiple: true },
		record: { type: 'boolean', default: false },
		report: { type: 'string' },
		'base-url': { type: 'string' },
		port: { type: 'string' },
		help: { type: 'boolean', default: false },
	} as const;
	try {
		return parseArgs({ args, options }).values;
	} catch (cause) {
		throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
	}
}

function accountOf(provider: Provider, baseUrl: string | undefined, env: NodeJS.ProcessEnv): Account {
	const settings = settingsIn(env, variable(provider, 'SETTINGS'));
	const region = env[variable(provider, 'REGION')] || provider.regions[0]?.value || 'custom';
	const isKnown = provider.regions.some(({ value }) => value === region);
	if (baseUrl === undefined && !isKnown) {
		const regions = provider.regions.map(({ value }) => value).join(', ');
		throw new Error(`${variable(provider, 'REGION')} is "${region}". It must be one of: ${regions}.`);
	}
	const apiKey = env[variable(provider, 'API_KEY')] ?? '';
	const credential: ICredentialDataDecryptedObject =
		baseUrl === undefined ? { ...settings, apiKey, region } : { ...settings, apiKey, region: 'custom', baseUrl };
	return { provider, settings, credential };
}

function settingsIn(env: NodeJS.ProcessEnv, name: string): ICredentialDataDecryptedObject {
	const text = env[name];
	if (!text) return {};
	// The value may contain secrets, so it isn't part of the message.
	try {
		const settings: unknown = JSON.parse(text);
		if (settings !== null && typeof settings === 'object' && !Array.isArray(settings)) {
			return settings as ICredentialDataDecryptedObject;
		}
	} catch {
		// The error below says what is expected.
	}
	throw new Error(`${name} must be a JSON object, e.g. {"apiGeneration":"stt"}.`);
}

function originIn(env: NodeJS.ProcessEnv, name: string): string | undefined {
	const url = env[name];
	if (!url) return undefined;
	if (!/^https?:\/\/[^/?#]+\/?$/.test(url)) {
		throw new Error(`${name} is "${url}". It must be a URL without a path, e.g. https://my-tunnel.example.com`);
	}
	return url.replace(/\/$/, '');
}

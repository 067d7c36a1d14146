import { parseArgs } from 'node:util';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { providerCalled, variable } from './services';

/** Options of the demo. */
interface Options {
	/** The provider that is initially selected in the workflow. */
	provider: Provider;
	/** The https URL at which real services reach n8n, without a trailing slash; undefined for the sandbox. */
	publicUrl: string | undefined;
	/** Whether to exit after the demo. */
	once: boolean;
}

/**
 * Reads the arguments and the environment of `npm start`. A real service requires its API key, and PUBLIC_URL so that it can
 * reach n8n.
 * @throws Error describing what is missing or invalid
 */
export function readOptions(words: string[], env: NodeJS.ProcessEnv): Options {
	const values = valuesOf(words);
	const provider = providerCalled(values.provider ?? (env['TRANSCRIPTION_PROVIDER'] || 'assemblyAi'));
	return { provider, publicUrl: publicUrlFor(provider, env), once: values.once };
}

function valuesOf(args: string[]) {
	const options = { provider: { type: 'string' }, once: { type: 'boolean', default: false } } as const;
	try {
		return parseArgs({ args, options }).values;
	} catch (cause) {
		const names = PROVIDERS.map(({ name }) => name).join('|');
		throw new Error(`${(cause as Error).message}\nUsage: npm start -- [--provider ${names}] [--once]`, { cause });
	}
}

function publicUrlFor(provider: Provider, env: NodeJS.ProcessEnv): string | undefined {
	const publicUrl = env['PUBLIC_URL'];
	const key = variable(provider, 'API_KEY');
	if (!env[key] && !publicUrl) return undefined;
	if (!env[key]) {
		const other = PROVIDERS.find((candidate) => env[variable(candidate, 'API_KEY')]);
		const hint = other ? ` ${variable(other, 'API_KEY')} is set: add "--provider ${other.name}" to use that one.` : '';
		throw new Error(
			`PUBLIC_URL is set, but ${key} isn't. Set both to use the real service, or neither to use the sandbox.${hint}`,
		);
	}
	if (!publicUrl) {
		throw new Error(
			`${key} is set, but PUBLIC_URL isn't. ${provider.displayName} sends callbacks to n8n: start a tunnel to its port and set ` +
				"PUBLIC_URL to the tunnel's https URL. Set neither to use the sandbox.",
		);
	}
	if (!/^https:\/\/[^/?#]+\/?$/.test(publicUrl)) {
		throw new Error(
			`PUBLIC_URL is "${publicUrl}". It must be an https URL without a path, e.g. https://my-tunnel.example.com`,
		);
	}
	return publicUrl.replace(/\/$/, '');
}

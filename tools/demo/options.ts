import { parseArgs } from 'node:util';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { providerCalled, variable } from './services';

/** What one demonstration shall show. */
export interface Options {
	/** The service that the workflow uses at first. */
	provider: Provider;
	/** https address under which real services reach n8n, without slash at the end; undefined for the sandbox. */
	publicUrl: string | undefined;
	/** Whether to end after the demonstration. */
	once: boolean;
}

/**
 * From `npm start`'s words and environment. A real service needs its key and PUBLIC_URL, since it must reach n8n.
 * @throws saying what is missing or wrong
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
		throw new Error(`PUBLIC_URL is set, ${key} is not. Set both for the real service, none for the sandbox.${hint}`);
	}
	if (!publicUrl) {
		throw new Error(
			`${key} is set, PUBLIC_URL is not. ${provider.displayName} calls n8n back: start a tunnel to its port and set ` +
				"PUBLIC_URL to the tunnel's https address. Set neither to use the sandbox.",
		);
	}
	if (!/^https:\/\/[^/?#]+\/?$/.test(publicUrl)) {
		throw new Error(`PUBLIC_URL is "${publicUrl}". It must be an https address without a path, e.g. https://my-tunnel.example.com`);
	}
	return publicUrl.replace(/\/$/, '');
}

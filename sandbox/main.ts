import { parseArgs } from 'node:util';

import type { ProviderName } from './providers';
import { startSandbox } from './sandbox';
import type { SandboxOptions } from './types';

const USAGE = `Usage: npm run sandbox -- [options]
  --port N                     port on 127.0.0.1 (4010)
  --speed N                    sandbox seconds per real second (1)
  --job-seconds N              total sandbox seconds a job takes
  --seed N                     seed of the random faults
  --refuse-private-callbacks   reject callback URLs that a service on the internet can't reach
  --help`;

function readOptions(): SandboxOptions | null {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			speed: { type: 'string' },
			'job-seconds': { type: 'string' },
			seed: { type: 'string' },
			'refuse-private-callbacks': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return null;
	const number = (text: string | undefined, name: string) => {
		if (text === undefined) return undefined;
		const value = Number(text);
		if (!Number.isFinite(value) || value < 0)
			throw new Error(`--${name} must be a number that isn't negative, not "${text}"`);
		return value;
	};
	return {
		port: number(values.port, 'port'),
		speed: number(values.speed, 'speed'),
		jobSeconds: number(values['job-seconds'], 'job-seconds'),
		seed: number(values.seed, 'seed'),
		allowPrivateCallbacks: !values['refuse-private-callbacks'],
	};
}

async function main(): Promise<void> {
	const options = readOptions();
	if (!options) {
		console.log(USAGE);
		return;
	}
	const sandbox = await startSandbox(options);
	for (const { name, title, baseUrl } of sandbox.state().providers) {
		console.log(`${title}: ${baseUrl}`);
		for (const { apiKey, balance } of sandbox.accounts(name as ProviderName)) {
			console.log(`  API key: ${apiKey}${balance === 'exhausted' ? ' (no balance left)' : ''}`);
		}
	}
	console.log(`Samples: ${sandbox.origin}/samples`);
	console.log(`Control API: ${sandbox.origin}/_sandbox/`);
	console.log(`Speed: ${sandbox.clock.speed}, seed: ${sandbox.seed}`);
	const stop = () => void sandbox.close();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

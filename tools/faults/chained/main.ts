import { startSandbox } from '../../../sandbox';
import { ensurePackedPackage } from '../../lib/packedPackage';
import { N8nClient } from '../../n8n';
import { openHouse } from '../house';
import { startObserver } from './observer';
import { readChainedOptions } from './options';
import { chainedReport, complaintsAboutChained } from './report';
import type { Result } from './result';
import { runScenario } from './run';
import { nameOf } from './scenarios';

/** In ms. After five seconds without an answer from its database, as on a busy machine, n8n refuses every request. */
const PATIENT = { N8N_DB_PING_TIMEOUT: '120000', DB_PING_TIMEOUT_MS: '120000' };

/** Runs the scenarios on one n8n, prints the report and sets the exit code. */
export async function chained(args: string[], say: (line: string) => void): Promise<void> {
	const options = readChainedOptions(args);
	if (!options) return;
	console.log(`Seed: ${options.seed}`);
	const tarball = options.tarball ?? (await ensurePackedPackage(say));
	const sandbox = await startSandbox({ port: 0, seed: options.seed, acknowledgeSeconds: 60 });
	const observer = await startObserver();
	const house = await openHouse(options, tarball, say, PATIENT);
	const results: Result[] = [];
	try {
		const client = new N8nClient(house.n8n.url);
		await client.signIn();
		const credential = await client.createCredential('AssemblyAI account', 'assemblyAiTranscriptionApi', {
			apiKey: sandbox.accounts('assemblyAi')[0]?.apiKey ?? '',
			region: 'custom',
			baseUrl: sandbox.baseUrl('assemblyAi'),
		});
		for (const scenario of options.scenarios) {
			const result = await runScenario(scenario, { options, sandbox, observer, client, credential, n8nUrl: house.n8n.url, say });
			results.push(result);
			say(`${nameOf(scenario)}: ${result.continuedTwice} of ${result.started} continued twice, ${result.repeatedSubmits} submits repeated`);
		}
	} finally {
		await house.close();
		await observer.close();
		await sandbox.close();
		if (results.length > 0) console.log(`\n${chainedReport(options, results)}\n`);
	}
	const complaints = complaintsAboutChained(results);
	for (const complaint of complaints) console.error(`FAILED: ${complaint}`);
	process.exitCode = complaints.length === 0 ? 0 : 1;
}

import { startSandbox } from '../../../sandbox';
import { ensurePackedPackage } from '../../lib/packedPackage';
import { slowDatabase } from '../../n8n';
import { openKillableN8n } from '../n8nInstance';
import { writeSection } from '../report';
import { killResultProblems } from './killResult';
import { type Killed, runKills } from './kills';
import { startObserver } from './observer';
import { readChainedOptions } from './options';
import { chainedReport, scenarioProblems, kindOf, KINDS } from './report';
import type { Result } from './result';
import { runScenario } from './runScenario';
import { nameOf } from './scenarios';

/** Runs the scenarios on one n8n, prints a report per kind, and sets the exit code. */
export async function chained(args: string[], say: (line: string) => void): Promise<void> {
	const options = readChainedOptions(args);
	if (!options) return;
	console.log(`Seed: ${options.seed}`);
	const tarball = options.tarball ?? (await ensurePackedPackage(say));
	const sandbox = await startSandbox({ port: 0, seed: options.seed, acknowledgeSeconds: 60 });
	const observer = await startObserver();
	const n8nInstance = await openKillableN8n(options, tarball, say, slowDatabase(options.version));
	const problems: string[] = [];
	try {
		const { client } = n8nInstance;
		const credential = await client.createCredential('AssemblyAI account', 'assemblyAiTranscriptionApi', {
			apiKey: sandbox.accounts('assemblyAi')[0]?.apiKey ?? '',
			region: 'custom',
			baseUrl: sandbox.baseUrl('assemblyAi'),
		});
		const testbed = { options, sandbox, observer, client, credential, n8nUrl: n8nInstance.n8n.url, say };
		for (const kind of KINDS) {
			const scenarios = options.scenarios.filter((scenario) => kindOf(scenario) === kind);
			if (scenarios.length === 0) continue;
			const begunAt = Date.now();
			const results: Result[] = [];
			let killed: Killed | undefined;
			try {
				for (const scenario of scenarios) {
					if (kind === 'kills') {
						killed = await runKills(scenario, testbed, n8nInstance, options.kills);
						continue;
					}
					const result = await runScenario(scenario, testbed);
					results.push(result);
					say(
						`${nameOf(scenario)}: ${result.continuedTwice} of ${result.started} continued twice, ${result.repeatedSubmits} submits repeated`,
					);
				}
			} finally {
				if (killed || results.length > 0)
					console.log(`\n${chainedReport(options, kind, (Date.now() - begunAt) / 60_000, results, killed)}\n`);
			}
			if (options.write)
				writeSection(
					`${kind}, ${options.mode} mode`,
					chainedReport(options, kind, (Date.now() - begunAt) / 60_000, results, killed),
				);
			problems.push(...scenarioProblems(results), ...killResultProblems(killed?.results ?? []));
		}
	} finally {
		await n8nInstance.close();
		await observer.close();
		await sandbox.close();
	}
	for (const problem of problems) console.error(`FAILED: ${problem}`);
	process.exitCode = problems.length === 0 ? 0 : 1;
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readComposeFile, readDockerfile } from '../../tools/lib/dockerPage';
import { ensureHost, N8nClient, packedPackage, projectFolder, type RunningN8n, startN8n } from '../../tools/n8n';
import { npmEnvironment } from '../../tools/n8n/npm';
import { MINUTES, node } from './harness';

/** The page describes the image of n8n 2.41, and n8n 2.8 has neither some of these settings nor a report to version 3. */
const describeOnNewest = process.env.N8N_VERSION === '2.8' ? describe.skip : describe;

/** Returns the text of all JavaScript files below a folder. */
function scriptsBelow(folder: string): string {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
		.join('\n');
}

const pages = ['README.md', ...readdirSync(join(projectFolder, 'docs')).map((name) => join('docs', name))].filter(
	(name) => name.endsWith('.md'),
);

describeOnNewest('the documentation of the installation', () => {
	it('only names environment variables that n8n 2.41 reads', async () => {
		const { folder } = await ensureHost('2.41');
		const modules = join(folder, 'node_modules');
		const code = ['n8n', 'n8n-core', '@n8n/config', '@n8n/db', '@n8n/backend-common']
			.map((name) => scriptsBelow(join(modules, name, 'dist')))
			.join('\n');
		const named = pages.flatMap((page) => [
			...readFileSync(join(projectFolder, page), 'utf8').matchAll(
				/\b(?:N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|OFFLOAD)_[A-Z0-9_]*[A-Z0-9]/g,
			),
		]);
		const names = [...new Set(named.map(([name]) => name))];
		expect(names.length).toBeGreaterThan(20);
		expect(names.filter((name) => !code.includes(name))).toEqual([]);
	});
});

describeOnNewest('the image and the settings in docs/docker.md', () => {
	/** A temporary folder, used instead of the container's `/home/node`. */
	let home: string;
	let n8n: RunningN8n;
	let client: N8nClient;
	beforeAll(async () => {
		home = mkdtempSync(join(tmpdir(), 'transcription-docker-'));
		const inHome = (text: string) => text.replaceAll('/home/node', home);
		const { node: nodeJs } = await ensureHost('2.41');
		for (const [name, argument] of readDockerfile()) {
			if (name !== 'RUN') continue;
			execFileSync('sh', ['-ec', inHome(argument)], {
				cwd: home,
				env: npmEnvironment(dirname(nodeJs.path), { HOME: home, PACKAGE_VERSION: `file:${packedPackage}` }),
				stdio: 'pipe',
			});
		}
		// Without the database, the queue, and what the test's own n8n sets.
		const { environment = {} } = readComposeFile().services.main ?? {};
		const env = Object.fromEntries(
			Object.entries(environment)
				.filter(([key]) => !/^(DB_|QUEUE_|EXECUTIONS_MODE|WEBHOOK_URL|N8N_ENCRYPTION_KEY|N8N_DISABLE)/.test(key))
				.map(([key, value]) => [key, inHome(value)]),
		);
		n8n = await startN8n({ version: '2.41', userFolder: home, env });
		client = new N8nClient(n8n.url);
		await client.signIn();
	}, 10 * MINUTES);
	afterAll(async () => {
		await n8n?.stop();
		rmSync(home, { recursive: true, force: true });
	}, MINUTES);

	it('install the package alone', () => {
		expect(readdirSync(join(home, '.n8n/nodes/node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
			'n8n-nodes-transcription',
		]);
		expect(existsSync(join(home, '.n8n/storage'))).toBe(true);
	});

	it.each(['transcription', 'transcriptionTrigger'])(
		'let n8n load %s under the name that templates use',
		async (name) => {
			const type = await client.nodeType(`n8n-nodes-transcription.${name}`);
			expect(type.displayName).toMatch(/^Transcription/);
		},
	);

	it('check the health of main with a command that succeeds when n8n is ready, and fails when nothing answers', () => {
		const [kind, command = '', ...args] = readComposeFile().services.main?.healthcheck?.test ?? [];
		const check = (port: number) =>
			execFileSync(
				command,
				args.map((argument) => argument.replace(':5678', `:${port}`)),
			);
		expect(kind).toBe('CMD');
		expect(() => check(n8n.port)).not.toThrow();
		expect(() => check(1)).toThrow(/Command failed/);
	});

	it('leave nothing to n8n’s migration report to version 3 that they could set', async () => {
		const { report } = await client.session.rest<{ report: { instanceResults: Array<{ ruleId: string }> } }>(
			'POST',
			'/breaking-changes/report/refresh?version=v3',
		);
		// Whether n8n runs in a container depends on the machine that runs this test.
		const findings = report.instanceResults.map(({ ruleId }) => ruleId).filter((id) => !id.startsWith('docker-only'));
		// These concern other nodes and the editor.
		expect(findings.sort()).toEqual([
			'compression-node-limits-v3',
			'task-runner-task-timeout-v3',
			'workflow-import-url-removed-v3',
		]);
	});

	it('keep recordings in the storage folder', async () => {
		const { id } = await client.createWorkflow({
			name: 'File',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
				node('File', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'toJson', options: {} }),
			],
			connections: { Start: { main: [[{ node: 'File', type: 'main', index: 0 }]] } },
		});
		const { executionId = '' } = await client.runManually({ workflowId: id, triggerNodeName: 'Start' });
		await client.waitForExecution(executionId, MINUTES);
		const stored = readdirSync(join(home, '.n8n/storage'), { recursive: true }).map(String);
		expect(stored.some((path) => path.includes('binary_data'))).toBe(true);
		expect(existsSync(join(home, '.n8n/binaryData'))).toBe(false);
	});
});

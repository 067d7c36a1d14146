import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readComposeFile, readDockerfile, readManagedPackages } from '../../tools/lib/dockerPage';
import { projectFolder } from '../../tools/n8n';

const manifest = (folder: string) =>
	JSON.parse(readFileSync(join(projectFolder, folder, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
		dependencies: Record<string, string>;
	};
const { name: packageName, version } = manifest('');

describe('the Dockerfile in docs/docker.md', () => {
	const instructions = readDockerfile();
	const [, run = ''] = instructions.find(([name]) => name === 'RUN') ?? [];

	it('extends the image of the newest n8n that the package is tested with', () => {
		const tested = manifest('tools/n8n/hosts/2.41').dependencies.n8n;
		expect(instructions.map(([name]) => name)).toEqual(['FROM', 'ARG', 'USER', 'RUN']);
		expect(instructions[0]).toEqual(['FROM', `n8nio/n8n:${tested}`]);
	});

	it('installs the package as the user node, in the folder that n8n scans, without the peer dependency', () => {
		expect(instructions).toContainEqual(['USER', 'node']);
		expect(run).toContain('cd /home/node/.n8n/nodes ');
		expect(run).toContain(`"${packageName}@\${PACKAGE_VERSION}"`);
		expect(run).toContain(' --legacy-peer-deps ');
	});

	it('creates the storage folder, so that a new volume belongs to the user node', () => {
		expect(run).toMatch(/^mkdir -p .*\/home\/node\/\.n8n\/storage /);
	});
});

describe('compose.yaml in docs/docker.md', () => {
	const { services, volumes } = readComposeFile();
	const n8n = Object.entries(services).filter(([, { build }]) => build !== undefined);
	const { main, worker, webhook } = services;

	it('builds the same image for main, the worker, and the webhook processor', () => {
		expect(n8n.map(([name, { build }]) => [name, build])).toEqual([
			['main', '.'],
			['worker', '.'],
			['webhook', '.'],
		]);
		expect([main?.command, worker?.command, webhook?.command]).toEqual([
			undefined,
			'worker --concurrency=10',
			'webhook',
		]);
	});

	it('mounts only the storage folder, because a volume above it would hide the package', () => {
		for (const [, { volumes: mounts, environment }] of n8n) {
			expect(mounts).toEqual(['storage:/home/node/.n8n/storage']);
			expect(environment?.N8N_STORAGE_PATH).toBe('/home/node/.n8n/storage');
			expect(environment?.N8N_DEFAULT_BINARY_DATA_MODE).toBe('filesystem');
		}
	});

	it('declares the volumes that it uses', () => {
		const used = Object.values(services).flatMap((service) => service.volumes ?? []);
		expect([...new Set(used.map((mount) => mount.split(':')[0]))].sort()).toEqual(Object.keys(volumes).sort());
	});

	it('gives all processes the same settings, except that main receives no callbacks', () => {
		const { N8N_DISABLE_PRODUCTION_MAIN_PROCESS, ...shared } = main?.environment ?? {};
		expect(N8N_DISABLE_PRODUCTION_MAIN_PROCESS).toBe('true');
		expect(worker?.environment).toEqual(shared);
		expect(webhook?.environment).toEqual(shared);
		expect(shared).toMatchObject({
			EXECUTIONS_MODE: 'queue',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		});
	});

	it('only contains text as values of variables, as Docker requires', () => {
		for (const { environment = {} } of Object.values(services))
			for (const value of Object.values(environment)) expect(typeof value).toBe('string');
	});

	it('starts the others after main, which migrates the database', () => {
		for (const service of [worker, webhook])
			expect(service?.depends_on).toEqual({ main: { condition: 'service_healthy' } });
		// Docker can only wait for a healthy service that has a command to check its health.
		for (const service of [main, ...Object.keys(main?.depends_on ?? {}).map((name) => services[name])]) {
			const [form, ...command] = service?.healthcheck?.test ?? [];
			expect(['CMD', 'CMD-SHELL']).toContain(form);
			expect(command.join(' ')).toMatch(/\w/);
		}
	});
});

describe('the environment variables in docs/docker.md', () => {
	it('list this package in the form that n8n accepts', () => {
		const { N8N_COMMUNITY_PACKAGES: list = '', ...more } = readManagedPackages();
		expect(JSON.parse(list)).toEqual([{ name: packageName, version }]);
		expect(more).toEqual({
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
		});
	});
});

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import { keywords, n8n, publishConfig, repository, scripts, version } from '../../package.json';
import { allSuites } from '../../tools/suites/suites';
import { problemsOf, sectionOf } from '../../tools/release/problems';

const root = join(__dirname, '../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

const workflows = readdirSync(join(root, '.github/workflows'));
const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');

/** Returns the commands that a workflow runs, including multiline blocks. */
function commandsIn(workflow: string): string[] {
	const [, ...steps] = workflow.split(/^ *(?:- )?run: /m);
	return steps.flatMap((step) => {
		const [first = '', ...rest] = step.split('\n');
		if (first !== '|') return [first];
		const indent = /^ */.exec(rest[0] ?? '')?.[0] ?? '';
		const end = rest.findIndex((line) => line !== '' && !line.startsWith(indent));
		return rest.slice(0, end === -1 ? rest.length : end).map((line) => line.trim());
	});
}

interface Step {
	name?: string;
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

interface Job {
	container?: string;
	needs?: string | string[];
	permissions?: Record<string, string>;
	outputs?: Record<string, string>;
	steps: Step[];
}

interface Workflow {
	permissions?: unknown;
	jobs: Record<string, Job>;
}

/** The permissions of jobs that need more than read access to the code. */
const PERMISSIONS: Record<string, Record<string, string>> = {
	publish: { 'id-token': 'write' },
	analyze: { contents: 'read', 'security-events': 'write' },
	report: { contents: 'read', issues: 'write' },
};

const commandsOf = ({ steps }: Job) =>
	steps
		.flatMap(({ run = '' }) => run.split('\n'))
		.map((line) => line.trim())
		.filter((line) => line !== '');
const actionsOf = ({ steps }: Job) => steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);

it.each([
	...workflows.map((name) => ['.github/workflows', name]),
	...readdirSync(join(root, '.github/ISSUE_TEMPLATE')).map((name) => ['.github/ISSUE_TEMPLATE', name]),
])('%s/%s is valid YAML without warnings', (folder, name) => {
	const { errors, warnings } = parseDocument(read(folder, name));
	expect([...errors, ...warnings]).toEqual([]);
});

describe.each(workflows)('workflow %s', (name) => {
	const workflow = read('.github/workflows', name);

	it('only runs npm scripts, test suites, and files that exist', () => {
		const commands = commandsIn(workflow);
		if (name !== 'codeql.yml') expect(commands.length).toBeGreaterThan(0);
		const suites = allSuites({ wait: async () => {} }).map((suite) => suite.name);
		for (const command of commands) {
			const script = /^npm run (\S+)/.exec(command)?.[1];
			if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
			const named = /^npm test -- (.+)/.exec(command)?.[1]?.split(' ') ?? [];
			expect(suites).toEqual(expect.arrayContaining(named));
			const file = /^(?:bash|node|npx tsx) ([\w./-]+)/.exec(command)?.[1];
			if (file !== undefined) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
		}
	});

	const { permissions, jobs } = parse(workflow) as Workflow;

	it('only uses GitHub’s actions, pinned by commit, with the version as a comment', () => {
		const uses = workflow.split('\n').filter((line) => line.includes('uses:'));
		expect(uses.length).toBe(Object.values(jobs).flatMap(actionsOf).length);
		expect(
			uses.filter(
				(line) =>
					!/^ +(?:- )?uses: (?:actions|github\/codeql-action)\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line),
			),
		).toEqual([]);
	});

	it('pins containers by digest', () => {
		const containers = Object.values(jobs).flatMap(({ container }) => container ?? []);
		expect(containers.filter((container) => !/^node:20-bookworm@sha256:[0-9a-f]{64}$/.test(container))).toEqual([]);
	});

	it('grants no permissions by default, and each job only those that it declares', () => {
		expect(permissions).toEqual({});
		for (const [job, { permissions: granted }] of Object.entries(jobs)) {
			expect([job, granted]).toEqual([job, PERMISSIONS[job] ?? { contents: 'read' }]);
		}
	});

	it('doesn’t persist a token in the checkout', () => {
		const checkouts = Object.values(jobs).flatMap(({ steps }) =>
			steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
		);
		expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
	});

	it('has time limits', () => {
		const jobs = workflow.match(/^ {4}runs-on:/gm)?.length;
		expect(workflow.match(/^ {4}timeout-minutes: \d+$/gm)?.length).toBe(jobs);
	});
});

describe('the live check', () => {
	const { jobs } = parse(read('.github/workflows/live.yml')) as { jobs: Record<'check' | 'report', Job> };

	it('runs neither our code nor dependencies in the job that can write issues', () => {
		expect(actionsOf(jobs.report)).toEqual(['actions/download-artifact']);
		expect(commandsOf(jobs.report).join('\n')).not.toMatch(/\b(npm|npx|node|bash|git)\b/);
	});

	it('has a secret for each provider', () => {
		const env = jobs.check.steps.find(({ run }) => run?.startsWith('npm run test:live'))?.env ?? {};
		const keys = PROVIDERS.map(({ name }) => `${name.toUpperCase()}_API_KEY`);
		expect(Object.keys(env).filter((name) => name.endsWith('_API_KEY'))).toEqual(keys);
		for (const key of keys) expect(env[key]).toBe(`\${{ secrets.${key} }}`);
	});
});

describe('publishing', () => {
	const workflow = read('.github/workflows/publish.yml');
	const { jobs } = parse(workflow) as { jobs: Record<'build' | 'test' | 'publish', Job> };
	const CHECK = 'echo "$SHA512  package.tgz" | sha512sum --check --strict';
	const HASH = '${{ needs.build.outputs.sha512 }}';
	const checkOf = ({ steps }: Job) => steps.find(({ run }) => run?.startsWith(CHECK));

	it('runs neither our code nor dependencies in the job that authenticates to npm', () => {
		expect(Object.keys(jobs)).toEqual(['build', 'test', 'publish']);
		expect(actionsOf(jobs.publish)).toEqual(['actions/setup-node', 'actions/download-artifact']);
		expect(commandsOf(jobs.publish)).toEqual([
			CHECK,
			'if [ -n "$NPM_TOKEN" ]; then',
			'registry="$(npm config get registry)"',
			'npm config set "${registry#https:}:_authToken" "$NPM_TOKEN"',
			'fi',
			'npm publish ./package.tgz --provenance --access public --ignore-scripts',
		]);
		expect(workflow.match(/secrets\./g)).toHaveLength(1);
	});

	it('packs in a job that only builds, and only uploads the package', () => {
		expect(jobs.build.outputs).toEqual({ sha512: '${{ steps.hash.outputs.sha512 }}' });
		expect(commandsOf(jobs.build)).toContain('bash .ci/pack');
		expect(commandsOf(jobs.build).join('\n')).not.toMatch(/npm (ci|install|test)|\.ci\/run/);
		expect(read('.ci/pack')).toMatch(
			/^npm ci --ignore-scripts\nnpm run build\nmv "\$\(npm pack --ignore-scripts --silent\)" package\.tgz$/m,
		);
		const uploads = Object.values(jobs).flatMap(({ steps }) =>
			steps.filter(({ uses }) => uses?.includes('upload-artifact')),
		);
		expect(uploads.map((step) => step.with?.path)).toEqual(['package.tgz']);
		expect(jobs.build.steps).toContain(uploads[0]);
	});

	it('requires all tests to pass on the package of the build job', () => {
		expect([jobs.test.needs, jobs.publish.needs]).toEqual(['build', ['build', 'test']]);
		expect(checkOf(jobs.test)?.env).toEqual({ SHA512: HASH });
		expect(jobs.test.steps.at(-1)).toEqual({ run: 'bash .ci/run', env: { PACKAGE_TARBALL: 'package.tgz' } });
		// This order ensures that the verified package is the one that is tested.
		expect(jobs.test.steps.slice(-3).map(({ uses, run }) => uses?.split('@')[0] ?? run)).toEqual([
			'actions/download-artifact',
			CHECK,
			'bash .ci/run',
		]);
	});

	it('compares the package with the hash of the build job right before it is published', () => {
		expect(checkOf(jobs.publish)?.env).toMatchObject({ SHA512: HASH });
	});

	it('builds and tests with the same versions of Node and npm', () => {
		expect(jobs.build.container).toBe(jobs.test.container);
		expect((parse(read('.github/workflows/ci.yml')) as Workflow).jobs.full?.container).toBe(jobs.test.container);
	});

	it('is rejected without a provenance statement, such as from a developer’s machine', () => {
		expect(publishConfig).toEqual({ access: 'public', provenance: true });
	});

	it('only runs for version tags', () => {
		expect(workflow).toContain("tags: ['v[0-9]+.[0-9]+.[0-9]+']");
		expect(version).toMatch(/^\d+\.\d+\.\d+$/);
	});

	it('only packs the files that n8n needs and the licenses', () => {
		const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: root,
			encoding: 'utf8',
		});
		const [packed] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;
		const paths = packed?.files.map(({ path }) => path) ?? [];
		expect(paths).toEqual(
			expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/THIRD-PARTY-LICENSES']),
		);
		const foreign = paths.filter(
			(path) =>
				!/^(LICENSE|README\.md|package\.json|dist\/THIRD-PARTY-LICENSES|dist\/(nodes|credentials)\/[\w/.-]+\.(js|json|svg))$/.test(
					path,
				),
		);
		expect(foreign).toEqual([]);
	});

	it.each(PROVIDERS.map(({ displayName }) => displayName))(
		'makes %s findable on npm and in n8n’s search for nodes',
		(displayName) => {
			expect(keywords).toContain(displayName.toLowerCase());
			for (const node of n8n.nodes) {
				const { alias } = JSON.parse(read(node.replace(/\.js$/, '.json'))) as { alias: string[] };
				expect(alias).toContain(displayName);
			}
		},
	);
});

describe('changelog', () => {
	const changelog = read('CHANGELOG.md');

	it('has sections for the version in package.json and for unreleased changes', () => {
		expect(sectionOf(changelog, version)).toMatch(/\S/);
		expect(changelog.indexOf('## Unreleased')).toBeGreaterThan(-1);
		expect(changelog.indexOf('## Unreleased')).toBeLessThan(changelog.indexOf(`## ${version} - `));
	});

	const good = {
		tag: 'v1.2.0',
		version: '1.2.0',
		changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-28\n\n- A.\n\n## 1.1.0 - 2026-01-01\n\n- B.\n',
	};

	it('allows publishing a version that it describes', () => {
		expect(problemsOf(good)).toEqual([]);
		expect(sectionOf(good.changelog, '1.2.0')).toBe('- A.');
	});

	it.each([
		['another tag', { tag: 'v1.2.1' }, /the tag must be v1\.2\.0/],
		['a tag without v', { tag: '1.2.0' }, /the tag must be v1\.2\.0/],
		['no section', { changelog: good.changelog.replace('1.2.0', '1.3.0') }, /has no section “## 1\.2\.0/],
		['no date', { changelog: good.changelog.replace(' - 2026-11-28', '') }, /has no date/],
		['an empty section', { changelog: good.changelog.replace('- A.\n', '') }, /is empty/],
		[
			'unreleased entries',
			{ changelog: good.changelog.replace('Unreleased\n', 'Unreleased\n\n- C.\n') },
			/still has entries/,
		],
		[
			'no section for unreleased changes',
			{ changelog: good.changelog.replace('## Unreleased\n', '') },
			/doesn't begin with/,
		],
	])('blocks a version for %s', (_, defect, problem) => {
		expect(problemsOf({ ...good, ...defect })).toEqual([expect.stringMatching(problem)]);
	});
});

describe('GitHub forms', () => {
	it.each(forms)('%s has a name, and each question has a unique ID and a label', (name) => {
		const form = read('.github/ISSUE_TEMPLATE', name);
		expect(form).toMatch(/^name: .+\ndescription: .+\nlabels: \[.+\]\nbody:\n/);
		const [, ...questions] = form.split(/^ {2}- type: /m);
		const asked = questions.filter((question) => !question.startsWith('markdown'));
		expect(asked.length).toBeGreaterThan(2);
		for (const question of asked)
			expect(question).toMatch(/^(input|textarea|dropdown|checkboxes)\n {4}id: [a-z]+\n {4}attributes:\n {6}label: .+/);
		const ids = asked.map((question) => /id: (\w+)/.exec(question)?.[1]);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('offers every provider in the bug report', () => {
		const form = read('.github/ISSUE_TEMPLATE/bug_report.yml');
		for (const { displayName } of PROVIDERS) expect(form).toContain(`- ${displayName}\n`);
	});

	it('links to existing pages of this repository', () => {
		const home = repository.url.replace(/^git\+|\.git$/g, '');
		const texts = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).map((name) => read('.github/ISSUE_TEMPLATE', name));
		const links = texts.flatMap((text) => [...text.matchAll(/https:\/\/github\.com[^\s)]+/g)].map(([link]) => link));
		expect(links.length).toBeGreaterThan(2);
		for (const link of links) {
			expect(link.startsWith(home)).toBe(true);
			const file = /\/blob\/main\/([^#]+)/.exec(link)?.[1];
			if (file !== undefined) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
		}
	});
});

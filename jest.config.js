/** Dependencies of mockttp and @tryghost/errors that are published only as ES modules, which Jest can't require. */
const MODULES_ONLY = 'get-port|milliparsec|uuid';

const suite = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: {
		[`^.+\\.ts$|/node_modules/(${MODULES_ONLY})/.+\\.js$`]: [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(.+/node_modules/)?(${MODULES_ONLY})/)`],
	testEnvironment: 'node',
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/tools/.*/node_modules',
		'<rootDir>/\\.demo',
		'<rootDir>/\\.cache',
	],
});

/** One project per suite: `npx jest --selectProjects unit`. `npm test` runs them all, in this order. */
module.exports = {
	// Generous, so that tests don't fail only because the machine is busy.
	testTimeout: 30_000,
	testSequencer: '<rootDir>/test/longestFirst.js',
	projects: [
		...['unit', 'engine', 'contract', 'browser'].map(suite),
		...['editor', 'e2e', 'cms'].map((name) => ({
			...suite(name),
			globalSetup: '<rootDir>/test/e2e/shared/start.ts',
			globalTeardown: '<rootDir>/test/e2e/shared/stop.ts',
		})),
		{ ...suite('queue'), setupFiles: ['<rootDir>/test/queue/mode.ts'] },
	],
};

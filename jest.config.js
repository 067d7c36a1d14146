/** Required by mockttp and @tryghost/errors, and ES modules only, which Jest cannot require. */
const MODULES_ONLY = 'get-port|milliparsec|uuid';

const layer = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: { [`^.+\\.ts$|/node_modules/(${MODULES_ONLY})/.+\\.js$`]: ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
	transformIgnorePatterns: [`/node_modules/(?!(.+/node_modules/)?(${MODULES_ONLY})/)`],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/.*/node_modules', '<rootDir>/\\.demo', '<rootDir>/\\.cache'],
});

/** One project per layer: `npx jest --selectProjects unit`. `npm test` runs them all, in this order. */
module.exports = {
	// No statement about speed: a busy machine is no failure.
	testTimeout: 30_000,
	projects: [
		...['unit', 'engine', 'contract', 'browser', 'editor', 'e2e', 'cms'].map(layer),
		{ ...layer('queue'), setupFiles: ['<rootDir>/test/queue/mode.ts'] },
	],
};

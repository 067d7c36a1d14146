import { delimiter } from 'node:path';
import { runCommand, type CommandOptions } from './command';

/**
 * Variables that npm sets for its scripts. They must not reach an npm in another folder, because they would override that
 * folder's .npmrc.
 */
const OUTER_NPM =
	/^(npm_(lifecycle|package|command|node_execpath)|npm_config_(local_prefix|ignore_scripts|legacy_peer_deps|omit|include|production|only|package_lock|save|dry_run|workspace)|INIT_CWD$)/i;

/** Returns the environment for an npm in another folder: this process's environment, with the given Node first in PATH. */
export function npmEnvironment(nodeBinFolder: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !OUTER_NPM.test(name) && name !== 'NODE_ENV' && name !== 'NODE_OPTIONS',
	);
	return {
		...Object.fromEntries(inherited),
		PATH: `${nodeBinFolder}${delimiter}${process.env['PATH'] ?? ''}`,
		npm_config_update_notifier: 'false',
		...extra,
	};
}

/** Runs npm; see `runCommand` for options and errors. Install scripts only run if the arguments allow it. */
export async function npm(args: string[], options: CommandOptions): Promise<string> {
	const quiet = ['--no-audit', '--no-fund', '--legacy-peer-deps'];
	const scripts = args.some((arg) => arg.startsWith('--ignore-scripts')) ? [] : ['--ignore-scripts'];
	return await runCommand('npm', [...args, ...quiet, ...scripts], options);
}

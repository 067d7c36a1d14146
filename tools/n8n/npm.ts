import { delimiter } from 'node:path';
import { runCommand, type CommandOptions } from './command';

/**
 * What npm hands to the scripts it runs, and what must not reach an npm of another folder:
 * there it would outrank that folder's own .npmrc.
 */
const OUTER_NPM =
	/^(npm_(lifecycle|package|command|node_execpath)|npm_config_(local_prefix|ignore_scripts|legacy_peer_deps|omit|include|production|only|package_lock|save|dry_run|workspace)|INIT_CWD$)/i;

/** The environment for an npm in another folder: the user's own, with this Node first in PATH. */
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

/** Runs npm; options and errors as of `runCommand`. Scripts never run unless the arguments say so. */
export async function npm(args: string[], options: CommandOptions): Promise<string> {
	const quiet = ['--no-audit', '--no-fund', '--legacy-peer-deps'];
	const scripts = args.some((arg) => arg.startsWith('--ignore-scripts')) ? [] : ['--ignore-scripts'];
	return await runCommand('npm', [...args, ...quiet, ...scripts], options);
}

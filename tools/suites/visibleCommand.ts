import { spawn } from 'node:child_process';
import { projectFolder } from '../n8n/hosts';

/**
 * Runs a command in this repository with its output on the screen.
 * @returns the exit code
 * @throws Error if it doesn't end within `timeoutMs` and has to be killed
 */
export async function runVisibly(
	command: string,
	args: string[],
	{ env = {}, timeoutMs = 15 * 60_000 }: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<number> {
	const child = spawn(command, args, {
		cwd: projectFolder,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	let overdue = false;
	const timer = setTimeout(() => {
		overdue = true;
		child.kill('SIGKILL');
	}, timeoutMs);
	try {
		const code = await new Promise<number | null>((resolve, reject) =>
			child.once('error', reject).once('close', resolve),
		);
		if (overdue)
			throw new Error(`"${command} ${args.join(' ')}" didn't end within ${timeoutMs / 60_000} minutes and was killed`);
		return code ?? 1;
	} finally {
		clearTimeout(timer);
	}
}

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Receives a line of progress, without a line break. */
export type Progress = (line: string) => void;

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Description of the command for progress and errors, e.g. `building the package`. */
	label: string;
	onProgress?: Progress;
	/** File that the command's output is appended to. */
	logFile?: string;
	/** Whether to use low CPU priority, for long installations during time-sensitive tests. */
	lowPriority?: boolean;
}

const HEARTBEAT_MS = 15_000;
const TAIL_CHARACTERS = 4_000;

/** Keeps the last characters of a text that arrives in chunks. */
export function tailBuffer(limit: number): { add(text: string): void; text(): string } {
	let kept = '';
	return {
		add(text) {
			kept = (kept + text).slice(-limit);
		},
		text: () => kept,
	};
}

/**
 * Runs a command and reports progress every 15 seconds.
 * @returns the last 4,000 characters of its output (stdout and stderr)
 * @throws Error with the exit code and the end of the output if it fails
 */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, env, label, onProgress = () => {}, logFile, lowPriority = false }: CommandOptions,
): Promise<string> {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	const tail = tailBuffer(TAIL_CHARACTERS);
	const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
	onProgress(`${label} …`);
	const heartbeat = setInterval(() => onProgress(`${label} … ${seconds()}`), HEARTBEAT_MS);
	try {
		await new Promise<void>((resolve, reject) => {
			const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
			if (lowPriority && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
			for (const stream of [child.stdout, child.stderr]) {
				stream.setEncoding('utf8').on('data', (text: string) => {
					tail.add(text);
					log?.write(text);
				});
			}
			child.once('error', (cause) =>
				reject(new Error(`${label}: "${command}" couldn't be started: ${cause.message}`, { cause })),
			);
			child.once('close', (code, signal) => {
				if (code === 0) return resolve();
				const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
				reject(
					new Error(
						`${label}: "${command} ${args.join(' ')}" in ${cwd} ended after ${seconds()} with ${how}. ` +
							`Its last output:\n${tail.text().trim()}`,
					),
				);
			});
		});
	} finally {
		clearInterval(heartbeat);
		log?.end();
	}
	onProgress(`${label}: done in ${seconds()}`);
	return tail.text();
}

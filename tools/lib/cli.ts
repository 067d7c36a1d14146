/** Prints lines that begin with the number of seconds since this call. */
export function progressLogger(): { startedAt: Date; say(line: string): void } {
	const startedAt = new Date();
	const seconds = () => ((Date.now() - startedAt.getTime()) / 1000).toFixed(0).padStart(4);
	return { startedAt, say: (line) => console.log(`[${seconds()} s] ${line}`) };
}

/** Runs a command and exits, with code 1 if it throws. */
export function runCommandLine(main: () => Promise<void>): void {
	main()
		.catch((error: unknown) => {
			console.error(error);
			process.exitCode = 1;
		})
		// Connections that n8n's clients keep open would keep the process running.
		.finally(() => process.exit());
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** A program bundled into one JavaScript file, like the published package. */
interface Bundle {
	file: string;
	remove(): void;
}

/**
 * Measuring TypeScript compiled at run time would be misleading: the compiler preserves function names, which costs
 * time whenever a function is created.
 * @param entry the program's entry point, a TypeScript file
 */
export function bundle(entry: string): Bundle {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-bench-'));
	const file = join(folder, 'program.js');
	buildSync({
		entryPoints: [entry],
		outfile: file,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		logLevel: 'error',
	});
	return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

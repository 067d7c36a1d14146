import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** A program as one file of JavaScript, made as the package's own code is for n8n. */
export interface Bundle {
	file: string;
	remove(): void;
}

/**
 * TypeScript that is translated while it runs differs from what users run: it keeps the names of functions, which costs
 * time wherever one is made.
 * @param entry the TypeScript file in which the program begins
 */
export function bundle(entry: string): Bundle {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-bench-'));
	const file = join(folder, 'program.js');
	buildSync({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'error' });
	return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sampleSchema, type Sample } from './sample';

/** The recordings with a known transcript, indexed by a hash of their content. */
export class SampleLibrary {
	private readonly byHash = new Map<string, Sample>();

	/** Reads all descriptions in the folder. @throws ZodError if one is malformed */
	constructor(readonly folder: string) {
		for (const name of existsSync(folder) ? readdirSync(folder) : []) {
			if (!name.endsWith('.json')) continue;
			const sample = sampleSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
			this.byHash.set(sample.sha256, sample);
		}
	}

	/** Finds the sample with this content. */
	recognize(sha256: string): Sample | undefined {
		return this.byHash.get(sha256);
	}

	/** Returns all samples, sorted by file name. */
	list(): Sample[] {
		return [...this.byHash.values()].sort((a, b) => a.file.localeCompare(b.file));
	}

	/** Returns the full path of a sample's recording. @returns undefined if there is no such sample */
	path(file: string): string | undefined {
		return this.list().some((sample) => sample.file === file) ? join(this.folder, file) : undefined;
	}
}

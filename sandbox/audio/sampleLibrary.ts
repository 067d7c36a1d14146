import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sampleSchema, type Sample } from './sample';

/** The recordings whose true transcript is known, found by the hash of their content. */
export class SampleLibrary {
	private readonly byHash = new Map<string, Sample>();

	/** Reads every description in the folder. Throws ZodError when one is malformed. */
	constructor(readonly folder: string) {
		for (const name of existsSync(folder) ? readdirSync(folder) : []) {
			if (!name.endsWith('.json')) continue;
			const sample = sampleSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
			this.byHash.set(sample.sha256, sample);
		}
	}

	/** The sample with this content, whatever it is called. */
	recognize(sha256: string): Sample | undefined {
		return this.byHash.get(sha256);
	}

	/** All samples by file name. */
	list(): Sample[] {
		return [...this.byHash.values()].sort((a, b) => a.file.localeCompare(b.file));
	}

	/** Full path of a sample's recording, or undefined when there is no sample of that file name. */
	path(file: string): string | undefined {
		return this.list().some((sample) => sample.file === file) ? join(this.folder, file) : undefined;
	}
}

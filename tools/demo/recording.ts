import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../../sandbox';
import { projectFolder } from '../n8n';

/** A recording with a known transcript. */
export interface Recording {
	/** Absolute path. */
	path: string;
	sample: Sample;
}

export const samplesFolder = join(projectFolder, 'samples');

/**
 * The shortest English recording with two speakers, or the shortest recording if there is none.
 * @throws Error if there are no samples
 */
export function findRecording(): Recording {
	const descriptions = existsSync(samplesFolder)
		? readdirSync(samplesFolder).filter((name) => name.endsWith('.json'))
		: [];
	const samples = descriptions.map((name) => JSON.parse(readFileSync(join(samplesFolder, name), 'utf8')) as Sample);
	const isDialogue = ({ language, utterances }: Sample) =>
		language.startsWith('en') && new Set(utterances.map(({ speaker }) => speaker)).size === 2;
	const [sample] = samples.sort(
		(a, b) => Number(isDialogue(b)) - Number(isDialogue(a)) || a.durationSeconds - b.durationSeconds,
	);
	if (sample === undefined)
		throw new Error(`There is no recording in ${samplesFolder}. Restore that folder from the repository.`);
	return { path: join(samplesFolder, sample.file), sample };
}

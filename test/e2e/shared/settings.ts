import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedPackage, projectFolder, slowDatabase, toHostVersion, type StartOptions } from '../../../tools/n8n';

export const samplesFolder = join(projectFolder, 'samples');

/** The options for an n8n with the packed package, in a new temporary folder from which n8n may read files. */
export function n8nOptions(env: Record<string, string> = {}): { folder: string; options: StartOptions } {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-e2e-'));
	const version = toHostVersion(process.env.N8N_VERSION ?? '2.41');
	return {
		folder,
		options: {
			version,
			userFolder: join(folder, 'n8n'),
			tarball: packedPackage,
			fileAccess: [samplesFolder, folder],
			env: { ...slowDatabase(version), ...env },
		},
	};
}

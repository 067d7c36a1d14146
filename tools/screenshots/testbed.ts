import { type Sandbox, startSandbox } from '../../sandbox';
import { samplesFolder } from '../demo/recording';
import { ensurePackedPackage } from '../lib/packedPackage';
import { type N8nInstance, openN8n } from '../n8n';

export const say = (line: string) => console.log(line);

/** A real n8n with the package, and the sandbox. */
export interface Testbed extends N8nInstance {
	sandbox: Sandbox;
}

/** Opens a testbed for `work` and closes it afterwards. */
export async function withTestbed(work: (testbed: Testbed) => Promise<void>): Promise<void> {
	const sandbox = await startSandbox({ jobSeconds: 0.2 });
	try {
		const instance = await openN8n({
			name: 'screenshots',
			tarball: await ensurePackedPackage(say),
			fileAccess: [samplesFolder],
			onProgress: say,
		});
		try {
			await work({ ...instance, sandbox });
		} finally {
			await instance.close();
		}
	} finally {
		await sandbox.close();
	}
}

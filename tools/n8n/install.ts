import { ensureHost } from './host';
import { toHostVersion } from './hosts';

/**
 * Installs the named n8n hosts, one after the other because disk access is the bottleneck:
 * `npx tsx tools/n8n/install.ts 2.41 2.8`
 */
async function main(versions: string[]): Promise<void> {
	for (const version of versions.map(toHostVersion)) {
		const host = await ensureHost(version, { onProgress: (line) => console.log(line) });
		console.log(`n8n ${version} is ready in ${host.folder} (Node ${host.node.version})`);
	}
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});

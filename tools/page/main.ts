import { writeFile } from 'node:fs/promises';
import { assetsFile, makeAssets } from './assets';

/** `npm run build:page`: bundles the styles and the script of the HTML page. */
async function main(): Promise<void> {
	const content = await makeAssets();
	await writeFile(assetsFile, content);
	console.log(`${assetsFile}: ${Math.round(Buffer.byteLength(content) / 100) / 10} kB`);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});

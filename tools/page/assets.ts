import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectFolder } from '../n8n/hosts';

const folder = join(projectFolder, 'nodes/Transcription/transcript/files/page');

/** The file that contains the styles and the script of the HTML page as text. */
export const assetsFile = join(folder, 'assets.ts');

/** The oldest browsers whose syntax the script uses. */
const TARGET = ['chrome111', 'firefox115', 'safari16.4'];

/** Returns the content of {@link assetsFile}, created from the stylesheets and the modules in `client/`. */
export async function makeAssets(): Promise<string> {
	const pageStyle = await bundle('page.css');
	const playerStyle = await bundle('player.css');
	const playerScript = await bundle('client/main.ts');
	return `/**
 * Created by \`npm run build:page\` from the stylesheets and the modules in \`client/\`. Don't edit this file.
 */

/** Text between the tags of a style or script, and the hash that allows it in a content security policy. */
export interface InlineAsset {
	text: string;
	hash: string;
}

export const PAGE_STYLE: InlineAsset = ${toLiteral(pageStyle)};

export const PLAYER_STYLE: InlineAsset = ${toLiteral(playerStyle)};

export const PLAYER_SCRIPT: InlineAsset = ${toLiteral(playerScript)};
`;
}

/** Bundles a file, keeping names and line breaks so that the page's source can be reviewed. */
async function bundle(file: string): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(folder, file)],
		bundle: true,
		write: false,
		format: 'iife',
		target: TARGET,
		charset: 'utf8',
		minifySyntax: true,
		absWorkingDir: projectFolder,
	});
	const text = (outputFiles[0]?.text ?? '')
		// The paths of the bundled files.
		.replace(/^\s*(\/\/ .*|\/\* .*\*\/)\n/gm, '')
		.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2));
	if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${file} contains a tag that would end it in HTML`);
	return `\n${text}`;
}

function toLiteral(text: string): string {
	const hash = `sha256-${createHash('sha256').update(text).digest('base64')}`;
	return `{\n\ttext: \`${text.replace(/[\\`]|\$\{/g, '\\$&')}\`,\n\thash: '${hash}',\n}`;
}

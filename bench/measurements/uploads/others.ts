import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Shape } from './ways';

const run = promisify(execFile);

/** Uploads with curl. @returns seconds */
export async function byCurl(file: string, shape: Shape, url: string): Promise<number> {
	const how = shape === 'raw' ? ['-X', 'POST', '-T', file] : ['-F', `file=@${file};type=audio/wav`];
	// Not first asked whether it may be sent, as nodes do not either.
	const { stdout } = await run('curl', ['--silent', '--show-error', '--fail', '-H', 'Expect:', ...how, '-o', '/dev/null', '-w', '%{time_total}', url]);
	return Number(stdout);
}

/** Uploads with nothing but Node, in a process of its own, always as the body. @param node the Node of n8n @returns seconds */
export async function byPlainNode(node: string, file: string, url: string): Promise<number> {
	const { stdout } = await run(node, [join(__dirname, 'plainUpload.mjs'), file, url]);
	return Number(stdout);
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Shape } from './uploaders';

const run = promisify(execFile);

/** Uploads with curl. @returns seconds */
export async function byCurl(file: string, shape: Shape, url: string): Promise<number> {
	const how = shape === 'raw' ? ['-X', 'POST', '-T', file] : ['-F', `file=@${file};type=audio/wav`];
	// An empty Expect header prevents curl from waiting for "100 Continue", which nodes don't do either.
	const { stdout } = await run('curl', [
		'--silent',
		'--show-error',
		'--fail',
		'-H',
		'Expect:',
		...how,
		'-o',
		'/dev/null',
		'-w',
		'%{time_total}',
		url,
	]);
	return Number(stdout);
}

/** Uploads the file as the body with plain Node code in a separate process. @param node path of n8n's Node @returns seconds */
export async function byPlainNode(node: string, file: string, url: string): Promise<number> {
	const { stdout } = await run(node, [join(__dirname, 'plainUpload.mjs'), file, url]);
	return Number(stdout);
}

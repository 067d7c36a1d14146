import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../n8n';

/** A recording of which we know what is said in it. */
export interface Recording {
	path: string;
	/** The true text; undefined when none lies beside it. */
	truth: string | undefined;
}

export const samplesFolder = '/tmp';

export function findRecording(): Recording { return { path: '/tmp/x.wav', truth: 'Hello, this is a test recording' }; }

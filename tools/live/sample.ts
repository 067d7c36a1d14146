import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../samples');

const { durationSeconds, text } = JSON.parse(readFileSync(join(folder, 'thank-you.json'), 'utf8')) as {
	durationSeconds: number;
	text: string;
};

/** The recording that is submitted: the shortest one. */
export const SAMPLE = { file: join(folder, 'thank-you.wav'), durationSeconds, text };

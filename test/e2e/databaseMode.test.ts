import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../../tools/n8n';
import { createPipeline, MINUTES, runSubmit, sample, useOwnTestbed } from './harness';

const FILE_BYTES = 40_000_000;

const testbed = useOwnTestbed({ env: { N8N_DEFAULT_BINARY_DATA_MODE: 'database' } });

it(
	'uploads all of a large recording from n8n’s database, with a warning that names the setting',
	async () => {
		const path = join(testbed.folder, 'long-meeting.wav');
		const beginning = readFileSync(sample(testbed.sandbox).path);
		writeFileSync(path, Buffer.concat([beginning, Buffer.alloc(FILE_BYTES - beginning.length)]));
		const workflow = await createPipeline(testbed, { file: path, submit: { callback: 'none' } });

		const execution = await runSubmit(testbed, workflow);

		expect(outputOf(execution, 'Read')[0]?.binary?.data?.id).toMatch(/^database:/);
		expect(outputOf(execution, 'Submit')[0]?.json).toMatchObject({ status: 'queued' });
		const upload = testbed.sandbox.requests
			.list()
			.filter(({ path }) => path.endsWith('/v2/upload'))
			.at(-1);
		expect(upload?.requestBytes).toBe(FILE_BYTES);
		expect(JSON.stringify(execution.data)).toMatch(
			/keeps files in the database.*long-meeting\.wav.*N8N_DEFAULT_BINARY_DATA_MODE to filesystem/,
		);
	},
	5 * MINUTES,
);

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Sandbox } from '../../../sandbox';
import { check } from '../../../tools/live/check';
import { readOptions } from '../../../tools/live/options';
import { API_KEY, LIMITS, startService } from './setup';

jest.setTimeout(120_000);

const root = join(__dirname, '../../..');

let service: Sandbox;
beforeEach(async () => {
	service = await startService('soniox', 2);
});
afterEach(async () => await service.close());

const env = () => ({ SONIOX_API_KEY: API_KEY });
const args = () => ['--provider', 'soniox', '--base-url', service.baseUrl('soniox')];

async function checkSoniox(signal: AbortSignal, lines: string[] = []) {
	const options = readOptions(args(), env());
	if (typeof options === 'string') throw new Error(options);
	const more = { receiver: undefined, sampleUrl: undefined, fixtures: undefined };
	return await check(options.accounts[0]!, { ...more, ...LIMITS, signal, say: (line) => lines.push(line) });
}

/** Returns the IDs of the data that the service still stores for the account. */
async function remaining(): Promise<string[]> {
	const ask = async (path: string) => {
		const response = await fetch(`${service.baseUrl('soniox')}${path}`, {
			headers: { authorization: `Bearer ${API_KEY}` },
		});
		return (await response.json()) as Record<string, Array<{ id: string }>>;
	};
	const [files, jobs] = [await ask('/v1/files'), await ask('/v1/transcriptions')];
	return [...(files.files ?? []), ...(jobs.transcriptions ?? [])].map(({ id }) => id);
}

async function untilSubmitted(): Promise<void> {
	while (service.jobs.list().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('deletes everything it created', async () => {
	const { leftovers } = await checkSoniox(new AbortController().signal);
	expect(service.jobs.list().length).toBe(1);
	expect([leftovers, await remaining()]).toEqual([[], []]);
});

it('deletes everything if it is interrupted while a job is running', async () => {
	const interrupt = new AbortController();
	const running = checkSoniox(interrupt.signal);
	await untilSubmitted();
	interrupt.abort(new Error('interrupted'));
	expect(await running).toMatchObject({ wasInterrupted: true, leftovers: [] });
	expect(await remaining()).toEqual([]);
});

it('deletes everything if a step fails midway', async () => {
	service.httpFaults.add({
		kind: 'answer',
		body: '{"unexpected":true}',
		next: 1000,
		match: { provider: 'soniox', method: 'GET', path: '/v1/transcriptions/*/transcript' },
	});
	const { drift, leftovers } = await checkSoniox(new AbortController().signal);
	expect(drift).toContainEqual(expect.objectContaining({ request: 'fetch', place: 'result', grade: 'breaking' }));
	expect([leftovers, await remaining()]).toEqual([[], []]);
});

it('names what it couldn’t delete', async () => {
	service.httpFaults.add({
		kind: 'status',
		status: 403,
		next: 1000,
		match: { provider: 'soniox', method: 'DELETE', path: '/v1/transcriptions/*' },
	});
	const lines: string[] = [];
	const { leftovers } = await checkSoniox(new AbortController().signal, lines);
	const [id = ''] = await remaining();
	expect(leftovers).toEqual([expect.stringContaining(id)]);
	expect(lines).toContainEqual(expect.stringMatching(new RegExp(`not deleted: The job ${id}`)));
});

it('says that a job may exist if a submit ended without a usable response', async () => {
	service.httpFaults.add({
		kind: 'dropAnswer',
		next: 1000,
		match: { provider: 'soniox', method: 'POST', path: '/v1/transcriptions' },
	});
	const { leftovers } = await checkSoniox(new AbortController().signal);
	expect(leftovers).toContainEqual(expect.stringContaining('a job may still exist'));
});

describe('npm run test:live', () => {
	function start(
		argv: string[],
		more: NodeJS.ProcessEnv,
	): { child: ChildProcess; ended: Promise<[number | null, string]> } {
		const { PATH, HOME } = process.env;
		const child = spawn(process.execPath, ['--import', 'tsx', 'tools/live/main.ts', ...argv], {
			cwd: root,
			env: { PATH, HOME, ...more },
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
		const ended = new Promise<[number | null, string]>((resolve) => {
			child.on('close', (code) => resolve([code, output]));
		});
		return { child, ended };
	}

	it('states the cost first, then prints the result', async () => {
		const [code, output] = await start(args(), env()).ended;
		expect(output).toMatch(/Soniox: 1 submit, 1\.6 s of audio[^]+checking[^]+Breaking: 0\. Minor: 0\./);
		expect(code).toBe(0);
	});

	it('deletes everything after Ctrl+C', async () => {
		const { child, ended } = start(args(), env());
		await untilSubmitted();
		child.kill('SIGINT');
		const [code, output] = await ended;
		expect([code, output]).toEqual([1, expect.stringContaining('interrupted: deleting what was created')]);
		expect(await remaining()).toEqual([]);
	});

	it('sends nothing without an API key', async () => {
		const [code, output] = await start([], {}).ended;
		expect([code, output]).toEqual([0, expect.stringContaining('Set at least one of: ASSEMBLYAI_API_KEY')]);
		const [codeOfNamed, error] = await start(args(), {}).ended;
		expect([codeOfNamed, error]).toEqual([1, expect.stringContaining("SONIOX_API_KEY isn't set")]);
		expect(service.requests.list()).toEqual([]);
	});
});

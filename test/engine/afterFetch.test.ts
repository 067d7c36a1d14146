import { readFileSync } from 'node:fs';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { API_KEY, get, inMemory, record, type Result, run, type Setup, submit, WORKFLOW_ID } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';

jest.setTimeout(60_000);
const service = useSandbox();
const open: TriggerEndpoint[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (endpoint) => await endpoint.close())));

const DELETE = { deleteAfterFetching: 'transcript' };
const REDACT = { redactPii: true, redactPiiAudio: true, redactPiiPolicies: ['person_name'] };

/** Returns the ID of a finished job that was submitted for the trigger but whose callback wasn't delivered. */
async function aJob(options: INodeParameters = {}): Promise<string> {
	service.sandbox.callbacks.addFault({ kind: 'lost', next: 2 });
	const { json } = await submit({ options }, [inMemory(RECORDING)], service.setup());
	await service.sandbox.settled();
	service.sandbox.callbacks.faults.clear();
	return String(json[0]?.id);
}
const fetched = async (transcriptId: string, options: INodeParameters) =>
	await get({ transcriptId, options }, [{ json: {} }], service.setup());

/** Executes the trigger for a job, as a callback does. */
async function executed(id: string, options: INodeParameters, more: Partial<Setup> = {}): Promise<Result> {
	const received = { eventId: eventId(id), provider: 'assemblyAi', id, status: 'completed' };
	return await run(
		'transcriptionTrigger',
		{ options },
		[{ json: received }],
		service.setup({ mode: 'webhook', ...more }),
	);
}
const eventId = (id: string) => `assemblyAi:${id}:completed`;
const isRecorded = (id: string) => record.recorded(WORKFLOW_ID).includes(eventId(id));

async function isDeleted(id: string): Promise<boolean> {
	const url = `${service.sandbox.baseUrl('assemblyAi')}/v2/transcript/${id}`;
	const { audio_url } = (await (await fetch(url, { headers: { authorization: API_KEY } })).json()) as {
		audio_url: string;
	};
	return audio_url === 'http://deleted_by_user';
}
const deletions = () => service.asked().filter((request) => request.startsWith('DELETE'));

async function contentOf(file: IBinaryData | undefined): Promise<Buffer> {
	if (!file) throw new Error('no file');
	return file.id ? await Container.get(BinaryDataService).getAsBuffer(file) : Buffer.from(file.data, 'base64');
}
const binaryOf = (item: INodeExecutionData | undefined) => item?.binary ?? {};

describe('Get with files', () => {
	it('attaches the service’s subtitles in fields named after their formats', async () => {
		const id = await aJob();
		const { outputs, json } = await fetched(id, { serviceFiles: ['srt', 'vtt'] });
		const { service_srt: srt, service_vtt: vtt } = binaryOf(outputs[0]?.[0]);
		expect(json[0]).toMatchObject({ id, text: TEXT });
		expect(srt).toMatchObject({ fileName: `${id}.srt`, mimeType: 'application/x-subrip', fileExtension: 'srt' });
		expect(vtt).toMatchObject({ fileName: `${id}.vtt`, mimeType: 'text/vtt', fileExtension: 'vtt' });
		expect((await contentOf(srt)).toString()).toMatch(/^1\n00:00:00,000 --> [^]*Hello, this is Ada\./);
		expect((await contentOf(vtt)).toString()).toMatch(/^WEBVTT\n/);
	});

	it('attaches subtitles without cues if there is no speech', async () => {
		const { outputs, error } = await fetched(await aJob({ audioStartFrom: 3600 }), { serviceFiles: ['srt', 'vtt'] });
		const { service_srt: srt, service_vtt: vtt } = binaryOf(outputs[0]?.[0]);
		expect(error).toBeUndefined();
		expect((await contentOf(srt)).toString()).toBe('');
		expect((await contentOf(vtt)).toString().trim()).toBe('WEBVTT');
	});

	it('attaches the redacted recording', async () => {
		const id = await aJob(REDACT);
		const { outputs } = await fetched(id, { serviceFiles: ['redactedAudio'] });
		const { service_redactedAudio: audio } = binaryOf(outputs[0]?.[0]);
		expect(audio).toMatchObject({ fileName: `${id}.wav`, mimeType: 'audio/wav' });
		const content = await contentOf(audio);
		expect(content.length).toBe(RECORDING.length);
		expect(content.equals(RECORDING)).toBe(false);
	});

	it('waits for the redacted recording if it takes longer than the text', async () => {
		service.sandbox.configure({ redactedAudioSeconds: 3 });
		const { outputs, error } = await fetched(await aJob(REDACT), { serviceFiles: ['redactedAudio'] });
		expect(error).toBeUndefined();
		expect(binaryOf(outputs[0]?.[0])).toHaveProperty('service_redactedAudio');
		const requests = service.asked().filter((request) => request.includes('redacted-audio'));
		expect(requests.length).toBeGreaterThan(2);
	});

	it('explains that the redacted recording has expired, without waiting', async () => {
		const id = await aJob(REDACT);
		const path = '/v2/transcript/*/redacted-audio';
		const body = JSON.stringify({ error: 'The redacted audio is no longer available' });
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, next: 9, body, match: { path } });
		const { error } = await fetched(id, { serviceFiles: ['redactedAudio'] });
		expect(error?.message).toContain('redacted recording');
		expect(error?.description).toMatch(/24 hours[^]*“Redacted Audio”[^]*no longer available/);
		expect(service.asked().filter((request) => request.includes('redacted-audio'))).toHaveLength(1);
	});

	it('names the missing option if no redacted recording was requested', async () => {
		const { error } = await fetched(await aJob(), { serviceFiles: ['redactedAudio'] });
		expect(error?.message).toContain('wasn’t requested');
		expect(error?.description).toContain('“Redact PII Audio”');
		expect(service.asked().some((request) => request.includes('redacted-audio'))).toBe(false);
	});

	it('requests no file of a failed job', async () => {
		service.sandbox.jobs.failNext('Download error');
		const { json, outputs } = await fetched(await aJob(), { serviceFiles: ['srt'] });
		expect(json[0]).toMatchObject({ status: 'failed' });
		expect(outputs[0]?.[0]).not.toHaveProperty('binary');
	});

	it('has no binary data if no file is selected', async () => {
		const { outputs } = await fetched(await aJob(), { serviceFiles: [] });
		expect(outputs[0]?.[0]).not.toHaveProperty('binary');
	});

	it.each(['docx', '../x'])(
		'rejects the format “%s” from an expression and lists the valid formats',
		async (format) => {
			const { error } = await fetched(await aJob(), { serviceFiles: [format] });
			expect(error?.message).toContain(`“${format}”`);
			expect(error?.description).toContain('srt, vtt');
		},
	);

	it('quotes the service if it refuses a file', async () => {
		const id = await aJob();
		const body = JSON.stringify({ error: 'No subtitles today' });
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, body, match: { path: '/v2/transcript/*/srt' } });
		const { error } = await fetched(id, { serviceFiles: ['srt'] });
		expect(error?.description).toContain('AssemblyAI says: No subtitles today');
	});
});

describe('Get with deletion', () => {
	it('returns the transcript and deletes it at the service', async () => {
		const id = await aJob();
		const { json, hints } = await fetched(id, DELETE);
		expect(json[0]).toMatchObject({ id, text: TEXT });
		expect([await isDeleted(id), hints]).toEqual([true, []]);
	});

	it('deletes after the files were fetched', async () => {
		const id = await aJob();
		const { outputs } = await fetched(id, { ...DELETE, serviceFiles: ['srt'] });
		expect(binaryOf(outputs[0]?.[0])).toHaveProperty('service_srt');
		expect(await isDeleted(id)).toBe(true);
	});

	it('deletes nothing if a file couldn’t be fetched', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, match: { path: '/v2/transcript/*/srt' } });
		const { error } = await fetched(id, { ...DELETE, serviceFiles: ['srt'] });
		expect(error?.message).toContain('status 400');
		expect(deletions()).toEqual([]);
	});

	it('deletes a failed job too', async () => {
		service.sandbox.jobs.failNext('Download error');
		const id = await aJob();
		await fetched(id, DELETE);
		expect(await isDeleted(id)).toBe(true);
	});

	it('deletes nothing if a later item fails the node, because nothing is returned then', async () => {
		const ids = [await aJob(), 'unknown'];
		const parameters = { transcriptId: '={{ $json.id }}', options: DELETE };
		const { error, json } = await get(
			parameters,
			ids.map((id) => ({ json: { id } })),
			service.setup(),
		);
		expect([error?.message, json]).toEqual([expect.stringContaining('no transcript with the ID “unknown”'), []]);
		expect(deletions()).toEqual([]);
	});

	it('deletes the jobs that it returns if it continues after a failed item', async () => {
		const ids = [await aJob(), 'unknown', await aJob()];
		const parameters = { transcriptId: '={{ $json.id }}', options: DELETE };
		const setup = service.setup({ onError: 'continueRegularOutput' });
		const { json } = await get(
			parameters,
			ids.map((id) => ({ json: { id } })),
			setup,
		);
		expect(json.map(({ text }) => text)).toEqual([TEXT, undefined, TEXT]);
		expect([await isDeleted(ids[0] ?? ''), await isDeleted(ids[2] ?? '')]).toEqual([true, true]);
	});

	it('returns the transcript if the expression for the choice fails', async () => {
		const { json, error, hints } = await fetched(await aJob(), {
			deleteAfterFetching: '={{ $("Nowhere").first().json.choice }}',
		});
		expect([json[0]?.text, error]).toEqual([TEXT, undefined]);
		expect(deletions()).toEqual([]);
		expect(hints.length).toBeLessThanOrEqual(1);
	});

	it('doesn’t delete a job that is still running', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await fetched(String(json[0]?.id), DELETE);
		expect(deletions()).toEqual([]);
	});

	it('deletes nothing without the option', async () => {
		await fetched(await aJob(), {});
		expect(deletions()).toEqual([]);
	});

	it('only warns if the service refuses, and names the job', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		const { json, error, hints } = await fetched(id, DELETE);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id, text: TEXT });
		expect(hints).toEqual([expect.stringContaining(`AssemblyAI still has the data of job ${id}`)]);
	});

	it('doesn’t warn if the job has been deleted in the meantime', async () => {
		const id = await aJob();
		const body = JSON.stringify({ error: 'Transcript lookup error, transcript id not found' });
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, body, match: { method: 'DELETE' } });
		expect((await fetched(id, DELETE)).hints).toEqual([]);
	});

	it('neither warns nor retries if the response can’t be read', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'brokenJson', match: { method: 'DELETE' } });
		expect((await fetched(id, DELETE)).hints).toEqual([]);
		expect(deletions()).toHaveLength(1);
	});

	it('deletes nothing and warns if an expression returns an invalid choice', async () => {
		const { hints, json } = await fetched(await aJob(), { deleteAfterFetching: 'nothing' });
		expect(json[0]).toMatchObject({ text: TEXT });
		expect(hints).toEqual([expect.stringContaining('“nothing”, which isn’t a valid option')]);
		expect(deletions()).toEqual([]);
	});
});

describe('the trigger with files', () => {
	it('attaches them', async () => {
		const { outputs } = await executed(await aJob(), { serviceFiles: ['srt'] });
		expect((await contentOf(binaryOf(outputs[0]?.[0]).service_srt)).toString()).toContain('Hello, this is Ada.');
	});

	it('doesn’t record the event if a file can’t be fetched, so that it can be processed later', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, match: { path: '/v2/transcript/*/srt' } });
		const failed = await executed(id, { serviceFiles: ['srt'] });
		expect(failed.error?.description).toContain(id);
		expect(isRecorded(id)).toBe(false);
		const again = await executed(id, { serviceFiles: ['srt'] });
		expect([again.json.length, isRecorded(id)]).toEqual([1, true]);
	});

	it('keeps files out of the execution data if n8n stores them elsewhere', async () => {
		const { outputs } = await executed(await aJob(), { serviceFiles: ['srt'] });
		const file = binaryOf(outputs[0]?.[0]).service_srt;
		expect(file?.id).toMatch(/^filesystem/);
		const path = Container.get(BinaryDataService).getPath(String(file?.id));
		expect(readFileSync(path, 'utf8')).toContain('Hello');
	});
});

describe('the trigger with deletion', () => {
	it('deletes after the event was recorded', async () => {
		const id = await aJob();
		const { json } = await executed(id, DELETE);
		expect(json[0]).toMatchObject({ id, text: TEXT });
		expect([isRecorded(id), await isDeleted(id)]).toEqual([true, true]);
	});

	it('deletes nothing if the event couldn’t be recorded', async () => {
		const id = await aJob();
		record.failures = 3;
		const { error } = await executed(id, DELETE);
		record.failures = 0;
		expect(error?.message).toContain('the database is locked');
		expect(deletions()).toEqual([]);
		expect((await executed(id, DELETE)).json).toHaveLength(1);
	});

	it('drops a redelivery after the deletion silently', async () => {
		const id = await aJob();
		await executed(id, DELETE);
		const again = await executed(id, DELETE);
		expect([again.outputs.flat(), again.error, again.hints]).toEqual([[], undefined, []]);
	});

	it.each<['simultaneous' | 'sequence', INodeParameters]>([
		['simultaneous', {}],
		['simultaneous', { serviceFiles: ['srt', 'vtt'] }],
		['sequence', { serviceFiles: ['srt'] }],
	])('runs once for five deliveries (%s, %j)', async (mode, files) => {
		const endpoint = await startTrigger({ options: { ...DELETE, ...files } }, service.setup());
		open.push(endpoint);
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		const { json } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
		await service.sandbox.settled();
		service.sandbox.callbacks.redeliver(String(json[0]?.id), { copies: 5, mode });
		await service.sandbox.settled();
		const results = await Promise.all(endpoint.executions);
		expect(results).toHaveLength(5);
		expect(results.map(({ error }) => error?.message)).toEqual(Array(5).fill(undefined));
		expect(results.flatMap((result) => result.outputs.flat())).toHaveLength(1);
		expect(deletions()).toHaveLength(1);
	});

	it('silently drops a delivery that fetched the transcript just before another one processed and deleted it', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'slow', seconds: 1, match: { path: '/v2/transcript/*/srt' } });
		const late = executed(id, { serviceFiles: ['srt'] });
		while (!service.asked().some((request) => request.endsWith('/srt')))
			await new Promise((resolve) => setTimeout(resolve, 10));
		expect((await executed(id, DELETE)).json).toHaveLength(1);
		const { outputs, error } = await late;
		expect([outputs.flat(), error]).toEqual([[], undefined]);
	});

	it('reports the deletion if a processed execution is retried', async () => {
		const id = await aJob();
		await executed(id, DELETE);
		const { error } = await executed(id, DELETE, { mode: 'retry' });
		expect(error?.message).toContain(`${id} was deleted`);
	});

	it('reports the deletion if the event was never processed', async () => {
		const id = await aJob();
		await fetched(id, DELETE);
		const { error } = await executed(id, {});
		expect(error?.message).toContain(`${id} was deleted`);
		expect(isRecorded(id)).toBe(false);
	});

	it('deletes nothing in a manual execution, which may be repeated', async () => {
		const id = await aJob();
		const results = [await executed(id, DELETE, { mode: 'manual' }), await executed(id, DELETE, { mode: 'manual' })];
		expect(results.map(({ json }) => json[0]?.text)).toEqual([TEXT, TEXT]);
		expect(deletions()).toEqual([]);
	});

	it('deletes a failed job even if it fails the execution', async () => {
		service.sandbox.jobs.failNext('Download error');
		const id = await aJob();
		const { error } = await executed(id, { ...DELETE, failExecution: true });
		expect(error?.description).toContain('Download error');
		expect(await isDeleted(id)).toBe(true);
	});

	it('returns the transcript if the expression for the choice fails', async () => {
		const id = await aJob();
		const { json, error } = await executed(id, { deleteAfterFetching: '={{ $("Nowhere").first().json.choice }}' });
		expect([json[0]?.text, error, deletions()]).toEqual([TEXT, undefined, []]);
	});

	it('doesn’t delete a sample, which may belong to another workflow', async () => {
		const id = await aJob();
		const sample = { eventId: eventId(id), provider: 'assemblyAi', id, status: 'completed', sample: true };
		const setup = service.setup({ mode: 'manual' });
		const { json } = await run('transcriptionTrigger', { options: DELETE }, [{ json: sample }], setup);
		expect(json[0]).toMatchObject({ id, text: TEXT });
		expect(deletions()).toEqual([]);
	});

	it('only warns if the service refuses', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		const { json, error, hints } = await executed(id, DELETE);
		expect([json.length, error]).toEqual([1, undefined]);
		expect(hints).toEqual([expect.stringContaining(`still has the data of job ${id}`)]);
	});
});

import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { decryptSecret } from '../../nodes/Transcription/callback/encryptedSecret';
import { KEY, ROTATED_KEY, useElevenLabs } from './elevenLabsService';
import { run, WORKFLOW_ID } from './harness';
import type { PublishedTrigger } from './publishedTrigger';
import { TEXT } from './recording';

jest.setTimeout(30_000);
const service = useElevenLabs();

async function published(credential = {}, parameters: INodeParameters = {}) {
	const trigger = await service.trigger(credential, parameters);
	await trigger.publish();
	return trigger;
}

/** Submits for the trigger and waits for the execution that the callback starts. */
async function delivered(trigger: PublishedTrigger, job: INodeParameters = {}, credential = {}) {
	const { error, json } = await service.submit(job, trigger, credential);
	expect(error).toBeUndefined();
	await service.sandbox.settled();
	return { id: json[0]?.id, ref: json[0]?.ref, results: await trigger.results() };
}

const outputsOf = ({ results }: Awaited<ReturnType<typeof delivered>>) =>
	results.map(({ outputs }) => outputs.map((items) => items.length));

describe('ElevenLabs callback', () => {
	it('outputs the transcript, fetched by its ID, with metadata', async () => {
		const { id, ref, results } = await delivered(await published(), {
			metadata: { pair: [{ key: 'contactId', value: 'Grüße & 4711' }] },
		});
		expect(results).toHaveLength(1);
		expect(results[0]?.json).toEqual([
			expect.objectContaining({
				status: 'completed',
				id,
				ref,
				text: TEXT,
				language: 'eng',
				durationSeconds: 20,
				metadata: { contactId: 'Grüße & 4711' },
			}),
		]);
		expect(service.asked()).toContain('GET /v1/speech-to-text/transcripts/:id');
	});

	it('outputs utterances with diarization', async () => {
		const { results } = await delivered(await published({}, { output: 'utterances' }), { options: { diarize: true } });
		expect(results[0]?.json[0]?.utterances).toEqual([
			{ speaker: 'speaker_0', start: 0, end: 7.5, text: 'Hello, this is Ada.' },
			{ speaker: 'speaker_1', start: 8, end: 15.5, text: 'Hi Ada, Charles here.' },
		]);
	});

	it('outputs the transcript from its body if the service stores nothing', async () => {
		const { results } = await delivered(await published(), { options: { enableLogging: 'false' } });
		expect(results[0]?.error).toBeUndefined();
		expect(results[0]?.json[0]).toMatchObject({ status: 'completed', text: TEXT });
	});

	it('outputs no transcript from an unauthenticated body', async () => {
		const trigger = await published();
		trigger.loseStaticData();
		const { results } = await delivered(trigger, { options: { enableLogging: 'false' } });
		expect(results[0]?.error?.message).toContain('has no transcript with the ID');
	});

	it('outputs the transcript even if the service temporarily doesn’t have it and the body isn’t authenticated', async () => {
		const trigger = await published();
		trigger.loseStaticData();
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 404,
			next: 2,
			match: { path: '/v1/speech-to-text/transcripts/*' },
		});
		const { results } = await delivered(trigger);
		expect(results[0]?.json[0]).toMatchObject({ text: TEXT });
	});

	it('outputs a failed job with the reason at Failed', async () => {
		service.sandbox.jobs.failNext('Out of order');
		const outcome = await delivered(await published());
		expect(outputsOf(outcome)).toEqual([[0, 1]]);
		expect(outcome.results[0]?.outputs[1]?.[0]?.json).toMatchObject({
			status: 'failed',
			id: outcome.id,
			errorMessage: 'Out of order',
		});
	});

	it('outputs one item if it arrives three times', async () => {
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 3 });
		const outcome = await delivered(await published());
		expect(outcome.results.flatMap(({ json }) => json)).toHaveLength(1);
		expect(outcome.results).toHaveLength(3);
	});

	it('outputs one item if it is repeated after the transcript was deleted', async () => {
		const trigger = await published({}, { options: { deleteAfterFetching: 'transcript' } });
		const { id } = await delivered(trigger);
		await expect(service.get(id)).resolves.toMatchObject({
			error: { message: expect.stringContaining('has no transcript') },
		});
		service.sandbox.callbacks.redeliver(String(id));
		await service.sandbox.settled();
		expect((await trigger.results()).flatMap(({ json }) => json)).toHaveLength(1);
	});
});

/** Submits a job whose callback is lost, so that a test can send its own. */
async function submitted(trigger: PublishedTrigger): Promise<IDataObject> {
	service.sandbox.callbacks.addFault({ kind: 'lost' });
	const { json } = await service.submit({}, trigger);
	await service.sandbox.settled();
	return json[0] as IDataObject;
}

/** Sends a callback about the job, signed like the service's own callbacks. @returns the status of the response */
async function callBack(
	trigger: PublishedTrigger,
	{ ref }: IDataObject,
	data: object,
	{ type = 'speech_to_text_transcription', secondsFromNow = 0 } = {},
): Promise<number> {
	const webhook_metadata = { callbackUrl: `${trigger.url}?ref=${String(ref)}` };
	const body = JSON.stringify({ type, data: { webhook_metadata, ...data } });
	const secret = decryptSecret(String(trigger.staticData().issuedSecret), { apiKey: KEY }, `${WORKFLOW_ID}/elevenLabs`);
	const time = Math.floor(Date.now() / 1000) + secondsFromNow;
	const signature = createHmac('sha256', String(secret)).update(`${time}.${body}`).digest('hex');
	const headers = { 'content-type': 'application/json', 'elevenlabs-signature': `t=${time},v0=${signature}` };
	return (await fetch(trigger.url, { method: 'POST', body, headers })).status;
}

const TRANSCRIPTION = { text: 'From the callback.', language_code: 'eng', words: [] };

describe('ElevenLabs callback that identifies the job by its request', () => {
	const outputOf = async (trigger: PublishedTrigger) =>
		(await trigger.results()).flatMap(({ outputs }) => outputs.flat());
	const recover = async (job: IDataObject, options: INodeParameters = {}) =>
		await run(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed', provider: 'elevenLabs', from: 'ids', options },
			[{ json: job }],
			service.setup(),
		);
	// The record of received events persists between tests, so each test needs a new request ID.
	let byRequest: { request_id: string; transcription: object };
	beforeEach(() => {
		byRequest = { request_id: randomUUID(), transcription: TRANSCRIPTION };
	});

	it('outputs the transcript from its body', async () => {
		const trigger = await published();
		const job = await submitted(trigger);
		await callBack(trigger, job, byRequest);
		expect((await outputOf(trigger)).map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: byRequest.request_id, ref: job.ref, text: TRANSCRIPTION.text }),
		]);
	});

	it.each([
		['before', (other: object) => [byRequest, other]],
		['after', (other: object) => [other, byRequest]],
	])('outputs one item if it arrives %s a callback with the ID of the transcript', async (_order, inOrder) => {
		const trigger = await published();
		const job = await submitted(trigger);
		for (const data of inOrder({ transcription_id: job.id, transcription: TRANSCRIPTION })) {
			expect(await callBack(trigger, job, data)).toBe(200);
			await trigger.results();
		}
		expect(await outputOf(trigger)).toHaveLength(1);
	});

	it('outputs one item if both arrive simultaneously', async () => {
		const trigger = await published();
		const job = await submitted(trigger);
		const byTranscript = { transcription_id: job.id, transcription: TRANSCRIPTION };
		await Promise.all([callBack(trigger, job, byRequest), callBack(trigger, job, byTranscript)]);
		expect(await outputOf(trigger)).toHaveLength(1);
	});

	it('outputs one item for each of several jobs', async () => {
		const trigger = await published();
		const jobs = [await submitted(trigger), await submitted(trigger)];
		for (const job of jobs) await callBack(trigger, job, { transcription_id: job.id, transcription: TRANSCRIPTION });
		expect((await outputOf(trigger)).map(({ json }) => json.ref)).toEqual(jobs.map(({ ref }) => ref));
	});

	it('prevents Recover Missed from returning the job again', async () => {
		const trigger = await published();
		const job = await submitted(trigger);
		await callBack(trigger, job, byRequest);
		await trigger.results();
		expect((await recover(job)).json).toEqual([]);
	});

	it('outputs nothing after Recover Missed returned the job', async () => {
		const trigger = await published();
		const job = await submitted(trigger);
		expect((await recover(job)).json).toEqual([expect.objectContaining({ id: job.id, ref: job.ref })]);
		await callBack(trigger, job, byRequest);
		expect(await outputOf(trigger)).toEqual([]);
	});

	it.each([
		['doesn’t return it again', 'acknowledged', 0],
		['returns it again', 'not acknowledged', 1],
	])('Recover Missed %s if it was %s', async (_outcome, state, count) => {
		const trigger = await published();
		const job = await submitted(trigger);
		await callBack(trigger, job, byRequest);
		const items = await outputOf(trigger);
		if (state === 'acknowledged') {
			const acknowledge = { resource: 'transcript', operation: 'acknowledge', eventId: '={{ $json.eventId }}' };
			expect((await run('transcription', acknowledge, items, service.setup())).hints).toEqual([]);
		}
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 3_600_000);
		const { json } = await recover(job, { includeUnacknowledged: true, graceMinutes: 5 });
		clock.mockRestore();
		expect(json).toHaveLength(count);
	});

	it('warns if the transcript couldn’t be deleted by that ID', async () => {
		const trigger = await published({}, { options: { deleteAfterFetching: 'transcript' } });
		const job = await submitted(trigger);
		await callBack(trigger, job, byRequest);
		const [result] = await trigger.results();
		expect(result?.json).toHaveLength(1);
		expect(result?.hints).toEqual([expect.stringContaining('Nothing was deleted: ElevenLabs has no transcript')]);
		expect((await service.get(job.id)).json[0]).toMatchObject({ text: TEXT });
	});
});

describe('ElevenLabs callback for a job without a transcript', () => {
	it.each<[string, object, string, unknown]>([
		['null', { transcription: null }, 'speech_to_text_transcription', undefined],
		['an empty object', { transcription: {} }, 'speech_to_text_transcription', undefined],
		['an error', { error: { message: 'No speech.' } }, 'speech_to_text_transcription', 'No speech.'],
		['a failed event', {}, 'speech_to_text.failed', undefined],
		['another failed event', { message: 'No.' }, 'speech_to_text_transcription_failed', 'No.'],
	])('outputs an item at Failed: %s', async (_what, data, type, errorMessage) => {
		const trigger = await published();
		const [requestId, ref] = [randomUUID(), randomUUID()];
		await callBack(trigger, { ref }, { requestId, ...data }, { type });
		const [result] = await trigger.results();
		expect(result?.outputs.map((items) => items.map(({ json }) => json))).toEqual([
			[],
			[expect.objectContaining({ status: 'failed', id: requestId, ref })],
		]);
		expect(result?.outputs[1]?.[0]?.json.errorMessage).toBe(errorMessage);
	});

	it('outputs the transcript if the service has it after all', async () => {
		const trigger = await published();
		const job = await submitted(trigger);
		await callBack(trigger, job, { transcription_id: job.id, transcription: null });
		expect((await trigger.results())[0]?.json).toEqual([expect.objectContaining({ status: 'completed', text: TEXT })]);
	});
});

describe('ElevenLabs callback signed in the future', () => {
	it.each([
		[1790, 200, 1],
		[1900, 401, 0],
	])('by %d seconds is answered with %d', async (secondsFromNow, status, executions) => {
		const trigger = await published();
		const job = await submitted(trigger);
		const data = { transcription_id: job.id, transcription: TRANSCRIPTION };
		expect(await callBack(trigger, job, data, { secondsFromNow })).toBe(status);
		expect(await trigger.results()).toHaveLength(executions);
	});
});

describe('ElevenLabs transcript', () => {
	it.each<[string, object]>([
		['edited text', { editedText: expect.stringMatching(/^\[Shorten\] \S/) }],
		['a warning', { warnings: ['ElevenLabs couldn’t edit the transcript: The edit could not be produced.'] }],
	])('has %s at the default output level', async (what, fields) => {
		const transcriptEdit = what === 'a warning' ? 'fail' : 'Shorten';
		const { results } = await delivered(await published(), { options: { transcriptEdit } });
		expect(results[0]?.json[0]).toMatchObject({ text: TEXT, ...fields });
	});

	it('of a mono recording with several channels has a speaker and a channel', async () => {
		const { results } = await delivered(await published({}, { output: 'utterances' }), {
			options: { useMultiChannel: true },
		});
		expect(results[0]?.json[0]).toMatchObject({
			text: TEXT,
			speakers: ['speaker_0'],
			utterances: [expect.objectContaining({ speaker: 'speaker_0', channel: '0' })],
		});
	});
});

describe('ElevenLabs callback is rejected', () => {
	it.each(['wrongHeader', 'missingHeader', 'emptyHeader', 'alteredBody'] as const)('if forged: %s', async (forgery) => {
		const trigger = await published();
		service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'none' });
		const { results } = await delivered(trigger);
		expect([trigger.statuses.at(-1), results]).toEqual([401, []]);
		expect(trigger.warnings.at(-1)).toContain('unpublish this workflow and publish it again');
	});

	it('with only our header if the webhook’s secret is known', async () => {
		const trigger = await published({ webhookSecret: 'known-to-somebody' });
		const headers = { 'content-type': 'application/json', 'X-Transcription-Webhook-Secret': 'known-to-somebody' };
		expect((await fetch(trigger.url, { method: 'POST', body: '{}', headers })).status).toBe(401);
	});
});

describe('ElevenLabs callback after the API key was rotated', () => {
	it('is rejected if the webhook’s secret can’t be decrypted, and the log describes the solution', async () => {
		const trigger = await published();
		trigger.edit({ apiKey: ROTATED_KEY });
		const { results } = await delivered(trigger, {}, { apiKey: ROTATED_KEY });
		expect([trigger.statuses.at(-1), results]).toEqual([401, []]);
		expect(trigger.warnings.at(-1)).toMatch(
			/encrypted with a different API key[^]*unpublish this workflow and publish it again/,
		);
	});

	it('is rejected with only our header if the webhook’s secret can’t be decrypted', async () => {
		const trigger = await published({ webhookSecret: 'known-to-somebody' });
		trigger.edit({ apiKey: ROTATED_KEY });
		const headers = { 'content-type': 'application/json', 'X-Transcription-Webhook-Secret': 'known-to-somebody' };
		expect((await fetch(trigger.url, { method: 'POST', body: '{}', headers })).status).toBe(401);
	});

	it('is accepted while the old key is the previous secret', async () => {
		const trigger = await published();
		const rotated = { apiKey: ROTATED_KEY, previousWebhookSecret: KEY };
		trigger.edit(rotated);
		const { results } = await delivered(trigger, {}, rotated);
		expect(results[0]?.json[0]).toMatchObject({ text: TEXT });
	});
});

describe('ElevenLabs callback after n8n lost the webhook’s secret', () => {
	it('is accepted with our header', async () => {
		const trigger = await published();
		trigger.loseStaticData();
		const { results } = await delivered(trigger);
		expect(results[0]?.json[0]).toMatchObject({ text: TEXT });
	});

	it('is rejected if forged', async () => {
		const trigger = await published();
		trigger.loseStaticData();
		service.sandbox.callbacks.addFault({ kind: 'forged', forgery: 'wrongHeader', genuine: 'none' });
		expect((await delivered(trigger)).results).toEqual([]);
	});
});

describe('ElevenLabs callback to a manually created webhook', () => {
	/** @returns the trigger, and the credential with the secret that the dashboard showed */
	async function madeByHand() {
		const trigger = await service.trigger({ webhookSetup: 'manual' });
		const { webhook_secret: webhookSecret } = await service.makeWebhook(trigger.url);
		const credential = { webhookSetup: 'manual', webhookSecret };
		trigger.edit(credential);
		await trigger.publish();
		return { trigger, credential };
	}

	it('is accepted by its signature, which authenticates the transcript', async () => {
		const { trigger, credential } = await madeByHand();
		const { results } = await delivered(trigger, { options: { enableLogging: 'false' } }, credential);
		expect(results[0]?.json[0]).toMatchObject({ text: TEXT });
	});

	it('is accepted by the previous secret during a rotation', async () => {
		const { trigger, credential } = await madeByHand();
		const rotated = { ...credential, webhookSecret: 'wsec_new', previousWebhookSecret: credential.webhookSecret };
		trigger.edit(rotated);
		expect((await delivered(trigger, {}, rotated)).results).toHaveLength(1);
	});

	it('is accepted by the secret of the webhook that the trigger registered before', async () => {
		const trigger = await published();
		trigger.edit({ webhookSetup: 'manual', webhookSecret: 'wsec_of_the_new_one' });
		expect(
			(await delivered(trigger, {}, { webhookSetup: 'manual', webhookSecret: 'wsec_of_the_new_one' })).results,
		).toHaveLength(1);
	});

	it.each(['wrongHeader', 'missingHeader', 'alteredBody'] as const)('is rejected if forged: %s', async (forgery) => {
		const { trigger, credential } = await madeByHand();
		service.sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'none' });
		const { results } = await delivered(trigger, {}, credential);
		expect([trigger.statuses.at(-1), results]).toEqual([401, []]);
		expect(trigger.warnings.at(-1)).toContain('“Webhook Secret” in the credential must be the secret');
	});
});

describe('Job of another program', () => {
	it('starts no execution', async () => {
		const trigger = await published();
		await service.submit({ callback: 'none' });
		await service.sandbox.settled();
		expect([trigger.statuses, await trigger.results()]).toEqual([[200], []]);
	});
});

describe('Options of the trigger and Get', () => {
	const additionalFormats = { format: [{ format: 'srt' }, { format: 'pdf' }] };

	it('attach the files requested with the job', async () => {
		const trigger = await published({}, { options: { serviceFiles: ['srt', 'pdf'] } });
		const { id, results } = await delivered(trigger, { options: { additionalFormats } });
		const binary = results[0]?.outputs[0]?.[0]?.binary;
		expect(binary?.service_srt).toMatchObject({ fileName: `${String(id)}.srt`, mimeType: 'text/srt' });
		expect(binary?.service_pdf).toMatchObject({ fileName: `${String(id)}.pdf`, mimeType: 'application/pdf' });
	});

	it('attach the files from the callback if the service stores nothing', async () => {
		const trigger = await published({}, { options: { serviceFiles: ['srt'] } });
		const { results } = await delivered(trigger, { options: { additionalFormats, enableLogging: 'false' } });
		expect(results[0]?.error).toBeUndefined();
		expect(results[0]?.outputs[0]?.[0]?.binary?.service_srt).toMatchObject({ mimeType: 'text/srt' });
	});

	it('report a file that wasn’t requested and list the available ones', async () => {
		const { json } = await service.submit({ callback: 'none', options: { additionalFormats } });
		await service.sandbox.settled();
		const { error } = await service.get(json[0]?.id, { options: { serviceFiles: ['docx'] } });
		expect(`${error?.message} ${error?.description}`).toMatch(/no docx file[^]*Additional Formats[^]*srt, pdf/);
	});

	it('delete the transcript', async () => {
		const { json } = await service.submit({ callback: 'none' });
		await service.sandbox.settled();
		const first = await service.get(json[0]?.id, { options: { deleteAfterFetching: 'transcript' } });
		expect(first.json[0]).toMatchObject({ text: TEXT });
		expect((await service.get(json[0]?.id)).error?.description).toContain('may have been deleted');
	});
});

it('Get explains that a job in progress has no transcript yet', async () => {
	service.sandbox.jobs.hold('processing');
	const { json } = await service.submit({ callback: 'none' });
	const { error } = await service.get(json[0]?.id);
	expect(`${error?.message} ${error?.description}`).toMatch(/has no transcript with the ID[^]*may not be done yet/);
	service.sandbox.jobs.release();
});

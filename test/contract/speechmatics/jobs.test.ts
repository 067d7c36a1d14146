import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleTruth } from '../support/assemblyAi';
import { buildConfig, aForm, call, finished } from '../support/speechmatics';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

type Item = { channel?: string; alternatives: [{ speaker: string }] };
const TRUTH = sampleTruth('voicemail.wav');

describe('a job', () => {
	it('returns only an ID when accepted', async () => {
		const { status, body } = await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(buildConfig()) });
		expect([status, body]).toEqual([201, { id: expect.stringMatching(/^[a-z0-9]{10}$/) }]);
	});

	it('is running, and then done, with its config', async () => {
		sandbox.jobs.hold();
		const { body } = await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(buildConfig()) });
		const states = [(await call(sandbox, `/v2/jobs/${body.id}`)).body.job.status];
		sandbox.jobs.release();
		await sandbox.settled();
		const { job } = (await call(sandbox, `/v2/jobs/${body.id}`)).body;
		expect([...states, job.status]).toEqual(['running', 'done']);
		expect(job).toMatchObject({
			id: body.id,
			config: buildConfig(),
			data_name: 'voicemail.wav',
			duration: Math.round(TRUTH.durationSeconds),
		});
		expect(job).not.toHaveProperty('errors');
	});

	it('fetches its recording from a URL', async () => {
		const id = await finished(
			sandbox,
			buildConfig({}, { fetch_data: { url: `${sandbox.origin}/samples/voicemail.wav` } }),
			null,
		);
		expect((await call(sandbox, `/v2/jobs/${id}/transcript?format=txt`)).body).toBe(`${TRUTH.text}\n`);
	});

	it('is rejected if the recording cannot be fetched, and lists every attempt', async () => {
		const id = await finished(
			sandbox,
			buildConfig({}, { fetch_data: { url: `${sandbox.origin}/samples/none.wav` } }),
			null,
		);
		const { job } = (await call(sandbox, `/v2/jobs/${id}`)).body;
		expect(job.status).toBe('rejected');
		expect(job.errors.map(({ message }: { message: string }) => message)).toEqual(
			Array(4).fill('unable to fetch audio: http status code 404'),
		);
	});

	it('is rejected if the file is not a recording', async () => {
		const id = await finished(sandbox, buildConfig(), 'voicemail.json');
		expect((await call(sandbox, `/v2/jobs/${id}`)).body.job).toMatchObject({
			status: 'rejected',
			errors: [{ message: expect.stringContaining('unable to process audio') }],
		});
	});

	it('is rejected if the language is not an expected one', async () => {
		const id = await finished(
			sandbox,
			buildConfig({ language: 'auto' }, { language_identification_config: { expected_languages: ['de'] } }),
		);
		expect((await call(sandbox, `/v2/jobs/${id}`)).body.job.errors[0].message).toBe(
			"The identified language 'en' is not one of the expected languages",
		);
	});
});

describe('a transcript', () => {
	const transcript = async (inside: object, sample?: string) =>
		(await call(sandbox, `/v2/jobs/${await finished(sandbox, buildConfig(inside), sample)}/transcript`)).body;

	it('has words and punctuation with their times', async () => {
		const { format, job, metadata, results } = await transcript({});
		expect([format, job.data_name, metadata.type]).toEqual(['2.9', 'voicemail.wav', 'transcription']);
		const words = results.filter(({ type }: { type: string }) => type === 'word');
		expect(words).toHaveLength(TRUTH.words.length);
		expect(words[0]).toMatchObject({
			start_time: TRUTH.words[0]!.start,
			end_time: TRUTH.words[0]!.end,
			alternatives: [{ language: 'en', speaker: 'UU' }],
		});
		expect(results.find(({ type }: { type: string }) => type === 'punctuation')).toMatchObject({
			attaches_to: 'previous',
		});
	});

	it('includes speakers', async () => {
		const { results } = await transcript({ diarization: 'speaker' }, 'sales-call.mp3');
		const speakers = new Set(results.map(({ alternatives }: Item) => alternatives[0].speaker));
		expect([...speakers]).toEqual(expect.arrayContaining(['S1', 'S2']));
	});

	it('uses the given channel labels', async () => {
		const { results } = await transcript(
			{ diarization: 'channel', channel_diarization_labels: ['Agent', 'Caller'] },
			'support-call-stereo.wav',
		);
		expect(new Set(results.map(({ channel }: Item) => channel))).toEqual(new Set(['Agent', 'Caller']));
	});

	it('includes the identified language', async () => {
		const { metadata, results } = await transcript({ language: 'auto' }, 'interview-de.mp3');
		expect(metadata.language_identification.results[0].alternatives[0].language).toBe('de');
		expect(results[0].alternatives[0].language).toBe('de');
	});

	it('is available as subtitles', async () => {
		const { body, type } = await call(sandbox, `/v2/jobs/${await finished(sandbox)}/transcript?format=srt`);
		expect(type).toContain('text/plain');
		expect(body).toMatch(/^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n\S/);
	});

	it('is not available while the job is running', async () => {
		sandbox.jobs.hold();
		const { body } = await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(buildConfig()) });
		expect(await call(sandbox, `/v2/jobs/${body.id}/transcript`)).toMatchObject({ status: 404, body: { code: 404 } });
	});
});

describe('the list of jobs', () => {
	it('starts with the newest and honors the limit', async () => {
		await finished(sandbox);
		const id = await finished(sandbox);
		const { body } = await call(sandbox, '/v2/jobs?limit=1');
		expect(body.jobs.map((job: { id: string }) => job.id)).toEqual([id]);
	});

	it('omits jobs of other accounts', async () => {
		await finished(sandbox);
		expect((await call(sandbox, '/v2/jobs', { account: 'other' })).body).toEqual({ jobs: [] });
	});

	it('includes deleted jobs only on request', async () => {
		const id = await finished(sandbox);
		await call(sandbox, `/v2/jobs/${id}`, { method: 'DELETE' });
		expect((await call(sandbox, '/v2/jobs')).body.jobs).toEqual([]);
		expect((await call(sandbox, '/v2/jobs?include_deleted=true')).body.jobs).toMatchObject([{ id, status: 'deleted' }]);
	});

	it.each(['0', '101', 'many'])('rejects the limit %s', async (limit) => {
		expect((await call(sandbox, `/v2/jobs?limit=${limit}`)).status).toBe(422);
	});
});

describe('deleting', () => {
	it('marks the job as deleted and removes its transcript', async () => {
		const id = await finished(sandbox);
		expect(await call(sandbox, `/v2/jobs/${id}`, { method: 'DELETE' })).toMatchObject({
			status: 200,
			body: { job: { id, status: 'deleted' } },
		});
		expect((await call(sandbox, `/v2/jobs/${id}`)).body.job.status).toBe('deleted');
		expect((await call(sandbox, `/v2/jobs/${id}/transcript`)).status).toBe(404);
	});

	it('returns 404 the second time', async () => {
		const id = await finished(sandbox);
		await call(sandbox, `/v2/jobs/${id}`, { method: 'DELETE' });
		expect((await call(sandbox, `/v2/jobs/${id}`, { method: 'DELETE' })).body).toEqual({
			code: 404,
			error: 'Job not found',
		});
	});

	it('rejects a running job unless forced', async () => {
		sandbox.jobs.hold();
		const { body } = await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(buildConfig()) });
		expect((await call(sandbox, `/v2/jobs/${body.id}`, { method: 'DELETE' })).body).toEqual({
			code: 423,
			error: 'Resource Locked',
		});
		expect((await call(sandbox, `/v2/jobs/${body.id}?force=true`, { method: 'DELETE' })).status).toBe(200);
	});

	it('happens automatically after seven days', async () => {
		const id = await finished(sandbox);
		sandbox.jobs.get(id)!.createdAt = new Date(Date.now() - 8 * 86_400_000);
		expect((await call(sandbox, `/v2/jobs/${id}`)).body.job.status).toBe('expired');
		expect((await call(sandbox, `/v2/jobs/${id}/transcript`)).status).toBe(404);
	});
});

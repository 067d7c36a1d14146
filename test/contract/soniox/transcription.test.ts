import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio, sampleTruth } from '../support/assemblyAi';
import { call, sdk } from '../support/soniox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const MODEL = 'stt-async-v5';

/** Submits a sample by URL and waits for the job to finish. */
async function transcribed(file: string, options: object = {}) {
	const { stt } = sdk(sandbox);
	const { id } = await stt.create({ model: MODEL, audio_url: `${sandbox.origin}/samples/${file}`, ...options });
	await sandbox.jobs.settled();
	const job = await stt.get(id);
	return { job: job!, transcript: (await job!.getTranscript())! };
}

describe('the official SDK', () => {
	it('uploads, submits, waits, and reads', async () => {
		const client = sdk(sandbox);
		const file = await client.files.upload(sampleAudio('voicemail.wav'), {
			filename: 'voicemail.wav',
			client_reference_id: 'ref-1',
		});
		expect(file).toMatchObject({
			filename: 'voicemail.wav',
			size: sampleAudio('voicemail.wav').length,
			client_reference_id: 'ref-1',
		});
		const job = await client.stt.create({ model: MODEL, file_id: file.id });
		expect(job).toMatchObject({ status: 'queued', file_id: file.id, filename: 'voicemail.wav', audio_duration_ms: 0 });
		const done = await job.wait();
		expect(done).toMatchObject({ status: 'completed', error_type: null, error_message: null });
		expect(done.audio_duration_ms).toBe(Math.round(sampleTruth('voicemail.wav').durationSeconds * 1000));
		expect((await done.getTranscript())?.text).toBe(sampleTruth('voicemail.wav').text);
	});

	it('transcribes in one call and deletes everything afterwards', async () => {
		const client = sdk(sandbox);
		const job = await client.stt.transcribe({
			model: MODEL,
			file: sampleAudio('thank-you.wav'),
			filename: 'thank-you.wav',
			wait: true,
			cleanup: ['file', 'transcription'],
		});
		expect(job.transcript?.text).toBe(sampleTruth('thank-you.wav').text);
		expect((await client.files.list()).files).toEqual([]);
		expect((await client.stt.list()).transcriptions).toEqual([]);
	});

	it('lists models with their languages, for recordings and for live audio', async () => {
		const models = await sdk(sandbox).models.list();
		expect(models.map(({ id, transcription_mode: mode, aliased_model_id: alias }) => [id, mode, alias])).toEqual([
			['stt-rt-v5', 'real_time', null],
			['stt-rt-v4', 'real_time', 'stt-rt-v5'],
			['stt-async-v4', 'async', 'stt-async-v5'],
			['stt-async-v5', 'async', null],
		]);
		expect(models[3]?.languages).toHaveLength(60);
		expect(models[3]?.languages).toContainEqual({ code: 'de', name: 'German' });
	});

	it('returns the translation separately from the original', async () => {
		const { transcript } = await transcribed('thank-you.wav', {
			translation: { type: 'one_way', target_language: 'fr' },
		});
		const said = transcript.tokens.filter(({ translation_status: status }) => status === 'original');
		const translated = transcript.tokens.filter(({ translation_status: status }) => status === 'translation');
		expect(said.map(({ text }) => text).join('')).toBe(sampleTruth('thank-you.wav').text);
		expect(translated.map(({ text }) => text).join('')).toBe(`[fr] ${sampleTruth('thank-you.wav').text}`);
		expect(translated[0]).toMatchObject({ language: 'fr', source_language: 'en' });
		expect(translated[0]).not.toHaveProperty('start_ms');
		expect(transcript.text).toContain('[fr]');
	});
});

describe('a transcript', () => {
	const SAMPLES = ['voicemail.wav', 'thank-you.wav', 'sales-call.mp3', 'interview-de.mp3', 'support-call-stereo.wav'];

	it.each(SAMPLES)('of %s is the sample’s words, joined by single spaces', async (file) => {
		const { transcript } = await transcribed(file);
		expect(transcript.text).toBe(
			sampleTruth(file)
				.words.map(({ text }) => text)
				.join(' '),
		);
		expect(transcript.tokens.map(({ text }) => text).join('')).toBe(transcript.text);
	});

	it.each(SAMPLES)(
		'of %s consists of tokens whose words begin with a space and have the sample’s times',
		async (file) => {
			const { transcript } = await transcribed(file);
			const words: Array<{ text: string; start: number; end: number }> = [];
			for (const { text, start_ms: start, end_ms: end } of transcript.tokens) {
				const last = words.at(-1);
				if (last && !text.startsWith(' ')) Object.assign(last, { text: last.text + text, end: end! / 1000 });
				else words.push({ text: text.trim(), start: start! / 1000, end: end! / 1000 });
			}
			expect(words).toEqual(sampleTruth(file).words.map(({ text, start, end }) => ({ text, start, end })));
			expect(transcript.tokens.length).toBeGreaterThan(words.length);
		},
	);

	it('includes speakers only if they were requested', async () => {
		const speakers = async (options: object) =>
			new Set((await transcribed('sales-call.mp3', options)).transcript.tokens.map(({ speaker }) => speaker));
		expect(await speakers({})).toEqual(new Set([undefined]));
		expect(await speakers({ enable_speaker_diarization: true })).toEqual(new Set(['1', '2']));
	});

	it('includes languages only if they were requested', async () => {
		const languages = async (options: object) =>
			new Set((await transcribed('interview-de.mp3', options)).transcript.tokens.map(({ language }) => language));
		expect(await languages({})).toEqual(new Set([undefined]));
		expect(await languages({ enable_language_identification: true })).toEqual(new Set(['de']));
	});

	it('is not translated into the spoken language', async () => {
		const { transcript } = await transcribed('thank-you.wav', {
			translation: { type: 'one_way', target_language: 'en' },
		});
		expect(new Set(transcript.tokens.map(({ translation_status: status }) => status))).toEqual(new Set(['none']));
	});

	it('of a conversation is translated into the other language', async () => {
		const translation = { type: 'two_way', language_a: 'es', language_b: 'de' };
		const { transcript } = await transcribed('interview-de.mp3', { translation });
		expect(new Set(transcript.tokens.map(({ language }) => language))).toEqual(new Set(['de', 'es']));
	});
});

describe('a failed job', () => {
	it.each([
		['a file that is not audio', 'voicemail.json'],
		['a URL that does not exist', 'nothing.wav'],
	])('has status error, a type and a message because of %s', async (_name, file) => {
		const { stt } = sdk(sandbox);
		const { id } = await stt.create({ model: MODEL, audio_url: `${sandbox.origin}/samples/${file}` });
		await sandbox.settled();
		expect(await stt.get(id)).toMatchObject({
			status: 'error',
			error_type: 'invalid_audio_file',
			error_message: expect.stringContaining('audio file'),
		});
	});

	it('has no transcript', async () => {
		sandbox.jobs.failNext('Out of order');
		const { stt } = sdk(sandbox);
		const { id } = await stt.create({ model: MODEL, audio_url: `${sandbox.origin}/samples/voicemail.wav` });
		await sandbox.settled();
		await expect(stt.getTranscript(id)).rejects.toMatchObject({ statusCode: 409 });
	});
});

it('returns the settings of a transcription, but not its webhook secret', async () => {
	const { job } = await transcribed('thank-you.wav', {
		language_hints: ['en'],
		context: { terms: ['thanks'] },
		webhook_url: 'http://127.0.0.1:9/hook?x=1',
		webhook_auth_header_name: 'X-My-Secret',
		webhook_auth_header_value: 's3cret',
		client_reference_id: 'ref-2',
	});
	const body = await (await call(sandbox, `/v1/transcriptions/${job.id}`)).text();
	expect(JSON.parse(body)).toMatchObject({
		language_hints: ['en'],
		webhook_url: 'http://127.0.0.1:9/hook?x=1',
		webhook_auth_header_name: 'X-My-Secret',
		webhook_auth_header_value: '******************',
		client_reference_id: 'ref-2',
	});
	expect(body).not.toContain('s3cret');
});

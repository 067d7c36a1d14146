import type { SpeechToTextChunkResponseModel, SpeechToTextWebhookResponseModel } from '@elevenlabs/elevenlabs-js/api';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio, sampleTruth } from '../support/assemblyAi';
import { callElevenLabs, elevenLabsSdk, formOf } from '../support/elevenLabs';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterEach(async () => await sandbox.close());

const file = (name = 'voicemail.wav') => new File([sampleAudio(name)], name, { type: 'audio/wav' });

/** Submits like the node's Submit operation and waits for the job to finish. @returns the ID */
async function submitted(fields: object = {}, name?: string): Promise<string> {
	const response = (await elevenLabsSdk(sandbox).speechToText.convert({
		modelId: 'scribe_v2',
		file: file(name),
		webhook: true,
		...fields,
	})) as SpeechToTextWebhookResponseModel;
	await sandbox.settled();
	return response.transcriptionId!;
}

const get = async (id: string) =>
	(await elevenLabsSdk(sandbox).speechToText.transcripts.get(id)) as SpeechToTextChunkResponseModel;

it('accepts a job with a webhook immediately and returns its transcript by ID', async () => {
	const transcript = await get(await submitted());
	const truth = sampleTruth('voicemail.wav');
	expect(transcript).toMatchObject({ text: truth.text, languageCode: 'eng', audioDurationSecs: truth.durationSeconds });
	const words = transcript.words.filter(({ type }) => type === 'word');
	expect(words.map(({ text, start, end }) => [text, start, end])).toEqual(
		truth.words.map(({ text, start, end }) => [text, start, end]),
	);
});

it('returns a text that equals the joined words and spacing', async () => {
	const { text, words } = await get(await submitted());
	expect(words.map((word) => word.text).join('')).toBe(text);
});

it('returns the transcript in the same request without a webhook', async () => {
	const response = await elevenLabsSdk(sandbox).speechToText.convert({ modelId: 'scribe_v2', file: file() });
	expect(response).toMatchObject({ text: sampleTruth('voicemail.wav').text });
});

it('accepts a recording by URL', async () => {
	const id = await submitted({ file: undefined, sourceUrl: `${sandbox.origin}/samples/sales-call.mp3` });
	expect((await get(id)).text).toBe(sampleTruth('sales-call.mp3').text);
});

it('identifies speakers on request', async () => {
	const id = await submitted({ diarize: true }, 'support-call-stereo.wav');
	expect(new Set((await get(id)).words.map(({ speakerId }) => speakerId))).toEqual(new Set(['speaker_0', 'speaker_1']));
	expect((await get(await submitted({}, 'support-call-stereo.wav'))).words[0]?.speakerId).toBeUndefined();
});

it('returns one transcript per channel, or a combined one', async () => {
	const separate = (await elevenLabsSdk(sandbox).speechToText.transcripts.get(
		await submitted({ useMultiChannel: true }, 'support-call-stereo.wav'),
	)) as never as { transcripts: Array<{ channelIndex: number; text: string }> };
	expect(separate.transcripts.map(({ channelIndex }) => channelIndex)).toEqual([0, 1]);
	const combined = await get(
		await submitted({ useMultiChannel: true, multichannelOutputStyle: 'combined' }, 'support-call-stereo.wav'),
	);
	expect(combined.text).toBe(sampleTruth('support-call-stereo.wav').text);
	expect(new Set(combined.words.map(({ channelIndex }) => channelIndex))).toEqual(new Set([0, 1]));
});

it('returns a single transcript for a mono recording with several channels', async () => {
	const { text, words } = await get(await submitted({ useMultiChannel: true }));
	expect(text).toBe(sampleTruth('voicemail.wav').text);
	expect(new Set(words.map(({ speakerId }) => speakerId))).toEqual(new Set(['speaker_0']));
});

it('returns the speaker of each word with several channels', async () => {
	const style = { useMultiChannel: true, multichannelOutputStyle: 'combined' };
	const { words } = await get(await submitted(style, 'support-call-stereo.wav'));
	expect(words.every(({ speakerId, channelIndex }) => speakerId === `speaker_${channelIndex}`)).toBe(true);
});

it('returns the edited text, or an error', async () => {
	const text = sampleTruth('voicemail.wav').text;
	expect((await get(await submitted({ transcriptEdit: 'Shorten' }))).editedTranscript).toEqual({
		kind: 'transcript',
		messageType: 'edited_transcript',
		text,
		editedText: `[Shorten] ${text}`,
	});
	expect((await get(await submitted({ transcriptEdit: 'fail' }))).editedTranscript).toEqual({
		kind: 'error',
		errorType: 'edit_failed',
		message: 'The edit could not be produced.',
	});
	expect((await get(await submitted())).editedTranscript).toBeUndefined();
});

it('returns character timestamps, or none', async () => {
	const characters = await get(await submitted({ timestampsGranularity: 'character' }));
	expect(characters.words[0]?.characters?.map(({ text }) => text).join('')).toBe(characters.words[0]?.text);
	expect((await get(await submitted({ timestampsGranularity: 'none' }))).words[0]?.start).toBeUndefined();
});

it('includes additional formats on request', async () => {
	const { additionalFormats } = await get(
		await submitted({ additionalFormats: [{ format: 'srt' }, { format: 'pdf' }] }),
	);
	expect(additionalFormats?.map((one) => [one?.requestedFormat, one?.isBase64Encoded])).toEqual([
		['srt', false],
		['pdf', true],
	]);
	expect(additionalFormats?.[0]?.content).toContain('00:00:0');
	expect((await get(await submitted())).additionalFormats).toBeUndefined();
});

it('returns neither transcript nor status for a running job', async () => {
	sandbox.jobs.hold('processing');
	const response = (await elevenLabsSdk(sandbox).speechToText.convert({
		modelId: 'scribe_v2',
		file: file(),
		webhook: true,
	})) as SpeechToTextWebhookResponseModel;
	await expect(get(response.transcriptionId!)).rejects.toMatchObject({
		statusCode: 404,
		body: { detail: { status: 'not_found_error', message: 'Transcript not found.' } },
	});
	sandbox.jobs.release();
});

it.each([
	[
		'failed',
		async () => {
			sandbox.jobs.failNext('Out of order');
			return await submitted();
		},
	],
	['in zero retention mode', async () => await submitted({ enableLogging: false })],
	[
		'deleted',
		async () => {
			const id = await submitted();
			await elevenLabsSdk(sandbox).speechToText.transcripts.delete(id);
			return id;
		},
	],
])('returns no transcript for a job that was %s', async (_name, make) => {
	await expect(get(await make())).rejects.toMatchObject({ statusCode: 404 });
});

it('returns transcripts of other keys in the workspace, but not of other accounts', async () => {
	const id = await submitted();
	await expect(elevenLabsSdk(sandbox, 'other').speechToText.transcripts.get(id)).rejects.toMatchObject({
		statusCode: 404,
	});
	await expect(elevenLabsSdk(sandbox, 'restricted').speechToText.transcripts.get(id)).resolves.toMatchObject({
		transcriptionId: id,
		text: expect.stringMatching(/\S/),
	});
});

describe('rejected requests', () => {
	const post = async (fields: Record<string, string | string[]>, withFile = true) => {
		const response = await callElevenLabs(sandbox, '/v1/speech-to-text', {
			method: 'POST',
			body: formOf(fields, withFile ? file() : undefined),
		});
		return [response.status, ((await response.json()) as { detail: unknown }).detail] as const;
	};

	it('rejects an account without credits', async () => {
		await expect(
			elevenLabsSdk(sandbox, 'empty').speechToText.convert({ modelId: 'scribe_v2', file: file() }),
		).rejects.toMatchObject({ statusCode: 402 });
	});

	it.each([
		['a wrong key', 'sk_wrong', 400, { type: 'authentication_error', code: 'invalid_api_key' }],
		[
			'the ID of a key',
			'c0ffee00'.repeat(8),
			400,
			{ type: 'authentication_error', code: 'invalid_api_key', status: 'api_key_id_used_as_api_key' },
		],
		['another wrong key', 'wrong', 401, { status: 'unauthorized' }],
		['an empty key', '', 401, { status: 'unauthorized' }],
	])('rejects %s', async (_name, key, status, detail) => {
		const response = await callElevenLabs(sandbox, '/v1/speech-to-text/transcripts/x', { key });
		expect([response.status, await response.json()]).toEqual([
			status,
			{ detail: expect.objectContaining({ ...detail, message: expect.any(String) }) },
		]);
	});

	it('rejects a request without a model', async () => {
		expect(await post({})).toEqual([422, [{ type: 'invalid_type', loc: ['body', 'model_id'], msg: 'Required' }]]);
	});

	it.each<[string, Record<string, string | string[]>, boolean, number]>([
		['no recording', {}, false, 400],
		['a file and a URL', { source_url: 'https://example.com/a.mp3' }, true, 400],
		['33 speakers', { num_speakers: '33' }, true, 422],
		['a threshold without diarization', { diarization_threshold: '0.2' }, true, 400],
		['roles without diarization', { detect_speaker_roles: 'true' }, true, 400],
		['redaction without detection', { entity_redaction: 'pii' }, true, 400],
		['a webhook ID without the webhook option', { webhook_id: 'x' }, true, 400],
		['an unknown webhook', { webhook: 'true', webhook_id: 'x' }, true, 400],
		['metadata that is not JSON', { webhook: 'true', webhook_metadata: 'x' }, true, 422],
		['metadata with three levels', { webhook: 'true', webhook_metadata: '{"a":{"b":{"c":1}}}' }, true, 422],
		[
			'metadata over 16 KB',
			{ webhook: 'true', webhook_metadata: JSON.stringify({ a: 'x'.repeat(16_400) }) },
			true,
			422,
		],
		['formats that are not JSON', { additional_formats: 'srt' }, true, 422],
		['a key term of six words', { keyterms: ['ok', 'a b c d e f'] }, true, 422],
		['diarization with several channels', { diarize: 'true', use_multi_channel: 'true' }, true, 400],
		['a number of speakers with several channels', { num_speakers: '2', use_multi_channel: 'true' }, true, 400],
		['the model that was removed', { model_id: 'scribe_v1' }, true, 400],
		['an edit with several channels', { transcript_edit: 'x', use_multi_channel: 'true' }, true, 400],
	])('rejects %s', async (_name, fields, withFile, status) => {
		expect((await post({ model_id: 'scribe_v2', ...fields }, withFile))[0]).toBe(status);
		expect(sandbox.jobs.list()).toEqual([]);
	});

	it('rejects a body that is not a form', async () => {
		const response = await callElevenLabs(sandbox, '/v1/speech-to-text', { method: 'POST', body: '{}' });
		expect(response.status).toBe(422);
	});
});

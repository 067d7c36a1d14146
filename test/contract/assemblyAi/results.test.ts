import type { TranscribeParams, Transcript } from 'assemblyai';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { QUICKLY, samplePath, sampleTruth, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());

function transcribe(file: string, options: Partial<TranscribeParams> = {}): Promise<Transcript> {
	return sdk(sandbox).transcripts.transcribe({ audio: samplePath(file), ...options } as TranscribeParams, QUICKLY);
}

it('returns the sample’s word times in milliseconds', async () => {
	const { words } = await transcribe('sales-call.mp3');
	const truth = sampleTruth('sales-call.mp3').words;
	expect(words!.map(({ text, start, end }) => [text, start, end])).toEqual(
		truth.map(({ text, start, end }) => [text, Math.round(start * 1000), Math.round(end * 1000)]),
	);
});

it('omits utterances and speakers without speaker labels', async () => {
	const { utterances, words } = await transcribe('sales-call.mp3');
	expect(utterances).toBeNull();
	expect(new Set(words!.map(({ speaker }) => speaker))).toEqual(new Set([null]));
});

it('returns utterances with speaker letters if speaker labels are on', async () => {
	const { utterances } = await transcribe('sales-call.mp3', { speaker_labels: true });
	const truth = sampleTruth('sales-call.mp3').utterances;
	expect(utterances!.map(({ speaker, text }) => [speaker, text])).toEqual(
		truth.map(({ speaker, text }) => [speaker === 1 ? 'A' : 'B', text]),
	);
	expect(utterances![0]!.words.every(({ speaker }) => speaker === 'A')).toBe(true);
});

it('returns channels and their number for multichannel audio', async () => {
	const { utterances, words, audio_channels } = await transcribe('support-call-stereo.wav', { multichannel: true });
	expect(audio_channels).toBe(2);
	expect(utterances!.map(({ channel }) => channel)).toEqual(['1', '2', '1', '2']);
	expect(words!.every(({ channel }) => channel === '1' || channel === '2')).toBe(true);
});

it('limits the words to the start and end times', async () => {
	const { words } = await transcribe('sales-call.mp3', { audio_start_from: 5000, audio_end_at: 10_000 });
	expect(words!.length).toBeGreaterThan(3);
	expect(words!.every(({ start, end }) => start >= 5000 && end <= 10_000)).toBe(true);
});

it('hides every letter and keeps word boundaries when redacting by hash', async () => {
	const { text } = await transcribe('voicemail.wav', {
		redact_pii: true,
		redact_pii_policies: ['person_name', 'phone_number'],
	});
	expect(text).toContain('this is ##### ####### from Northwind.');
	expect(text).toContain('My number is ###-####.');
});

it('uses one label per entity when redacting by entity name, and can return the original too', async () => {
	const transcript = await transcribe('voicemail.wav', {
		redact_pii: true,
		redact_pii_policies: ['person_name'],
		redact_pii_sub: 'entity_name',
		redact_pii_return_unredacted: true,
	});
	expect(transcript.text).toContain('this is [PERSON_NAME] from Northwind.');
	expect(transcript.unredacted_text).toBe(sampleTruth('voicemail.wav').text);
	expect(transcript.words!.length).toBe(transcript.unredacted_words!.length - 1);
});

it('detects the entities of a sample', async () => {
	const { entities } = await transcribe('voicemail.wav', { entity_detection: true });
	expect(entities).toContainEqual(expect.objectContaining({ entity_type: 'phone_number', text: '555-0142' }));
});

it('replaces words regardless of case with custom spelling', async () => {
	const { text } = await transcribe('thank-you.wav', { custom_spelling: [{ from: ['MUCH'], to: 'mutch' }] });
	expect(text).toBe('Thank you very mutch.');
});

it('returns plain text without punctuation and formatting', async () => {
	const { text } = await transcribe('thank-you.wav', { punctuate: false, format_text: false });
	expect(text).toBe('thank you very much');
});

it('fails if the language confidence is below the threshold', async () => {
	const { status, error } = await transcribe('thank-you.wav', { language_confidence_threshold: 1 });
	expect(status).toBe('error');
	expect(error).toMatch(/confidence threshold/);
});

it('uses the given language', async () => {
	const { language_code, language_confidence } = await transcribe('thank-you.wav', { language_code: 'en_uk' });
	expect([language_code, language_confidence]).toEqual(['en_uk', null]);
});

it('summarizes topics in a paragraph, or in bullets', async () => {
	const summaryOf = async (type: string) => {
		const tasks = { request: { summarization: { summary_type: type } } };
		const { speech_understanding: understanding } = await transcribe('voicemail.wav', {
			speech_understanding: tasks,
		} as Partial<TranscribeParams>);
		return (understanding as { response?: Record<string, unknown> }).response?.summarization;
	};
	const section = { start: 0, end: expect.any(Number) as number, headline: expect.any(String) as string };
	expect(await summaryOf('paragraph')).toEqual({
		status: 'success',
		summary_type: 'paragraph',
		effort: 'low',
		summary: [{ ...section, text: sampleTruth('voicemail.wav').text }],
		block_summary: expect.any(String) as string,
	});
	expect(await summaryOf('bullets')).toMatchObject({
		summary_type: 'bullets',
		summary: [{ ...section, bullets: expect.arrayContaining([expect.any(String)]) as string[] }],
	});
});

it('returns action items with their quote and time, and decisions if requested', async () => {
	const itemsOf = async (include_decisions: boolean) => {
		const tasks = { request: { action_items: { include_decisions } } };
		const { speech_understanding: understanding } = await transcribe('voicemail.wav', {
			speech_understanding: tasks,
		} as Partial<TranscribeParams>);
		return (understanding as { response: { action_items: { items: unknown[] } } }).response.action_items.items;
	};
	const item = {
		action_item: expect.any(String) as string,
		quote: expect.any(String) as string,
		timestamp: expect.any(Number) as number,
	};
	expect(await itemsOf(false)).toEqual([item]);
	expect(await itemsOf(true)).toEqual([item, item]);
});

it('reports a feature that it left out as a warning', async () => {
	const { metadata } = await transcribe('interview-de.mp3', { domain: 'medical-v1', language_code: 'sv' });
	expect(metadata).toMatchObject({ domain_used: null, warnings: [{ message: expect.stringContaining('medical-v1') }] });
	expect((await transcribe('voicemail.wav', { domain: 'medical-v1' })).metadata).toBeUndefined();
});

it('uses the first model in the list', async () => {
	const { speech_model_used } = await transcribe('thank-you.wav', {
		speech_models: ['assemblyai-stt-3-7', 'universal-2'],
	});
	expect(speech_model_used).toBe('assemblyai-stt-3-7');
});

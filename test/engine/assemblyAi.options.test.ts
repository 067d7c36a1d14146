import type { INodeParameters } from 'n8n-workflow';
import { get, inMemory, submit } from './harness';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(30_000);
const service = useSandbox();

/** Options as the editor stores them, without values at their defaults. */
async function rawAfter(options: INodeParameters) {
	const { json, error } = await submit({ callback: 'none', options }, [inMemory(RECORDING)], service.setup());
	expect(error?.description ?? error?.message).toBeUndefined();
	await service.sandbox.settled();
	const fetched = await get({ transcriptId: String(json[0]?.id), output: 'raw' }, [{ json: {} }], service.setup());
	return fetched.json[0]?.raw as Record<string, unknown>;
}

describe('AssemblyAI accepts', () => {
	it('all compatible options', async () => {
		const raw = await rawAfter({
			model: { __rl: true, mode: 'id', value: 'assemblyai-stt-3-7, universal-2' },
			diarize: true,
			speakerOptions: { range: { minSpeakersExpected: 2, maxSpeakersExpected: 4 } },
			keyterms: 'Ada Lovelace, engine',
			prompt: 'A call between Ada and Charles.',
			keytermsMatchStrength: 'standard',
			audioStartFrom: 0.5,
			audioEndAt: 19,
			multichannel: true,
			languageConfidenceThreshold: 0.2,
			languageDetectionOptions: {
				detection: {
					codeSwitching: true,
					codeSwitchingConfidenceThreshold: 0.4,
					expectedLanguages: 'en, de',
					fallbackLanguage: 'en',
					localization: 'en_uk',
					onLowLanguageConfidence: 'fallback',
					onNoSpeechDetected: 'fallback',
					swissGerman: true,
				},
			},
			domain: 'medical-v1',
			temperature: 0.5,
			speechThreshold: 0.01,
			textFormatting: { formatting: { disfluencies: true, filterProfanity: true, removeAudioTags: 'speaker' } },
			customSpelling: { spelling: [{ from: 'charles', to: 'Karl' }] },
			redactPii: true,
			redactPiiPolicies: ['person_name'],
			redactPiiSub: 'entity_name',
			redactPiiAudio: true,
			redactPiiAudioQuality: 'wav',
			redactPiiAudioOptions: { audio: { returnRedactedNoSpeechAudio: true, overrideAudioRedactionMethod: 'silence' } },
			redactPiiReturnUnredacted: true,
			redactStaticEntities: { entity: [{ label: 'WHERE', terms: 'here' }] },
			analyses: ['auto_highlights', 'content_safety', 'entity_detection', 'iab_categories', 'sentiment_analysis'],
			contentSafetyConfidence: 60,
			speechUnderstanding: {
				translation: { targetLanguages: 'es, de', formal: false, matchOriginalUtterance: true },
				speakerIdentification: { speakerType: 'role', knownValues: 'Agent, Customer' },
				actionItems: { effort: 'medium', includeDecisions: true },
				summarization: { effort: 'medium', summaryType: 'bullets' },
				customFormatting: { date: 'mm/dd/yyyy', phoneNumber: '(xxx)xxx-xxxx', emailAddress: 'username@domain.com' },
			},
		});
		expect(raw).toMatchObject({
			status: 'completed',
			speaker_options: { min_speakers_expected: 2, max_speakers_expected: 4 },
			keyterms_prompt_options: { keyterms_match_strength: 'standard' },
			language_detection_options: { swiss_german: true, on_no_speech_detected: 'fallback' },
			domain: 'medical-v1',
			content_safety: true,
			text: expect.stringContaining('Karl [WHERE].'),
			unredacted_text: expect.stringContaining('Ada'),
			speech_understanding: { request: { translation: { target_languages: ['es', 'de'], formal: false } } },
		});
	});

	it('a prompt', async () => {
		expect(await rawAfter({ prompt: 'A call between Ada and Charles.' })).toMatchObject({
			prompt: 'A call between Ada and Charles.',
		});
	});

	it('several languages', async () => {
		expect(await rawAfter({ languageCodes: 'en, es' })).toMatchObject({ language_codes: ['en', 'es'] });
	});

	it('text without punctuation and formatting', async () => {
		const raw = await rawAfter({
			textFormatting: { formatting: { punctuate: false, formatText: false, removeAudioTags: 'none' } },
		});
		expect(raw).toMatchObject({ text: 'hello this is ada hi ada charles here', remove_audio_tags: null });
	});

	it('option groups at their defaults', async () => {
		const raw = await rawAfter({
			diarize: true,
			speakerOptions: { range: {} },
			textFormatting: { formatting: {} },
			languageDetectionOptions: { detection: {} },
			speechUnderstanding: { translation: { targetLanguages: 'es' } },
		});
		expect(raw).toMatchObject({
			punctuate: true,
			format_text: true,
			disfluencies: false,
			speaker_options: { min_speakers_expected: 1 },
			speech_understanding: { request: { translation: { target_languages: ['es'], formal: true } } },
		});
		expect(raw).not.toHaveProperty('language_detection_options');
	});
});

it('delivers the summary, chapters, and action items in the default output', async () => {
	const options = {
		model: { __rl: true, mode: 'list', value: 'assemblyai-stt-3-7, universal-2' },
		speechUnderstanding: { actionItems: {}, summarization: { summaryType: 'bullets' } },
		additionalFields: '{ "speech_understanding": { "request": { "summarization": { "effort": "medium" } } } }',
	};
	const { json } = await submit({ callback: 'none', options }, [inMemory(RECORDING)], service.setup());
	await service.sandbox.settled();
	const fetched = await get({ transcriptId: String(json[0]?.id) }, [{ json: {} }], service.setup());
	expect(fetched.json[0]).toMatchObject({
		model: 'assemblyai-stt-3-7',
		summary: 'Hello, this is Ada.',
		chapters: [{ title: 'Hello, this is Ada', summary: 'Hello, this is Ada.\nHi Ada, Charles here.', start: 0 }],
		actionItems: [{ text: expect.stringContaining('Charles here.'), quote: 'Hi Ada, Charles here.' }],
	});
	const raw = await get({ transcriptId: String(json[0]?.id), output: 'raw' }, [{ json: {} }], service.setup());
	expect(raw.json[0]?.raw).toMatchObject({
		speech_understanding: { request: { summarization: { effort: 'medium' } } },
	});
});

it('delivers the service’s warnings', async () => {
	const options = { domain: 'medical-v1', language: 'sv' };
	const { json } = await submit({ callback: 'none', options }, [inMemory(RECORDING)], service.setup());
	await service.sandbox.settled();
	const fetched = await get({ transcriptId: String(json[0]?.id) }, [{ json: {} }], service.setup());
	expect(fetched.json[0]?.warnings).toEqual([expect.stringContaining('medical-v1')]);
});

it.each([
	['a retired model', { model: 'slam-1' }, '“slam-1”'],
	['a retired model in a list', { model: 'universal-3-pro, universal-2' }, '“universal-3-pro”'],
	['the former model field', { additionalFields: '{ "speech_model": "universal-2" }' }, 'speech_model'],
	[
		'sentiment without punctuation',
		{ analyses: ['sentiment_analysis'], additionalFields: '{ "punctuate": false }' },
		'“Punctuate”',
	],
	['a spelling of two words', { customSpelling: { spelling: [{ from: 'ny', to: 'New York' }] } }, '“New York”'],
])('rejects %s before the upload', async (_what, options, named) => {
	const { error } = await submit({ callback: 'none', options }, [inMemory(RECORDING)], service.setup());
	expect(error?.message).toContain(named);
	expect(service.asked()).toEqual([]);
});

it('rejects contradictory options before the upload', async () => {
	const options = { diarize: true, textFormatting: { formatting: { punctuate: false } } };
	const { error } = await submit({ callback: 'none', options }, [inMemory(RECORDING)], service.setup());
	expect(error?.message).toContain('“Punctuate”');
	expect(service.asked()).toEqual([]);
});

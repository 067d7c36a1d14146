import type { IDataObject } from 'n8n-workflow';
import { requestBody } from '../../../../nodes/Transcription/providers/assemblyAi/requestBody';
import { InputError } from '../../../../nodes/Transcription/providers/provider';

/** Message and description of the refusal in one text. */
function refusalOf(options: IDataObject): string {
	try {
		requestBody(options);
	} catch (error) {
		if (error instanceof InputError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('was accepted');
}

const DETECTION = { detection: { codeSwitching: true } };
const REDACT = { redactPii: true, redactPiiPolicies: ['person_name'] };
const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });

describe('options that contradict each other', () => {
	it.each<[string, IDataObject, string[]]>([
		['a language and detection options', { language: 'de', languageDetectionOptions: DETECTION }, ['Language', 'Language Detection Options']],
		['a language and a confidence threshold', { language: 'de', languageConfidenceThreshold: 0.5 }, ['Language', 'Language Confidence Threshold']],
		['a language and a threshold of 0', { language: 'de', languageConfidenceThreshold: 0 }, ['Language', 'Language Confidence Threshold']],
		['a language and detection in additional fields', { language: 'de', ...additional({ language_detection: true }) }, ['Language', 'language_detection']],
		['a language and languages in additional fields', { language: 'de', ...additional({ language_codes: ['en'] }) }, ['Language', 'language_codes']],
		['a speaker count without diarize', { speakerCount: 2 }, ['Speaker Count', 'Diarize']],
		['a speaker count with diarize off', { speakerCount: 2, diarize: false }, ['Speaker Count', 'Diarize']],
		['an end before the beginning', { audioStartFrom: 10, audioEndAt: 5 }, ['Audio End At', 'Audio Start From']],
		['an end at the beginning', { audioStartFrom: 10, audioEndAt: 10 }, ['Audio End At', 'Audio Start From']],
		['an end of 0', { audioEndAt: 0 }, ['Audio End At', 'Audio Start From']],
		['redacted audio without redaction', { redactPiiAudio: true }, ['Redact PII Audio', 'Redact PII']],
		['policies without redaction', { redactPiiPolicies: ['person_name'] }, ['Redact PII Policies', 'Redact PII']],
		['a substitution without redaction', { redactPiiSub: 'hash' }, ['Redact PII Substitution', 'Redact PII']],
		['an audio quality without redaction', { redactPiiAudioQuality: 'wav' }, ['Redact PII Audio Quality', 'Redact PII']],
		['an audio quality without redacted audio', { ...REDACT, redactPiiAudioQuality: 'wav' }, ['Redact PII Audio Quality', 'Redact PII Audio']],
		['redaction without policies', { redactPii: true }, ['Redact PII', 'Redact PII Policies']],
		['keyterms and a prompt', { keyterms: 'Ada', ...additional({ prompt: 'A call.' }) }, ['Keyterms', 'prompt']],
		['redaction without formatted text', { ...REDACT, ...additional({ format_text: false }) }, ['Redact PII', 'format_text']],
		['speakers without punctuation', { diarize: true, ...additional({ punctuate: false }) }, ['Diarize', 'punctuate']],
		['a speaker count and a range', { diarize: true, speakerCount: 2, ...additional({ speaker_options: {} }) }, ['Speaker Count', 'speaker_options']],
		['a model and a single model', { model: 'universal-2', ...additional({ speech_model: 'universal-2' }) }, ['Model', 'speech_model']],
		['an option that additional fields repeat', { diarize: true, ...additional({ speaker_labels: false }) }, ['speaker_labels', 'Additional Fields (JSON)']],
	])('%s: the message names both', (_what, options, names) => {
		const refusal = refusalOf(options);
		for (const name of names) expect(refusal).toContain(`“${name}”`);
	});

	it.each(['audio_url', 'webhook_url', 'webhook_auth_header_name', 'webhook_auth_header_value'])(
		'additional fields that set %s: the message names the parameter to use',
		(field) => {
			expect(refusalOf(additional({ [field]: 'x' }))).toMatch(new RegExp(`“${field}”[^]*“(Source|Callback)”`));
		},
	);
});

describe('options that cannot be used', () => {
	it.each<[string, IDataObject, string]>([
		['a keyterm of seven words', { keyterms: 'ok, a b c d e f g' }, '“a b c d e f g” has more than 6 words'],
		['1,001 keyterms', { keyterms: Array.from({ length: 1001 }, (_, i) => `t${i}`) }, '1001 keyterms'],
		['a threshold above 1', { languageConfidenceThreshold: 2 }, '“Language Confidence Threshold”'],
		['half a speaker', { diarize: true, speakerCount: 1.5 }, '“Speaker Count”'],
		['no speaker', { diarize: true, speakerCount: 0 }, '“Speaker Count”'],
		['a negative start', { audioStartFrom: -1 }, '“Audio Start From”'],
		['a text as end', { audioEndAt: 'late' }, '“Audio End At”'],
		['broken JSON', { additionalFields: '{' }, '“Additional Fields (JSON)”'],
	])('%s: the message names it', (_what, options, text) => {
		expect(refusalOf(options)).toContain(text);
	});

	it('takes keyterms of six words', () => {
		expect(requestBody({ keyterms: 'a b c d e f' })).toMatchObject({ keyterms_prompt: ['a b c d e f'] });
	});
});

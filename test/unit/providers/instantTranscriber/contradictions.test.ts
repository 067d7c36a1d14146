import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { requestBody } from '../../../../nodes/Transcription/providers/instantTranscriber/request';

/** Message and description of the refusal in one text. */
function refusalOf(options: IDataObject, settings: Record<string, string> = {}): string {
	try {
		requestBody(options, settings);
	} catch (error) {
		if (error instanceof UserError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('was accepted');
}

const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });

describe('options that contradict each other', () => {
	it.each<[string, IDataObject, string[]]>([
		['diarize off and enhanced labels', { diarize: false, speakerLabels: 'enhanced' }, ['Diarize', 'Speaker Labels']],
		['diarize off and standard labels', { diarize: false, speakerLabels: 'standard' }, ['Diarize', 'Speaker Labels']],
		['diarize on and no labels', { diarize: true, speakerLabels: 'none' }, ['Diarize', 'Speaker Labels']],
		['a count and a minimum', { speakerCount: 2, minSpeakers: 1 }, ['Speaker Count', 'Min Speakers']],
		['a count and a maximum', { speakerCount: 2, maxSpeakers: 3 }, ['Speaker Count', 'Max Speakers']],
		['a minimum above the maximum', { minSpeakers: 4, maxSpeakers: 3 }, ['Min Speakers', 'Max Speakers']],
		['a count with diarize off', { diarize: false, speakerCount: 2 }, ['Speaker Count', 'Diarize']],
		['a minimum with diarize off', { diarize: false, minSpeakers: 2 }, ['Min Speakers', 'Diarize']],
		['a maximum without labels', { speakerLabels: 'none', maxSpeakers: 2 }, ['Max Speakers', 'Speaker Labels']],
		['names with diarize off', { diarize: false, speakerNameDetection: true }, ['Speaker Name Detection', 'Diarize']],
		['a count and a minimum in additional fields', { speakerCount: 2, ...additional({ min_speakers: 1 }) }, ['Speaker Count', 'min_speakers']],
		['a count and a maximum in additional fields', { speakerCount: 2, ...additional({ max_speakers: 1 }) }, ['Speaker Count', 'max_speakers']],
		['a minimum and a count in additional fields', { minSpeakers: 2, ...additional({ num_speakers: 1 }) }, ['Min Speakers', 'num_speakers']],
		['a maximum and a count in additional fields', { maxSpeakers: 2, ...additional({ num_speakers: 1 }) }, ['Max Speakers', 'num_speakers']],
		['an option that additional fields repeat', { diarize: true, ...additional({ speaker_labels: 'none' }) }, ['speaker_labels', 'Additional Fields (JSON)']],
	])('%s: the message names both', (_what, options, names) => {
		const refusal = refusalOf(options);
		for (const name of names) expect(refusal).toContain(`“${name}”`);
	});

	it('no names wanted and no speakers told apart do not', () => {
		expect(requestBody({ diarize: false, speakerNameDetection: false }, {})).toEqual({
			speaker_labels: 'none',
			speaker_name_detection: 'off',
		});
	});

	it.each([
		['file_url', 'Source'],
		['file', 'Source'],
		['callback_url', 'Callback'],
		['callback_secret', 'Callback'],
		['wait', 'Callback'],
	])('additional fields that set %s: the message names the parameter to use', (field, parameter) => {
		expect(refusalOf(additional({ [field]: 'x' }))).toMatch(new RegExp(`“${field}”[^]*“${parameter}”`));
	});

	it('additional fields that set the file under the name of the credential: the message names Source', () => {
		expect(refusalOf(additional({ upload: 'x' }), { fileFieldName: 'upload' })).toMatch(/“upload”[^]*“Source”/);
	});
});

describe('options that cannot be used', () => {
	it.each<[string, IDataObject, string]>([
		['half a speaker', { speakerCount: 1.5 }, '“Speaker Count”'],
		['no speaker', { minSpeakers: 0 }, '“Min Speakers”'],
		['speakers as a word', { maxSpeakers: 'many' }, '“Max Speakers”'],
		['labels that do not exist', { speakerLabels: 'best' }, '“Speaker Labels”'],
		['summaries that do not exist', { summaries: 'long' }, '“Summaries”'],
		['a switch that is none', { timestamps: 'perhaps' }, '“Timestamps”'],
		['broken JSON', { additionalFields: '{' }, '“Additional Fields (JSON)”'],
	])('%s: the message names it', (_what, options, text) => {
		expect(refusalOf(options)).toContain(text);
	});
});
